"""What a zipped file may unpack to: documents and workbooks of office suites are such files."""

import zipfile

#: Bytes below which the ratio says nothing: a sheet of zeros is small, whatever it was.
_SMALL = 1024**2


def swells(member: zipfile.ZipInfo, most: int = 100) -> bool:
    """Whether a member unpacks to more than ``most`` times its packed size, as a bomb does.

    Text packs some twenty times, a sheet of repeated values a hundred times, a bomb a thousand.
    """
    return member.file_size > _SMALL and member.file_size > most * max(member.compress_size, 1)
