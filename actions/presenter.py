"""Presenter of an action sheet; each part is read when the template asks for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from actions.choices import COMMITTED, ActionStatus, ParticipationLevel, PartnerRole


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step of the timeline; ``state`` is « done », « now » or empty."""

    day: str
    title: str
    word: str
    state: str = ""


class ActionPresenter:
    """What the page of one action shows beside its own fields.

    ``is_draft``: a preview, whose words are not those of the database.
    """

    def __init__(self, page: Any, *, is_draft: bool = False) -> None:
        self.page = page
        self.today = timezone.localdate()
        self._row = None
        for row in self._siblings:
            if row.pk == page.pk and not is_draft:
                self._row = row
                page.is_late = row.is_late

    @cached_property
    def _siblings(self) -> list[Any]:
        """The published actions in order, this one included: one query tells its state too.

        An example has no neighbour, and is none.
        """
        shown = Q(pk=self.page.pk)
        if not self.page.is_example:
            shown |= Q(is_example=False)
        siblings = type(self.page).objects.sibling_of(self.page).live()
        return list(siblings.filter(shown).for_neighbours())

    @cached_property
    def status_since(self) -> date | None:
        """Since when the action is in its state; ``None`` when it was born with it.

        The changes belong to the page that was written first, whatever the language of this one.
        """
        changes = type(self.page).status_changes.rel.related_model.objects
        last = changes.filter(action__translation_key=self.page.translation_key).last()
        is_told = last is not None and last.previous and last.status == self.page.status
        return last.on if is_told else None

    @cached_property
    def priority(self) -> Any:
        """The priority in the language of the page."""
        priority = (self._row or self.page).priority
        if priority is None or priority.locale_id == self.page.locale_id:
            return priority
        return priority.get_translation_or_none(self.page.locale) or priority

    @cached_property
    def steps(self) -> list[ShownStep]:
        """The calendar; the first step not done is « en cours » when the action is."""
        is_running = self.page.status == ActionStatus.RUNNING
        is_committed = self.page.status in COMMITTED
        shown = []
        for step in self.page.ordered_steps:
            if step.is_done:
                word, state = _("Fait"), "done"
            elif is_committed and step.is_overdue(self.today):
                word, state, is_running = _("En retard"), "now", False
            elif is_running:
                word, state, is_running = _("En cours"), "now", False
            else:
                word, state = _("À venir"), ""
            shown.append(ShownStep(step.when, step.label, word, state))
        return shown

    @cached_property
    def _partners(self) -> list[Any]:
        """Those that have a name to show: a directory entry may have been removed."""
        partners = self.page.partners.select_related("resource")
        return [partner for partner in partners if partner.label]

    @property
    def who(self) -> list[tuple[PartnerRole, list[Any]]]:
        """Pilots, copilots and partners; the row of pilots is there even without any."""
        rows = []
        for role in PartnerRole:
            named = [partner for partner in self._partners if partner.role == role]
            if named or role == PartnerRole.PILOT:
                rows.append((role, named))
        return rows

    @cached_property
    def funders(self) -> list[Any]:
        return list(self.page.funders.all())

    @cached_property
    def territories(self) -> list[Any]:
        return [] if self.page.whole_department else list(self.page.territories.all())

    @cached_property
    def places(self) -> str:
        """Where the action takes place, in one line."""
        if self.page.whole_department:
            return _("Tout le département")
        names = [territory.name for territory in self.territories]
        return ", ".join(names) or _("Territoire à préciser")

    @cached_property
    def indicators(self) -> list[Any]:
        return list(self.page.indicators.prefetch_related("values"))

    @cached_property
    def notes(self) -> list[Any]:
        """The public journal, latest first. Internal notes never leave the database."""
        return list(self.page.notes.filter(is_public=True).order_by("-date", "sort_order"))

    @cached_property
    def documents(self) -> list[Any]:
        return list(self.page.documents.select_related("document"))

    @cached_property
    def changes(self) -> list[Any]:
        """« Ce que cette action change près de chez vous »: published entries only."""
        links = self.page.linked_resources.select_related("resource")
        return [link for link in links if link.resource.live]

    @property
    def changes_something(self) -> bool:
        """Whether a text says what changes; a link to an entry alone does not."""
        return any(link.change for link in self.changes)

    @property
    def contribution(self) -> str:
        """« Quelle place pour les personnes concernées ? », in one line."""
        if self.page.participation == ParticipationLevel.UNKNOWN:
            return ""
        return self.page.get_participation_display()

    @property
    def participation_is_known(self) -> bool:
        page = self.page
        return page.participation != ParticipationLevel.UNKNOWN or bool(page.participation_text)

    @property
    def unpublished(self) -> list[str]:
        """Labels of what a reader would look for and that is not published."""
        page = self.page
        expected = [
            (page.start or page.planned_end or self.steps, _("les dates")),
            (self.indicators, _("les indicateurs")),
            (self.funders, _("les financements")),
            (self.participation_is_known, _("la place des personnes concernées")),
            (self.notes, _("le journal")),
        ]
        return [words for known, words in expected if not known]

    @property
    def previous(self) -> Any:
        before = [row for row in self._siblings if row.sort_reference < self.page.sort_reference]
        return before[-1] if before else None

    @property
    def next(self) -> Any:
        after = [row for row in self._siblings if row.sort_reference > self.page.sort_reference]
        return after[0] if after else None
