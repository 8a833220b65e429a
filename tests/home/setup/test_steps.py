"""« Votre portail en une heure »: what a coordinator sees and does, step by step."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from home.models import HomePage, TerritoryPage
from home.setup.models import FinessImport, PortalOpening, SetupStepNote
from home.setup.opening import begin_preparation
from home.setup.steps import STEPS, get_progress
from portal.base.models import PortalSettings
from portal.geo.models import Territory
from portal.mail.models import OutgoingMessage
from portal.users.models import User
from tests.factories.geo import CommuneFactory
from tests.factories.home import make_home
from tests.factories.users import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client) -> User:
    make_home()
    user = member_of("Coordination")
    client.force_login(user)
    return user


def url_of(slug: str) -> str:
    return reverse("setup:step", args=[slug])


def shown(client: Client, slug: str) -> str:
    answer = client.get(url_of(slug))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_each_step_has_its_screen(client: Client, coordinator: User, step) -> None:
    html = shown(client, step.slug)
    assert str(step.title).replace("’", "’") in html
    assert "Voir comme le public" in html


@pytest.mark.parametrize("group", ["Rédaction", "Modération"])
def test_only_the_coordination_sets_up(client: Client, group: str) -> None:
    client.force_login(member_of(group))
    for step in STEPS:
        # As Wagtail does of what somebody may not do: back to the editor's home page.
        assert client.get(step.url).status_code in (302, 403)
        assert client.post(step.url, {"fetch": ""}).status_code in (302, 403)
    assert not FinessImport.objects.exists()


def test_it_opens_where_one_had_stopped(client: Client, coordinator: User) -> None:
    start = reverse("setup:start")
    assert client.get(start).url == url_of("qui-etes-vous")
    answer = client.post(url_of("qui-etes-vous"), {"later": ""})
    assert answer.url == url_of("territoires")
    assert client.get(start).url == url_of("territoires")


def test_what_is_left_for_later_is_not_done(client: Client, coordinator: User) -> None:
    begin_preparation()
    before = get_progress().percent
    for step in STEPS:
        client.post(step.url, {"later": ""})
    assert get_progress().percent == before
    assert not get_progress().of("qui-etes-vous").is_done
    assert SetupStepNote.objects.count() == len(STEPS)


def test_the_percentage_follows_what_is_true(client: Client, coordinator: User) -> None:
    begin_preparation()
    before = get_progress().percent
    portal = PortalSettings.load()
    portal.operator, portal.contact_email = "ARS", "ptsm@exemple.fr"
    portal.contact_phone = "03 20 00 00 00"
    portal.save()
    assert get_progress().percent > before
    assert get_progress().of("qui-etes-vous").is_done
    portal.contact_email = ""
    portal.save()
    assert not get_progress().of("qui-etes-vous").is_done


def identity(client: Client, opened: str, **changes: str) -> object:
    """Send the first step as a browser does that had ``opened`` the screen."""
    names = ("site_name", "tagline", "operator", "contact_email", "contact_phone")
    posted = {}
    for name in names:
        found = re.search(rf'name="initial-{name}"[^>]*?value="([^"]*)"', opened)
        posted[f"initial-{name}"] = found[1] if found else ""
        posted[name] = changes.get(name, posted[f"initial-{name}"])
    return client.post(url_of("qui-etes-vous"), posted | {"save": ""})


def test_two_people_at_once_lose_nothing(client: Client, coordinator: User) -> None:
    opened = shown(client, "qui-etes-vous")
    identity(client, opened, operator="CHU", contact_email="ptsm@exemple.fr")
    # The other one had opened the same empty screen.
    answer = identity(
        client, opened, operator="CHU", contact_email="ptsm@exemple.fr", contact_phone="0320000000"
    )
    assert answer.status_code == 302
    portal = PortalSettings.objects.get()
    assert (portal.operator, portal.contact_phone) == ("CHU", "0320000000")
    refused = identity(client, opened, operator="Autre", contact_email="ptsm@exemple.fr")
    assert "Une autre personne vient d’écrire « CHU »" in refused.content.decode()
    assert PortalSettings.objects.get().operator == "CHU"


def test_territories_are_named_merged_and_confirmed(client: Client, coordinator: User) -> None:
    rows = []
    for number in range(3):
        row = Territory.objects.create(name=f"CC {number}", slug=f"cc-{number}", order=number)
        row.communes.add(CommuneFactory(code=f"5900{number}", slug=f"c-{number}"))
        rows.append(row)
        page = TerritoryPage(title=row.name, slug=row.slug, territory=row)
        HomePage.objects.get().add_child(instance=page)
    first, second, third = rows
    client.post(
        url_of("territoires"),
        {
            f"t{first.pk}-name": "Flandre",
            f"t{second.pk}-name": "CC 1",
            f"t{second.pk}-merged_into": third.pk,
            f"t{third.pk}-name": "CC 2",
            f"t{third.pk}-merged_into": first.pk,
            "save": "",
        },
    )
    kept = Territory.objects.get()
    assert (kept.name, kept.slug, kept.is_confirmed) == ("Flandre", "flandre", True)
    assert kept.communes.count() == 3
    # Each territory has a page, which follows: it holds nothing back.
    assert TerritoryPage.objects.get().title == "Flandre"


def test_two_territories_cannot_swallow_each_other(client: Client, coordinator: User) -> None:
    first, second = (Territory.objects.create(name=name, slug=name) for name in ("a", "b"))
    answer = client.post(
        url_of("territoires"),
        {
            f"t{first.pk}-name": "a",
            f"t{first.pk}-merged_into": second.pk,
            f"t{second.pk}-name": "b",
            f"t{second.pk}-merged_into": first.pk,
            "save": "",
        },
    )
    assert "l’un dans l’autre" in answer.content.decode()
    assert Territory.objects.count() == 2


def test_pressed_by_two_people_finess_is_asked_for_once(client: Client, coordinator: User) -> None:
    for _person in range(2):
        client.post(url_of("annuaire"), {"fetch": ""})
    assert FinessImport.objects.count() == 1
    assert "Le fichier national arrive" in shown(client, "annuaire")


def test_a_file_that_is_no_list_is_refused_where_it_was_given(
    client: Client, coordinator: User
) -> None:
    page = SimpleUploadedFile("finess.json.gz", b"<!doctype html><html></html>")
    answer = client.post(url_of("annuaire"), {"send": "", "file": page})
    assert "C’est une page web" in answer.content.decode()
    assert not FinessImport.objects.exists()


def test_a_trial_message_says_that_it_arrived(client: Client, coordinator: User) -> None:
    client.post(url_of("courrier"), {"try": ""})
    assert not OutgoingMessage.objects.exists()
    portal = PortalSettings.load()
    portal.contact_email = "ptsm@exemple.fr"
    portal.save()
    client.post(url_of("courrier"), {"try": ""})
    assert "pas encore dit arrivé" in shown(client, "courrier")
    link = re.search(r"http\S+/recu/\S+/", OutgoingMessage.objects.get().text)[0]
    path = "/" + link.split("/", 3)[3]
    assert client.get(path, follow=True).status_code == 200
    assert "Le message d’essai est arrivé" in shown(client, "courrier")
    assert "a déjà servi" in client.get(path, follow=True).content.decode()


def test_signing_in_leads_there_until_the_portal_is_open(client: Client) -> None:
    make_home()
    user = member_of("Coordination")
    user.set_password("un-mot-de-passe-long-41")
    user.save()

    def sign_in() -> str:
        client.logout()
        answer = client.post(
            reverse("account_login"), {"login": user.email, "password": "un-mot-de-passe-long-41"}
        )
        return answer.headers.get("Location", "")

    assert sign_in() == reverse("wagtailadmin_home")
    begin_preparation()
    assert sign_in() == reverse("setup:start")
    PortalOpening.objects.update(opened_at=timezone.now())
    assert sign_in() == reverse("wagtailadmin_home")


def test_the_editor_s_home_page_says_how_far_it_is(client: Client, coordinator: User) -> None:
    home = reverse("wagtailadmin_home")
    assert "% fait" not in client.get(home).content.decode()
    begin_preparation()
    assert "% fait" in client.get(home).content.decode()
