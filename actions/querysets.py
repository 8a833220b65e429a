"""Querysets of priorities, recommendations and actions."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from wagtail.models import Locale, PageQuerySet, TranslatableMixin

from actions.choices import CLOSED, COMMITTED, ActionOrigin, ActionStatus, PartnerRole
from actions.progress import ActionProgress

#: An action under way of which nothing is said for longer is worth a question to its pilot.
SILENCE = timedelta(days=120)


class WithActionsMixin:
    """Querysets of what actions point to: priorities and recommendations."""

    model: Any

    def published_actions(self) -> "ActionQuerySet":
        """All published actions, those of no row of this queryset included; no example."""
        return self.model.actions.rel.related_model.objects.live().without_examples()


class PriorityQuerySet(WithActionsMixin, models.QuerySet):
    def with_progress(self, locale: Locale | None = None) -> Self:
        """In one query, the priorities of one language, each with its ``progress``.

        Every published action counts once whatever its translations, so that the figures
        are the same in all languages. Without ``locale``, that of the current request.
        """
        actions = self.published_actions().filter(
            priority__translation_key=OuterRef("translation_key")
        )
        counts = {f"n_{status.value}": _count(actions.by_status(status)) for status in ActionStatus}
        locale = locale or Locale.get_active()
        return self.filter(locale=locale).annotate(n_late=_count(actions.late()), **counts)


def _count(actions: models.QuerySet) -> Coalesce:
    """Count of distinct actions, as a column of an outer query."""
    counted = (
        actions.order_by()
        .annotate(group=F("priority__translation_key"))
        .values("group")
        .annotate(n=Count("translation_key", distinct=True))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _truth(condition: Q) -> Case:
    """A condition as a column that is false, not null, for a missing date."""
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _rows(rows: models.QuerySet) -> Coalesce:
    counted = rows.order_by().values("page").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class ActionQuerySet(PageQuerySet):
    def in_order(self) -> Self:
        """By priority, then by reference: 3.2 before 3.10."""
        return self.order_by(F("priority__number").asc(nulls_last=True), "sort_reference")

    def without_examples(self) -> Self:
        """Those of the plan: an invented one shows what a sheet can be, and counts nowhere."""
        return self.filter(is_example=False)

    def by_status(self, *statuses: str) -> Self:
        return self.filter(status__in=statuses)

    def late(self, today: date | None = None) -> Self:
        return self.filter(self._late_condition(today))

    def _late_condition(self, today: date | None = None) -> Q:
        """Committed to, and its end or a step is past, undone."""
        today = today or timezone.localdate()
        overdue = self._steps().filter(done_on__isnull=True, due_on__lt=today)
        return Q(status__in=COMMITTED) & (Q(planned_end__lt=today) | Q(Exists(overdue)))

    def silent(self, today: date | None = None) -> Self:
        """Under way, and nobody has written a note nor ticked a step for four months."""
        since = (today or timezone.localdate()) - SILENCE
        return self.without_news_since(since).filter(status=ActionStatus.RUNNING)

    def without_news_since(self, day: date) -> Self:
        """Those without a note of the journal nor a step done since a day, that day included."""
        notes = self.model.notes.rel.related_model.objects.filter(page=OuterRef("pk"))
        told = Exists(notes.filter(date__gte=day)) | Exists(self._steps().filter(done_on__gte=day))
        return self.filter(~told)

    def without_pilot(self) -> Self:
        partners = self.model.partners.rel.related_model.objects
        pilots = partners.filter(page=OuterRef("pk"), role=PartnerRole.PILOT)
        return self.exclude(status__in=CLOSED).exclude(Exists(pilots))

    def _steps(self) -> models.QuerySet:
        """The steps of the action of an outer query."""
        return self.model.steps.rel.related_model.objects.filter(page=OuterRef("pk"))

    def in_territory(self, slug: str) -> Self:
        """Those that act in a territory, the whole department included."""
        through = self.model.territories.through.objects
        here = through.filter(actionpage=OuterRef("pk"), territory__slug=slug)
        return self.filter(Q(whole_department=True) | Q(Exists(here)))

    def for_public(self, public: str) -> Self:
        return self.filter(publics__has=public)

    def for_priority(self, number: int | str) -> Self:
        return self.filter(priority__number=number)

    def transversal(self) -> Self:
        """Actions that serve every priority."""
        return self.filter(priority__isnull=True)

    def answering(self, recommendation: TranslatableMixin) -> Self:
        """Those that answer a recommendation, whatever the language of its page."""
        key = recommendation.translation_key
        return self.filter(recommendations__translation_key=key).order_by("sort_reference")

    def for_list(self) -> Self:
        """Annotated with what a list shows of each action."""
        steps = self._steps()
        evaluation = Q(recommendations__origin=ActionOrigin.EVALUATION, recommendations__live=True)
        same = self.model.objects.filter(evaluation, pk=OuterRef("pk"))
        return self.defer("why", "objectives", "participation_text").annotate(
            priority_number=F("priority__number"),
            is_late=_truth(self._late_condition()),
            answers_evaluation=Exists(same),
            steps_total=_rows(steps),
            steps_done=_rows(steps.filter(done_on__isnull=False)),
        )

    def for_neighbours(self) -> Self:
        """In order, with the little that a link to each needs, and its lateness."""
        return (
            self.order_by("sort_reference", "path")
            .select_related("priority")
            .only("title", "short_title", "reference", "sort_reference", "url_path", "priority")
            .annotate(is_late=_truth(self._late_condition()))
        )

    def progress_summary(self) -> ActionProgress:
        """How far these actions are, in one query; counts each action once."""
        columns = {
            f"n_{status.value}": Count(
                "translation_key", distinct=True, filter=Q(status=status.value)
            )
            for status in ActionStatus
        }
        row = (
            self.order_by()
            .annotate(is_overdue=_truth(self._late_condition()))
            .aggregate(
                n_late=Count("translation_key", distinct=True, filter=Q(is_overdue=True)),
                **columns,
            )
        )
        return progress_from_row(row)


def progress_from_row(row: dict[str, int]) -> ActionProgress:
    """Read the ``n_<status>`` columns of an annotated row."""
    counts = {status.value: row.get(f"n_{status.value}") or 0 for status in ActionStatus}
    return ActionProgress(counts=counts, late=row.get("n_late") or 0)


class RecommendationQuerySet(WithActionsMixin, PageQuerySet):
    def in_order(self) -> Self:
        """By origin, in the order of the closed list, then by number."""
        ranks = [When(origin=origin, then=rank) for rank, origin in enumerate(ActionOrigin)]
        return self.order_by(Case(*ranks, default=len(ranks)), "number", "path")

    def table(self) -> list[Any]:
        """These recommendations with their published actions: the public table, two queries.

        The answers are read as ``recommendation.answers`` and ``.state``. An action keeps
        pointing to the recommendation of the source language (facts are shared by all
        languages), so the two meet through the translation key.
        """
        recommendations = list(self)
        by_key: dict[Any, list[Any]] = {page.translation_key: [] for page in recommendations}
        answering = (
            self.published_actions()
            .filter(
                recommendations__translation_key__in=list(by_key),
                locale__in={page.locale_id for page in recommendations},
            )
            .annotate(answered_key=F("recommendations__translation_key"))
            .order_by("sort_reference")
            .distinct()
        )
        for action in answering:
            by_key[action.answered_key].append(action)
        for page in recommendations:
            page.known_answers = by_key[page.translation_key]
        return recommendations
