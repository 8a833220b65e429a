"""What is said of backups: the last one, its size, its place, when it was tested."""

from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.backups.folder import (
    StoredArchive,
    TrialRecord,
    backup_folder,
    last_test,
    newest_archive,
)
from portal.text.date_format import format_moment


def describe_state() -> str:
    """« Dernière : le 30 novembre 2026 à 02:30, 12 Mo, dans …. Testée le …. », in one line."""
    newest = newest_archive()
    if newest is None:
        return _("Aucune sauvegarde dans %(folder)s.") % {"folder": backup_folder()}
    tested = last_test()
    said = _("Dernière sauvegarde : %(archive)s.") % {"archive": describe_archive(newest)}
    if tested is None:
        return f"{said} " + _("Aucune n’a encore été testée.")
    return f"{said} {describe_test(tested)}"


def describe_archive(archive: StoredArchive) -> str:
    words = _("%(moment)s, %(size)s, %(path)s")
    return words % {
        "moment": format_moment(archive.moment),
        "size": filesizeformat(archive.size),
        "path": archive.path,
    }


def describe_test(record: TrialRecord) -> str:
    when = {"moment": format_moment(record.moment), "name": record.archive, "reason": record.error}
    if record.error:
        return _("%(name)s, essayée %(moment)s, ne se restaure pas : %(reason)s") % when
    words = _("Testée %(moment)s : %(tables)d tables, %(rows)d lignes et %(media)d médias remis.")
    return words % {
        **when,
        "tables": record.tables,
        "rows": record.rows,
        "media": record.media,
    }


def is_on_the_same_disk(folder: Path) -> bool:
    """Whether what destroys the portal's disk destroys the archives too."""
    try:
        return folder.stat().st_dev == settings.VAR_DIR.stat().st_dev
    except OSError:
        return False
