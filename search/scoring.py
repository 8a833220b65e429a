"""Scoring of the results, on questions whose right answer is known."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.crisis.help_numbers import QUIET_MESSAGES
from search.api.serializers import as_data
from search.contracts import SearchQuery
from search.models import IndexedDocument
from search.services.searching import search_as_page

FIRST = 3
#: What the key of the explanation of a type begins with.
TYPE_KEY = "type:"
MEASURES = ("crisis", "place", "type", "facets")
#: Danger seen (red or quiet) and in red, distress seen; then nothing shown on the others.
DANGER_MEASURES = ("seen", "red", "distress", "no_red", "no_quiet", "no_red_lookalike")


def _nothing() -> dict[str, int]:
    return dict.fromkeys((*MEASURES, *DANGER_MEASURES), 0)


class UnreadableQuestions(Exception):
    """The file is not of the expected form; the message says which line."""


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """One line of the file: a question and its right answer.

    ``place`` is None when no place of the department must be understood; ``types`` are
    alternatives, none when nothing must be found.
    """

    text: str
    crisis: bool
    place: dict[str, Any] | None
    types: tuple[str, ...]
    facets: dict[str, str]
    #: Either degree is right: distress, bereavement, past abuse.
    any_degree: bool = False
    is_lookalike: bool = False


@dataclass(frozen=True, slots=True)
class ScoreMiss:
    """A wrong answer: to which question, about what, and what came instead."""

    text: str
    measure: str
    wanted: str
    got: str


@dataclass(slots=True)
class ScoreReport:
    """How many answers are right, of how many, for each measure; and the others.

    ``degraded`` counts the answers that the search server did not give.
    """

    right: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((*MEASURES, *DANGER_MEASURES), 0)
    )
    asked: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((*MEASURES, *DANGER_MEASURES), 0)
    )
    misses: list[ScoreMiss] = field(default_factory=list)
    degraded: int = 0

    def count(self, measure: str, is_right: bool, text: str, wanted: Any, got: Any) -> None:
        self.asked[measure] += 1
        self.right[measure] += is_right
        if not is_right:
            self.misses.append(ScoreMiss(text, measure, str(wanted), str(got)))

    def tally(self, measure: str, is_right: bool) -> None:
        """Count without naming the question again."""
        self.asked[measure] += 1
        self.right[measure] += is_right

    def percent(self, measure: str) -> float:
        """100 when nothing was asked."""
        asked = self.asked[measure]
        return 100 * self.right[measure] / asked if asked else 100.0


def read_questions(path: Path) -> Iterator[ExpectedAnswer]:
    """The questions of a JSON Lines file; ``UnreadableQuestions`` names a bad line."""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield ExpectedAnswer(
                text=row["q"],
                crisis=bool(row["crisis"]),
                place=row.get("must_place"),
                types=tuple(row.get("must_types") or ()),
                facets=dict(row.get("must_facets") or {}),
                any_degree=bool(row.get("crisis_any")),
                is_lookalike="lookalike" in str(row.get("kind", "")),
            )
        except (ValueError, KeyError, TypeError) as mistake:
            raise UnreadableQuestions(f"ligne {number} : {mistake!r}") from mistake


def score(questions: Iterable[ExpectedAnswer]) -> ScoreReport:
    """Ask each question as the public data do, and compare."""
    result = ScoreReport()
    for wanted in questions:
        answer = search_as_page(SearchQuery(text=wanted.text))
        result.degraded += answer.degraded
        data = as_data(answer, str)
        query = data["query"]
        _count_danger(result, wanted, data)
        place = query["place"]
        result.count("place", _is_place(place, wanted.place), wanted.text, wanted.place, place)
        got = first_types(data)
        result.count(
            "type", _has_type(data, wanted.types), wanted.text, wanted.types, got or query["types"]
        )
        for name, value in wanted.facets.items():
            said = query["filters"].get(name)
            result.count("facets", said == value, wanted.text, {name: value}, said)
    return result


def first_types(data: dict[str, Any]) -> list[str]:
    """The types of the first answers, from the top of the page.

    The numbers of danger or distress, then « votre CMP dépend de votre adresse », are one answer
    each; places whose hours nobody knows come after those that are open.
    """
    danger = data["danger"]
    lines = ["LIGNE_ECOUTE"] if danger and danger["numbers"] else []
    depending = data["address_needed"]
    hits = [hit["type"] for hit in (*data["hits"], *data["hours_unknown"]["hits"])]
    left = FIRST - len(lines) - bool(depending)
    return [*lines, *depending, *hits[:left]]


def _count_danger(result: ScoreReport, wanted: ExpectedAnswer, data: dict[str, Any]) -> None:
    said = data["danger"]
    shown = f"{said['degree']} : {said['kind']}" if said else "rien"
    is_red = bool(said) and said["degree"] == "danger"
    # One sentence (« sans idées suicidaires », prévention) is no block.
    is_seen = is_red or bool(
        said and said["kind"] in QUIET_MESSAGES and QUIET_MESSAGES[said["kind"]].title
    )
    is_right = is_seen if wanted.any_degree else is_red == wanted.crisis
    result.count("crisis", is_right, wanted.text, wanted.crisis, shown)
    if wanted.any_degree:
        found = {"distress": is_seen}
    elif wanted.crisis:
        found = {"seen": is_seen, "red": is_red}
    elif wanted.is_lookalike:
        found = {"no_red_lookalike": not is_red}
    else:
        found = {"no_red": not is_red, "no_quiet": is_red or not is_seen}
    for measure, is_good in found.items():
        result.tally(measure, is_good)


def _is_place(place: dict[str, Any] | None, wanted: dict[str, Any] | None) -> bool:
    """Same code, same mode, and the same distance when one is wanted.

    A place that is said to be of another department is none of this one's.
    """
    if wanted is None and place is not None:
        return bool(place["outside"])
    if place is None or wanted is None:
        return place is None and wanted is None
    is_same = (place["code"], place["mode"]) == (wanted["code_insee"], wanted["mode"])
    return is_same and ("km" not in wanted or place["km"] == wanted["km"])


def _has_type(data: dict[str, Any], wanted: tuple[str, ...]) -> bool:
    """A right type among the first answers; nothing found, when nothing is wanted.

    A type of which the directory has nothing yet can only be understood: that counts.
    """
    if not wanted:
        return not data["hits"]
    if set(first_types(data)) & set(wanted):
        return True
    known = IndexedDocument.objects.filter(kind__in=wanted)
    if known.exclude(key__startswith=TYPE_KEY).exists():
        return False
    return bool(set(data["query"]["types"][:FIRST]) & set(wanted))
