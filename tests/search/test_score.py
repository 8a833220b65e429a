"""How good the answers are: the measure itself."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

import pytest

from portal.geo.place import Place, PlaceMode
from search import scoring
from search.contracts import SearchAnswer, SearchFilters, SearchHit, UnderstoodQuery
from search.models import IndexedDocument
from search.scoring import ExpectedAnswer, UnreadableQuestions, read_questions, score

FILE = Path(__file__).parent / "data" / "relevance_dev.jsonl"
AUBAGNE = {"code_insee": "13005", "nom": "Aubagne", "mode": "exact"}


def expected(**facts: object) -> ExpectedAnswer:
    known = {"text": "cmp", "crisis": False, "place": None, "types": (), "facets": {}}
    return ExpectedAnswer(**(known | facts))


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch):
    """Have the search answer this, whatever is asked."""

    def answer(*kinds: str, **understood: object) -> None:
        hits = tuple(SearchHit(f"page:{n}", kind, kind, "/") for n, kind in enumerate(kinds))
        said = SearchAnswer(understood=UnderstoodQuery(**understood), hits=hits, total=len(hits))
        monkeypatch.setattr(scoring, "search_as_page", lambda query: said)

    return answer


def percents(*questions: ExpectedAnswer) -> dict[str, float]:
    result = score(questions)
    return {measure: result.percent(measure) for measure in scoring.MEASURES}


@pytest.mark.django_db
def test_a_right_type_counts_among_the_first_three_only(answers) -> None:
    answers("GEM", "MDA", "CMP")
    assert percents(expected(types=("CMP", "CSAPA")))["type"] == 100
    answers("GEM", "MDA", "UNAFAM", "CMP")
    assert score([expected(types=("CSAPA",))]).misses[0].got == "['GEM', 'MDA', 'UNAFAM']"


@pytest.mark.django_db
def test_a_type_that_has_no_page_yet_only_has_to_be_understood(answers) -> None:
    answers("GEM", types=("SAMSAH",))
    assert percents(expected(types=("SAMSAH",)))["type"] == 100
    IndexedDocument.objects.create(key="page:9", kind="SAMSAH", title="SAMSAH", url="/")
    assert percents(expected(types=("SAMSAH",)))["type"] == 0


@pytest.mark.django_db
def test_when_nothing_is_wanted_nothing_must_be_found(answers) -> None:
    answers()
    assert percents(expected())["type"] == 100
    answers("CMP")
    assert percents(expected())["type"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "percent"),
    [
        (Place("13005", "Aubagne"), 100),
        (Place("13005", "Aubagne", PlaceMode.AROUND, 25), 0),
        (Place("13001", "Aix-en-Provence"), 0),
        (None, 0),
    ],
)
def test_a_place_has_the_same_code_and_mode(answers, place: Place | None, percent: int) -> None:
    answers(place=place)
    assert percents(expected(place=AUBAGNE))["place"] == percent


@pytest.mark.django_db
def test_a_distance_counts_when_it_is_wanted(answers) -> None:
    around = AUBAGNE | {"mode": "autour", "km": 25}
    answers(place=Place("13005", "Aubagne", PlaceMode.AROUND, 20))
    assert percents(expected(place=around))["place"] == 0
    answers(place=Place("13005", "Aubagne", PlaceMode.AROUND, 25))
    assert percents(expected(place=around))["place"] == 100


@pytest.mark.django_db
def test_a_place_that_nobody_named_is_a_mistake(answers) -> None:
    answers(place=Place("13005", "Aubagne"))
    assert percents(expected())["place"] == 0


@pytest.mark.django_db
def test_danger_and_facets_are_measured_too(answers) -> None:
    answers(crisis="suicide", filters=SearchFilters(public="proches"))
    got = percents(expected(crisis=True, facets={"public": "proches"}), expected())
    assert (got["crisis"], got["facets"]) == (50, 100)


def run(file: Path, **options: str) -> str:
    out = StringIO()
    call_command("score_search", file, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_tells_the_figures_and_each_miss(answers, tmp_path: Path) -> None:
    answers("GEM", crisis="suicide", types=("GEM",))
    file = tmp_path / "questions.jsonl"
    line = {"q": "cmp aubagne", "crisis": False, "must_types": ["GEM"], "must_place": AUBAGNE}
    file.write_text(f"{json.dumps(line)}\n\n")
    said = run(file).replace("\u00a0", " ")
    assert "Crise : 0/1 (0.0 %)" in said
    assert "Bon type parmi les trois premiers : 1/1 (100.0 %)" in said
    assert "Lieu compris – « cmp aubagne »" in said


@pytest.mark.parametrize("content", ["{", "[]", '{"q": "a"}', '"texte"', "\xff\xfe"])
def test_a_file_of_another_form_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(content)
    with pytest.raises(UnreadableQuestions, match="ligne 1"):
        list(read_questions(file))
    with pytest.raises(CommandError):
        run(file)
    with pytest.raises(CommandError):
        run(tmp_path / "absent.jsonl")


def test_there_is_no_server_to_score_without_an_address(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="SEARCH_URL"):
        run(FILE, engine="server")
