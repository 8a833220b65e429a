"""« Avant d’ouvrir »: what is looked at, and the button that opens once."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from home.models import StandardPage
from home.setup import opening_checks
from home.setup.models import PortalOpening
from home.setup.opening import NotReady, begin_preparation, open_portal
from home.setup.opening_checks import OpeningCheck
from portal.backups.archive import archive_name
from portal.backups.folder import backup_folder
from portal.base.models import PortalSettings
from portal.crisis.models import HelpLine
from resources.listing.models import DirectoryPage
from tests.factories.home import make_home
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory
from tests.factories.users import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def directory(settings: LazySettings, tmp_path: Path) -> DirectoryPage:
    settings.PORTAL_BACKUP_DIR = str(tmp_path)
    return DirectoryPageFactory(parent=make_home())


def check(title: str) -> OpeningCheck:
    return next(one for one in opening_checks.opening_checks() if str(one.title) == title)


def make_line(verified_on: date) -> HelpLine:
    return HelpLine.objects.create(
        situation="Je vais mal", name="Écoute", number="3114", is_crisis=True,
        verified_on=verified_on,
    )  # fmt: skip


def make_ready() -> None:
    portal = PortalSettings.load()
    portal.operator, portal.contact_email, portal.demo_notice = "CHU", "ptsm@exemple.fr", ""
    portal.save()
    ResourcePageFactory(parent=DirectoryPage.objects.get(), source="FINESS")
    make_line(timezone.localdate())
    for slug in ("mentions-legales", "donnees-personnelles", "accessibilite"):
        make_home().add_child(instance=StandardPage(title=slug, slug=slug))
    (backup_folder() / archive_name(timezone.now() - timedelta(hours=1))).touch()


def test_an_example_on_line_keeps_the_portal_closed() -> None:
    assert check("Exemples retirés").is_good
    ResourcePageFactory(parent=DirectoryPage.objects.get(), is_example=True)
    assert check("Exemples retirés").is_blocking


def test_crisis_numbers_are_read_again_each_month() -> None:
    HelpLine.objects.all().delete()
    assert check("Numéros d’urgence vérifiés").is_blocking
    line = make_line(timezone.localdate() - timedelta(days=60))
    assert "depuis un mois" in check("Numéros d’urgence vérifiés").sentence
    line.verified_on = timezone.localdate()
    line.save()
    assert check("Numéros d’urgence vérifiés").is_good


def test_a_draft_to_be_written_is_named_and_holds_nothing_back() -> None:
    page = StandardPage(title="À propos", slug="a-propos", live=False)
    page.body = [("paragraph", "<p>À écrire : qui tient le portail.</p>")]
    make_home().add_child(instance=page)
    page.save_revision(clean=False)
    found = check("Textes à écrire")
    assert "À propos" in found.sentence
    assert not found.is_blocking


def test_legal_pages_are_asked_for() -> None:
    assert check("Pages légales").is_blocking


def test_an_entry_without_source_is_told() -> None:
    ResourcePageFactory(parent=DirectoryPage.objects.get(), source="")
    assert not check("Licence des données").is_good


def test_it_opens_once_and_only_when_nothing_blocks(client: Client) -> None:
    begin_preparation()
    user = member_of("Coordination")
    with pytest.raises(NotReady):
        open_portal(user)
    client.force_login(user)
    url = reverse("setup:step", args=["avant-d-ouvrir"])
    assert "Ouvrir le portail aujourd’hui" not in client.get(url).content.decode()
    make_ready()
    assert [one for one in opening_checks.opening_checks() if one.is_blocking] == []
    assert "Regardez d’abord le portail" in client.post(url, {"open": ""}).content.decode()
    client.post(url, {"open": "", "agreed": "on"})
    opening = PortalOpening.objects.get()
    assert opening.opened_by == user
    assert open_portal(member_of("Coordination")).opened_at == opening.opened_at
    assert "Le portail est ouvert depuis le" in client.get(url).content.decode()
