"""Headers of static files, which WhiteNoise answers before any middleware."""

from wsgiref.headers import Headers

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def add_static_headers(headers: Headers, path: str, url: str) -> None:
    """Forbid a file to run anything by itself, and other sites to use it.

    The images of a letter are shown by the page of a webmail, which is another site.
    """
    is_image = url.rpartition(".")[2] in ("png", "jpg", "jpeg", "gif", "webp", "ico")
    headers["Content-Security-Policy"] = POLICY
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_image else "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
