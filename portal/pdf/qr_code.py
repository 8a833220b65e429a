"""A QR code as a drawing that a page may hold."""

from django.utils.safestring import SafeString, mark_safe

import segno


def qr_svg(address: str, title: str) -> SafeString:
    """The QR code of an address; ``title`` says it to who cannot see it.

    Error correction « M » at least: a poster gets torn and stained, and is read from afar.
    """
    code = segno.make_qr(address, error="m")
    drawing = code.svg_inline(border=2, light="#fff", title=title, svgclass="qr", omitsize=True)
    return mark_safe(drawing)  # noqa: S308 — segno escapes the title
