"""Make a PDF of a page of HTML: ``python -m portal.pdf.worker``, a process of its own.

A heavy document then slows no reader down, gives its memory back when it is done, and can be
stopped. It knows nothing of the portal: no settings, no secrets, no database.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

#: What this process answers when a library that it needs is not on the machine.
NO_LIBRARY = 3
MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 300
VARIANT = "pdf/ua-1"  # tagged, with what screen readers need


def inside(folder: Path, address: str) -> Path:
    """The file of ``folder`` that an address names; ``ValueError`` for anything else.

    A page may hold what people wrote: it makes the portal read no file but its own
    stylesheets and drawings, and ask nothing of any network.
    """
    parts = urlsplit(address)
    if parts.scheme != "file" or parts.netloc:
        raise ValueError("not a file of the portal")
    path = Path(unquote(parts.path)).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ValueError("not a file of the portal")
    return path


def make(job: dict[str, Any]) -> bytes:
    """The PDF of the first of ``job["pages"]`` that fits in ``job["most_pages"]``.

    The last one is taken as it comes; ``most_pages`` of 0 means that the first will do.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    stylesheet = Path(job["stylesheet"])

    class OwnFilesOnly(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            path = inside(stylesheet.parent.parent, url)
            kinds = {".css": "text/css", ".svg": "image/svg+xml"}
            kind = kinds.get(path.suffix, "application/octet-stream")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    fetcher, fonts = OwnFilesOnly(), FontConfiguration()
    style = weasyprint.CSS(filename=stylesheet, url_fetcher=fetcher, font_config=fonts)
    for html in job["pages"]:
        page = weasyprint.HTML(string=html, base_url=job["base_url"], url_fetcher=fetcher)
        document = page.render(font_config=fonts, stylesheets=[style], pdf_variant=VARIANT)
        if not job["most_pages"] or len(document.pages) <= job["most_pages"]:
            break
    made: bytes = document.write_pdf(
        pdf_variant=VARIANT, pdf_identifier=job["stamp"].encode(), optimize_images=True
    )
    return made


def main() -> int:
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return NO_LIBRARY
    sys.stdout.buffer.write(make(json.load(sys.stdin)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
