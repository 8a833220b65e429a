"""The roadmap as a Word document, for who wants to work on it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.permissions import page_permission_policy
from wagtail.rich_text import get_text_for_indexing

from actions.presenter import ActionPresenter
from actions.printing.booklet import NAME, roadmap_parts
from portal.base.models import PortalSettings
from portal.exports.word import WordDocument
from portal.text.date_format import format_date

TRANSLATED = False


@require_safe
def roadmap_word(request: HttpRequest) -> HttpResponseBase:
    """The published actions, for those who write the portal."""
    if not page_permission_policy.user_has_any_permission(request.user, ["change", "publish"]):
        raise PermissionDenied
    return write_roadmap().response(NAME)


def write_roadmap() -> WordDocument:
    portal = PortalSettings.load()
    document = WordDocument(_("La feuille de route"), portal.site_name)
    if portal.demo_notice:
        document.text(portal.demo_notice)
    for part in roadmap_parts():
        document.heading(part.title)
        if not part.presenters:
            document.text(_("Aucune action publiée."))
        for presenter in part.presenters:
            _write_action(document, presenter)
    return document


def _write_action(document: WordDocument, presenter: ActionPresenter) -> None:
    page = presenter.page
    document.heading(f"{page.reference} – {page.title}", 2)
    late = f", {_('en retard')}" if page.is_late else ""
    document.text(f"{page.status_label}{late}. {presenter.places}.")
    for text in (page.summary, page.status_reason, get_text_for_indexing(page.why).strip()):
        document.text(text)
    document.bullets([str(objective) for objective in page.objectives])
    document.bullets(
        [
            f"{role.label} : {', '.join(one.label for one in named)}"
            for role, named in presenter.who
            if named
        ]
    )
    for label, day in ((_("Début"), page.start), (_("Fin prévue"), page.planned_end)):
        if day:
            document.text(f"{label} : {format_date(day)}.")
    document.bullets([f"{step.day} {step.title} ({step.word})".strip() for step in presenter.steps])
    document.bullets([_reading(one) for one in presenter.indicators])


def _reading(indicator: object) -> str:
    last = getattr(indicator, "last_reading", None)
    if last is None:
        return str(indicator)
    return f"{indicator} : {last.plain_value}, {format_date(last.date)}"
