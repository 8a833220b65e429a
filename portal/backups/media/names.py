"""The names of media in an archive: none leads out of the portal's own."""

from pathlib import PurePosixPath

from portal.backups.errors import NotOurArchive

PREFIX = "media/"


def checked_name(member: str, archive: str) -> str:
    """The name of a file in its store; ``NotOurArchive`` for one that would leave it."""
    path = PurePosixPath(member.removeprefix(PREFIX))
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in member:
        raise NotOurArchive(f"{archive} veut écrire hors du dossier des médias : refusée.")
    return path.as_posix()
