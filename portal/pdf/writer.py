"""Writing the PDFs whose content has changed, in the default storage."""

import hashlib
import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.metadata import version

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.cache.content_version import content_version
from portal.jobs.registry import stop_asked
from portal.pdf.models import PdfFile
from portal.pdf.registry import PdfDocument, pdf_documents
from portal.pdf.render import missing_packages, render_pdf, stylesheet

TRANSLATED = False

logger = logging.getLogger(__name__)

#: How long one round may begin new documents: other jobs wait meanwhile.
LONGEST_ROUND = timedelta(seconds=25)
#: While the portal changes, a document is not read again sooner than this.
CHANGED_EVERY = timedelta(minutes=3)
#: What no writing tells (a closing that ends) is seen after this.
CHECKED_EVERY = timedelta(hours=1)
#: A document that is on no list is kept as long as somebody asks for it.
WANTED_FOR = timedelta(days=30)


def write_changed() -> str | None:
    """Write what changed or was asked for, the rest at the next round; delete what is over.

    Out: a French sentence for « Tâches du portail », with the documents that could not be
    written. One that fails stops no other, and is tried again when the portal changes or after
    an hour.
    """
    if packages := missing_packages():
        return _("Il manque à cette machine : %(packages)s.") % {"packages": ", ".join(packages)}
    documents = {document.name: document for document in pdf_documents()}
    _forget(documents)
    written, ends_at = 0, time.monotonic() + LONGEST_ROUND.total_seconds()
    for row in _to_check(documents):
        if stop_asked() or time.monotonic() >= ends_at:
            break
        written += write(documents[row.name], row)
    return _message(written, documents)


def write(document: PdfDocument, row: PdfFile) -> bool:
    """Read what a document shows and write it if that has changed; whether it was written."""
    row.checked_at, row.checked_state = timezone.now(), portal_state()
    try:
        with translation.override(settings.LANGUAGE_CODE):
            pages = document.pages()
        stamp = _stamp(document, pages)
        is_new = stamp != row.stamp or not row.path
        if is_new:
            _store(row, stamp, render_pdf(document, pages, stamp))
        row.failed_at = None
    except Exception as reason:  # noqa: BLE001 (whatever it is, the others are written)
        # Not its words: they may quote what the document says.
        logger.error("Document %s was not written (%s).", document.name, type(reason).__name__)
        row.failed_at, is_new = timezone.now(), False
    row.save(update_fields=["checked_at", "checked_state", "failed_at"])
    return is_new


def withdraw(names: Iterable[str]) -> None:
    """Delete the files of these documents when what is under way succeeds: the job writes new ones.

    For what may no longer be read by anybody; readers are told to come back in a minute.
    """
    rows = PdfFile.objects.filter(name__in=list(names)).exclude(path="")
    paths = list(rows.values_list("path", flat=True))
    rows.update(path="", stamp="", checked_at=None, failed_at=None)
    for path in paths:
        transaction.on_commit(partial(_delete, path))


def _delete(path: str) -> None:
    default_storage.delete(path)


def portal_state() -> str:
    """What changes when the day does, or what readers may see (``content_version``)."""
    return f"{timezone.localdate().isoformat()} {content_version()}"


def _to_check(documents: dict[str, PdfDocument]) -> list[PdfFile]:
    """The rows to look at, first those that have no file, then the longest ago."""
    listed = [name for name, document in documents.items() if document.is_listed]
    PdfFile.objects.bulk_create([PdfFile(name=name) for name in listed], ignore_conflicts=True)
    now, state = timezone.now(), portal_state()
    changed_before, any_before = now - CHANGED_EVERY, now - CHECKED_EVERY
    rows = [
        row
        for row in PdfFile.objects.filter(name__in=documents)
        if row.is_to_check(state, changed_before, any_before)
    ]
    never: datetime = now - timedelta(days=36_500)
    return sorted(
        rows, key=lambda row: (bool(row.path), row.wanted_at is None, row.checked_at or never)
    )


def _store(row: PdfFile, stamp: str, body: bytes) -> None:
    """Put the new file beside the old one, then drop the old one: a reader always has one."""
    replaced = row.path
    row.path = default_storage.save(f"pdf/{row.name}.{stamp}.pdf", ContentFile(body))
    row.stamp, row.size, row.written_at = stamp, len(body), timezone.now()
    row.save(update_fields=["path", "stamp", "size", "written_at"])
    if replaced and replaced != row.path:
        default_storage.delete(replaced)


def _forget(documents: dict[str, PdfDocument]) -> None:
    """Delete the files of what is no more, and of what nobody asks for."""
    oldest = timezone.now() - WANTED_FOR
    for row in PdfFile.objects.all():
        document = documents.get(row.name)
        is_wanted = row.wanted_at is not None and row.wanted_at > oldest
        if document and (document.is_listed or is_wanted):
            continue
        if row.path:
            default_storage.delete(row.path)
        row.delete()


def _message(written: int, documents: dict[str, PdfDocument]) -> str | None:
    sentences = []
    if written:
        sentences.append(ngettext("%d document écrit.", "%d documents écrits.", written) % written)
    failed = PdfFile.objects.failed().filter(name__in=documents).values_list("name", flat=True)
    if labels := ", ".join(str(documents[name].label) for name in failed):
        sentences.append(_("Impossible à écrire : %(documents)s.") % {"documents": labels})
    return " ".join(sentences) or None


def _stamp(document: PdfDocument, pages: list[str]) -> str:
    """All that decides what the document looks like."""
    shown = [document.base_url, str(document.most_pages), *pages]
    return hashlib.sha256("\0".join([_look(), *shown]).encode()).hexdigest()[:24]


@cache
def _look() -> str:
    styles = [path.read_text() for path in sorted(stylesheet().parent.glob("*.css"))]
    return "\0".join([version("weasyprint"), *styles])
