"""Suggestions shown when a search finds nothing: wider searches, similar places, help lines."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.crisis.help_lines import get_help_lines, get_lines_of_message
from portal.crisis.help_numbers import danger_message, quiet_message
from portal.crisis.models import HelpLine
from resources.listing.query import QueryLink, QueryParams
from resources.listing.results import SearchAnswers
from resources.listing.type_labels import TypeLabel
from search.analysis import stems
from search.contracts import DISTANCES, SearchFilters, SearchHit, SearchQuery, SearchScope
from search.services import search
from search.understanding import nearest_in_kind

MOST_NEAR_IN_KIND = 5
MOST_HELP_LINES = 3


class NoResultSuggestions:
    """The nearest questions that find something, the smallest change first."""

    def __init__(
        self,
        question: QueryParams,
        answers: SearchAnswers,
        types: dict[str, TypeLabel],
        present: frozenset[str],
    ) -> None:
        self.question = question
        self.answers = answers
        self._types = types
        self._present = present

    @cached_property
    def missing_types(self) -> list[TypeLabel]:
        """The types that were asked for, and that no entry has yet."""
        asked = self.answers.understood.types or self.answers.understood.filters.types
        if any(code in self._present for code in asked):
            return []
        return [self._types[code] for code in asked if code in self._types]

    @cached_property
    def nearest_in_kind(self) -> tuple[SearchHit, ...]:
        """Places of a kind that is near those that the directory has not yet."""
        codes = tuple(code for code in self._near_codes() if code in self._present)
        if not codes:
            return ()
        place = self.answers.understood.place
        asked = SearchQuery(
            place=self.question.place or (place.name if place else ""),
            position=self.question.form.asked("pres") or None,
            filters=SearchFilters(types=codes),
            scope=SearchScope.ENTRIES,
            language=self.question.language,
            page_size=MOST_NEAR_IN_KIND,
        )
        return search(asked).hits

    def _near_codes(self) -> list[str]:
        """Those that answer the same need, else those of the same family."""
        missing = tuple(kind.code for kind in self.missing_types)
        near = [code for code in nearest_in_kind(missing) if code in self._present]
        families = {kind.family for kind in self.missing_types}
        return near or [kind.code for kind in self._types.values() if kind.family in families]

    @cached_property
    def links(self) -> list[QueryLink]:
        """Each address to try, without a choice that would find nothing either."""
        question = self.question
        tries = [*self._wider(), *self._other_types()]
        tries += [
            QueryLink(_("Retirer le filtre « %(filter)s »") % {"filter": chip.text}, chip.url)
            for chip in question.chips
            if chip.url != question.without("km")
        ]
        if question.text:
            tries.append(QueryLink(_("Chercher sans ces mots"), question.with_(q="")))
        tries.append(QueryLink(_("Voir tout l’annuaire"), question.url))
        return tries

    def _wider(self) -> list[QueryLink]:
        asked = self.question.form.asked("km")
        if not asked:
            return []
        counts = self.answers.entries.counts.get("distance", {})
        wider = [km for km in DISTANCES if km > int(asked) and counts.get(str(km))][:1]
        nearer = [
            QueryLink(
                _("Chercher à %(km)s km (%(count)s)") % {"km": km, "count": counts[str(km)]},
                self.question.with_(km=str(km)),
            )
            for km in wider
        ]
        whole = QueryLink(_("Chercher dans tout le département"), self.question.without("km"))
        return [*nearer, whole]

    def _other_types(self) -> list[QueryLink]:
        """Other types that answer the same question, when one was ticked."""
        if not self.question.form.asked("type"):
            return []
        counts = self.answers.entries.counts.get("type", {})
        most = sorted(counts, key=lambda code: -counts[code])[:3]
        return [
            QueryLink(
                f"{self._types[code].name} ({counts[code]})",
                self.question.with_(type=code.lower()),
            )
            for code in most
            if code in self._types
        ]

    def help_lines(self, locale_id: int) -> list[HelpLine]:
        """The help lines to call when nothing else is found: those of what was asked first."""
        understood = self.answers.understood
        message = danger_message(understood.crisis) or quiet_message(understood.quiet)
        first = get_lines_of_message(message, locale_id) if message else []
        asked = set(stems(self.question.text))

        def rank(line: HelpLine) -> tuple[int, int]:
            said = stems(f"{line.name} {line.situation} {line.details}")
            at = first.index(line) if line in first else len(first)
            return at, -len(asked.intersection(said))

        lines = [line for line in get_help_lines(locale_id) if line.number]
        return sorted(lines, key=rank)[:MOST_HELP_LINES]
