"""« Bilan »: what a period brought, on screen, in CSV, in Word and in print."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from docx import Document

from actions.choices import ActionStatus
from actions.models import ActionStatusChange, Indicator, IndicatorValue
from home.models import HomePage, PeriodReport
from home.pdf_documents import period_report_documents
from home.period_report.actions import RoadmapPart
from home.period_report.report import ReportContent
from portal.base.choices import Public
from portal.geo.services import load_communes
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory, PriorityFactory
from tests.pdf.reader import make, needs_press, tags, words

pytestmark = pytest.mark.django_db

START, TOMORROW = date(2025, 1, 1), timezone.localdate() + timedelta(days=1)


@pytest.fixture
def action(home_page: HomePage) -> Any:
    load_communes("13")
    roadmap = ActionIndexPageFactory(parent=home_page)
    priority = PriorityFactory()
    ActionPageFactory(
        parent=roadmap, title="Inventée", reference="EX", priority=priority, is_example=True,
        status=ActionStatus.DONE,
    )  # fmt: skip
    made = ActionPageFactory(
        parent=roadmap,
        title="Former des voisins",
        reference="1.1",
        priority=priority,
        status=ActionStatus.RUNNING,
        publics=[Public.ENFANTS, Public.PRECARITE],
        whole_department=True,
    )
    indicator = Indicator(label="Personnes formées", baseline=Decimal(0), target=Decimal(100))
    indicator.values = [
        IndicatorValue(date=date(2024, 12, 1), value=Decimal(10)),
        IndicatorValue(date=date(2025, 3, 1), value=Decimal(40)),
        IndicatorValue(date=date(2025, 9, 1), value=Decimal(72)),
    ]
    made.indicators = [indicator]
    made.save()
    made.status_changes.all().delete()
    moves = (("", "proposee", 2024), ("proposee", "a_venir", 2025), ("a_venir", "en_cours", 2026))
    for previous, status, year in moves:
        ActionStatusChange.objects.create(
            action=made, previous=previous, status=status, on=date(year, 5, 1)
        )
    return made


@pytest.fixture
def report() -> PeriodReport:
    return PeriodReport.objects.create(
        start=START, end=date(2025, 12, 31), words="L’année du logement.\n\nMerci à tous."
    )


def rows(content: ReportContent, name: str) -> list[list[Any]]:
    table = content.table(name)
    assert table is not None
    return table.rows


def test_the_states_are_those_of_the_last_day_and_what_changed_is_told(
    action: Any, report: PeriodReport
) -> None:
    content = ReportContent(report)
    assert rows(content, "actions") == [
        ["1.1 – Former des voisins", "À venir", "de « Proposée » à « À venir », mai 2025"]
    ]
    assert [row[1:4] for row in rows(content, "priorites")] == [[0, 0, 1]]
    assert "1 action a changé d’état." in content.sentences


def test_a_period_that_goes_on_stops_at_today(action: Any) -> None:
    today = timezone.localdate()
    report = PeriodReport(start=today - timedelta(days=30), end=today + timedelta(days=300))
    assert report.until == today
    assert RoadmapPart(report.start, report.until).change(action) == ""


def test_the_figures_begin_with_what_was_known_before(action: Any, report: PeriodReport) -> None:
    content = ReportContent(report)
    assert [row[2:5] for row in rows(content, "chiffres")] == [[10, 72, 100]]
    assert [point["value"] for plot in content.plots for point in plot.points] == [40, 72]


def test_the_young_and_the_named_publics_are_counted_apart(
    action: Any, report: PeriodReport
) -> None:
    content = ReportContent(report)
    assert dict(map(tuple, rows(content, "jeunes")))["Enfants"] == 1
    assert ["Personnes en situation de précarité", 1] in rows(content, "publics")
    assert ["Tout le département", 1] in rows(content, "territoires")


def test_it_is_read_and_exported_by_who_may(
    admin_client: Client, client: Client, action: Any, report: PeriodReport
) -> None:
    url = reverse("period_report", args=[report.pk])
    page = admin_client.get(url).content.decode()
    assert "Bilan de l’année 2025" in page
    assert "L’année du logement." in page
    assert "Inventée" not in page
    csv = admin_client.get(f"{url}?export=csv&table=actions").getvalue().decode()
    assert "Former des voisins" in csv
    word = Document(BytesIO(admin_client.get(f"{url}?export=docx").getvalue()))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert "Merci à tous." in texts
    assert "Les actions, par priorité" in texts
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "1.1 – Former des voisins" in cells
    assert client.get(url).status_code == 302


@needs_press
def test_it_is_printed_tagged_by_the_job(action: Any, report: PeriodReport) -> None:
    (document,) = period_report_documents()
    assert not document.is_listed
    paper = make(document)
    assert "Bilan de l’année 2025" in words(paper)
    assert "Personnes formées" in words(paper)
    assert {"/H1", "/Table", "/TH"} <= tags(paper)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (START, START - timedelta(days=1), "end"),
        (
            timezone.localdate() + timedelta(days=2),
            timezone.localdate() + timedelta(days=9),
            "start",
        ),
    ],
)
def test_a_period_that_cannot_be_is_refused(start: date, end: date, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PeriodReport(start=start, end=end).full_clean()
    assert field in refused.value.message_dict
