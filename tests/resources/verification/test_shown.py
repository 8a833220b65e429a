"""What readers are told of an entry that ages: on its page and in lists, in steps."""

from datetime import date

from django.test import Client

import pytest

from resources.choices import EntryFreshness
from resources.entry.labels import verification_label
from resources.entry.presenter import EntryPresenter
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage
from tests.factories.resources import ResourcePageFactory
from tests.factories.verification import live_entry

PHONE = "04 91 38 54 60"


def entry_of(day: date | None, frequency: int = 6, phone: str = PHONE) -> ResourcePage:
    return ResourcePageFactory.build(
        type=None,
        phone=phone,
        verified_on=day,
        verified_by_role="la structure (cadre de santé)",
        verification_frequency=frequency,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "shown", "is_warning"),
    [
        (date(2026, 10, 1), "Vérifiée le 1er octobre 2026", False),
        (date(2026, 3, 3), "À vérifier, dernière relecture le 3 mars 2026", True),
        (
            date(2025, 3, 3),
            "À vérifier : appelez avant de venir. Dernière relecture le 3 mars 2025",
            True,
        ),
        (None, "Jamais vérifiée par la structure.", False),
    ],
)
def test_a_list_says_how_far_to_believe_a_line(
    noon_on_tuesday: None, day: date | None, shown: str, is_warning: bool
) -> None:
    assert verification_label(entry_of(day)) == (shown, is_warning)


@pytest.mark.django_db
def test_the_page_says_by_whose_role_and_never_promises_a_day_that_is_past(
    noon_on_tuesday: None,
) -> None:
    fresh = EntryPresenter(entry_of(date(2026, 10, 1))).verification.replace("\u00a0", " ")
    assert fresh.startswith("Fiche vérifiée le 1er octobre 2026 par la structure (cadre de santé).")
    assert "Prochaine vérification : avril 2027." in fresh
    ageing = EntryPresenter(entry_of(date(2026, 3, 3))).verification
    assert "Prochaine vérification" not in ageing
    assert "Une nouvelle vérification est demandée." in ageing
    stale = EntryPresenter(entry_of(date(2025, 3, 3))).verification
    assert "appelez avant de venir" in stale


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("frequency", "day", "freshness"),
    [
        (1, date(2026, 9, 20), EntryFreshness.FRESH),
        (1, date(2026, 9, 10), EntryFreshness.AGEING),
        (1, date(2026, 7, 10), EntryFreshness.STALE),
        (3, date(2026, 5, 20), EntryFreshness.FRESH),
        (12, date(2026, 5, 10), EntryFreshness.AGEING),
        (12, date(2025, 11, 10), EntryFreshness.STALE),
    ],
)
def test_what_is_to_be_verified_often_ages_faster(
    noon_on_tuesday: None, frequency: int, day: date, freshness: EntryFreshness
) -> None:
    assert entry_of(day, frequency).freshness == freshness


def test_a_stale_entry_warns_on_its_page_and_in_the_directory(
    reader: Client, directory: DirectoryPage
) -> None:
    entry = live_entry(directory, title="L’Écluse", verified_on=date(2020, 1, 1), phone=PHONE)
    for address in (entry.url, f"{directory.url}?q=ecluse"):
        assert "appelez avant de venir" in reader.get(address).content.decode(), address


def test_nobody_is_told_to_call_a_place_without_a_number(
    reader: Client, directory: DirectoryPage
) -> None:
    day = date(2020, 1, 1)
    assert verification_label(entry_of(day, phone="")) == (
        "À vérifier, dernière relecture le 1er janvier 2020",
        True,
    )
    entry = live_entry(directory, title="L’Écluse", verified_on=day)
    for address in (entry.url, f"{directory.url}?q=ecluse"):
        html = reader.get(address).content.decode()
        assert "appelez avant de venir" not in html, address
        assert "À vérifier" in html or "à vérifier" in html, address
