"""What the public wrote about the directory and nobody has answered."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    register_todo_source,
)
from portal.todo.wording import say_since
from resources.corrections.services import CorrectionMessage, editor_url
from resources.models import EntryProposal, ErrorReport

TRANSLATED = False

_WAITING = "?state=recu&state=cours"


@register_todo_source
class ErrorReports(TodoSource):
    """Answered in the line: it is mended, or it was no mistake."""

    name = "error_reports"
    kind = gettext_lazy("Erreur signalée")
    subject = Subject.MESSAGES
    icon = "warning"
    order = 10
    tells_arrivals = True

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("resources.change_errorreport"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return ErrorReport.objects.to_answer()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        reports = ErrorReport.objects.to_answer().select_related("entry").order_by("received_at")
        for report in reports:
            entry = report.entry.title if report.entry else _("Une fiche retirée")
            yield TodoItem(
                key=f"error_report:{report.pk}",
                title=_("%(entry)s : %(about)s")
                % {
                    "entry": entry,
                    "about": report.get_about_display().lower(),
                },
                why=_why(report, now),
                step=TodoStep(_("Voir tout le message"), _edit_url(self.name, report)),
                since=report.received_at,
                urgency=Urgency.PEOPLE,
                template="resources/corrections/admin/todo_report.html",
                unfolds=_("Lire et répondre ici"),
                context={
                    "report": report,
                    "answer_url": _edit_url(self.name, report),
                    "entry_url": editor_url(report.entry) if report.entry else "",
                },
            )

    def more_url(self) -> str:
        return reverse("error_reports:index") + _WAITING


@register_todo_source
class EntryProposals(TodoSource):
    name = "entry_proposals"
    kind = gettext_lazy("Structure proposée")
    subject = Subject.MESSAGES
    icon = "plus-inverse"
    order = 20
    tells_arrivals = True

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("resources.change_entryproposal"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return EntryProposal.objects.to_answer()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        for proposal in EntryProposal.objects.to_answer().order_by("received_at"):
            yield TodoItem(
                key=f"entry_proposal:{proposal.pk}",
                title=_("Un lieu à ajouter : « %(name)s »") % {"name": proposal.name},
                why=_why(proposal, now),
                step=TodoStep(_("Relire la proposition"), _edit_url(self.name, proposal)),
                since=proposal.received_at,
                urgency=Urgency.PEOPLE,
            )

    def more_url(self) -> str:
        return reverse("entry_proposals:index") + _WAITING


def _edit_url(viewset: str, correction: CorrectionMessage) -> str:
    return reverse(f"{viewset}:edit", args=[correction.pk])


def _why(correction: CorrectionMessage, now: datetime) -> str:
    words = (
        _("Attend une réponse par e-mail %(since)s.")
        if correction.email
        else _("Attend %(since)s. La personne suit la réponse par son lien.")
    )
    return words % {"since": say_since(correction.received_at, timezone.localdate(now))}
