"""Which encoding a text file was saved in: spreadsheets do not say it, and its French shows it."""

from charset_normalizer import from_bytes

#: Excel for Windows, Excel for Mac, and files that went through an old console.
_LEGACY = ["cp1252", "mac_roman", "cp850"]
_EXPECTED = frozenset("àâäçéèêëîïôöùûüÿæœÀÂÇÉÈÊËÎÏÔÙÛÜŸÆŒ«»’‘“”–—…·•°€²³ªº§\u00a0\u202fáíóúñãõåøß")


def decode_legacy(content: bytes) -> str | None:
    """The text of a file that is no UTF-8; None when no encoding makes French of it.

    charset-normalizer ranks the encodings; the first whose accents are those of French (and of
    the names of its neighbours) is right: « Gémenos », not « GŽmenos ».
    """
    for match in from_bytes(content, cp_isolation=_LEGACY):
        text = str(match)
        if all(sign.isascii() or sign in _EXPECTED for sign in text):
            return text
    return None
