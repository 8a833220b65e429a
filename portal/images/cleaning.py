"""Removal of metadata from pictures."""

from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageCms, ImageOps

JPEG_QUALITY = 90
# Modes that browsers show as they are; any other becomes one of them.
SHOWN_MODES = {
    "JPEG": {"L", "RGB"},
    "PNG": {"1", "L", "LA", "P", "RGB", "RGBA"},
    "WEBP": {"RGB", "RGBA"},
    "GIF": {"L", "P"},
}


class AnimatedImageError(Exception):
    """The file holds an animation."""


def cleaned_copy(file: IO[bytes]) -> tuple[bytes, str]:
    """Decode a whole picture and return a copy turned upright, without metadata.

    Photographs that browsers do not show (HEIC, as iPhones write it) become JPEG.

    Returns the bytes and their MIME type. Raises ``AnimatedImageError``, or what Pillow raises on a
    file that it cannot read.
    """
    with Image.open(file) as source:
        # Phones hide a second picture, or a depth map, behind a JPEG.
        kind = "JPEG" if source.format in ("MPO", "HEIF") else source.format or ""
        if kind not in SHOWN_MODES:
            raise ValueError(kind)
        if kind != "JPEG" and getattr(source, "n_frames", 1) > 1:
            raise AnimatedImageError
        source.load()
        profile = _readable_profile(source)
        picture = ImageOps.exif_transpose(source)
    if picture.mode not in SHOWN_MODES[kind]:
        if picture.mode == "CMYK":
            profile = None  # it describes inks, and the picture now has lights
        picture = _shown(picture, kind)
    options: dict[str, Any] = {"icc_profile": profile}
    if kind == "JPEG":
        options |= {"quality": JPEG_QUALITY, "optimize": True, "progressive": True}
    elif kind == "WEBP":
        options |= {"quality": JPEG_QUALITY, "exif": b"", "xmp": b""}
    picture.info = {key: picture.info[key] for key in ("transparency",) if key in picture.info}
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue(), Image.MIME[kind]


def _shown(picture: Image.Image, kind: str) -> Image.Image:
    if picture.mode.startswith("I;16"):
        # Pillow cuts values above 255 instead of bringing 16 bits down to 8.
        return picture.point(lambda value: value / 256).convert("L")
    with_alpha = "A" in picture.getbands() and "RGBA" in SHOWN_MODES[kind]
    return picture.convert("RGBA" if with_alpha else "P" if kind == "GIF" else "RGB")


def _readable_profile(picture: Image.Image) -> bytes | None:
    """The colour profile, or None when it is broken and would fail at resizing."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return None
    try:
        ImageCms.ImageCmsProfile(BytesIO(profile))
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile
