"""« Évolution » compares two months, on screen and in files."""

from datetime import date

from django.test import Client

import pytest
from bs4 import BeautifulSoup

from portal.history.models import Snapshot

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/evolution/"


def keep(day: date, *, is_rebuilt: bool = False, **figures: float) -> None:
    snapshot = Snapshot.objects.create(day=day, is_rebuilt=is_rebuilt)
    for measure, value in figures.items():
        snapshot.figures.create(measure=measure, value=value)


def rows(html: str) -> dict[str, list[str]]:
    found = BeautifulSoup(html, "html.parser").select("tbody tr")
    return {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in found}


def test_the_last_month_is_compared_with_the_year_before(admin_client: Client) -> None:
    keep(date(2026, 2, 1), actions=1)
    keep(date(2026, 12, 1), actions=12, actions_late=3)
    keep(date(2027, 11, 1), actions=14)
    keep(date(2027, 12, 1), actions=15, actions_late=1, entries=1204)

    shown = rows(admin_client.get(REPORT).content.decode())

    assert shown["Actions publiées"] == ["12", "15", "+3"]
    assert shown["Actions en retard"] == ["3", "1", "−2"]
    assert shown["Fiches publiées"] == ["–", "1\xa0204", "–"]


def test_any_two_months_in_any_order(admin_client: Client) -> None:
    keep(date(2026, 2, 1), actions=1)
    keep(date(2026, 3, 1), actions=4)
    keep(date(2026, 12, 1), actions=12)
    page = admin_client.get(REPORT, {"du": "2026-03-01", "au": "2026-02-01"}).content.decode()
    assert rows(page)["Actions publiées"] == ["1", "4", "+3"]


@pytest.mark.parametrize("query", [{"du": "hier"}, {"au": "2026-13-45"}, {"du": "\x00", "au": "'"}])
def test_a_day_without_figures_is_the_usual_one(
    admin_client: Client, query: dict[str, str]
) -> None:
    keep(date(2026, 2, 1), actions=1)
    keep(date(2026, 3, 1), actions=4)
    page = admin_client.get(REPORT, query).content.decode()
    assert rows(page)["Actions publiées"] == ["1", "4", "+3"]


def test_what_was_rebuilt_is_said(admin_client: Client) -> None:
    keep(date(2026, 2, 28), actions=1, is_rebuilt=True)
    keep(date(2026, 3, 1), actions=4)
    assert "reconstitué après coup" in admin_client.get(REPORT).content.decode()


def test_nothing_to_compare_yet_says_when_there_will_be(admin_client: Client) -> None:
    assert "Aucun chiffre n’a encore été gardé" in admin_client.get(REPORT).content.decode()
    keep(date(2026, 2, 3), actions=1)
    assert "gardés le 3 février 2026" in admin_client.get(REPORT).content.decode()


def test_each_table_is_a_file_too(admin_client: Client) -> None:
    keep(date(2026, 2, 1), actions=1)
    keep(date(2026, 3, 1), actions=4)
    csv = admin_client.get(REPORT, {"export": "csv", "table": "roadmap"})
    text = b"".join(csv.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Ce qui est compté;1er février 2026;1er mars 2026;Évolution"
    assert "Actions publiées;1;4;3" in text
    book = admin_client.get(REPORT, {"export": "xlsx", "table": "roadmap"})
    assert "spreadsheet" in book["Content-Type"]


def test_it_is_for_those_who_may_change_pages(client: Client) -> None:
    assert client.get(REPORT).status_code == 302
