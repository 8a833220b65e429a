"""« Mes fiches »: what a referent sees and does, and what waits for an approval."""

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from portal.mail.models import OutgoingMessage
from resources.choices import CostType
from resources.editor_choices import ReferentState, VerificationMethod
from resources.listing.models import DirectoryPage
from resources.models import Closure, DailyViews, Notice, Referent, ResourcePage, Verification
from resources.referents.completeness import completeness
from tests.factories.geo import CommuneFactory
from tests.factories.referents import referent_of, typed
from tests.factories.resources import GemPageFactory, ResourcePageFactory
from tests.factories.users import UserFactory, make_groups, member_of

HOME = "/mes-fiches/"


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    make_groups()
    entry = ResourcePageFactory(parent=directory, title="Lieu Exemple", phone="04 91 38 54 60")
    entry.save_revision().publish()
    return ResourcePage.objects.get(pk=entry.pk)


@pytest.fixture
def referent(entry: ResourcePage) -> Referent:
    return referent_of(entry)


@pytest.fixture
def member(client: Client, referent: Referent) -> Client:
    client.force_login(referent.user)
    return client


def at(entry: ResourcePage, name: str) -> str:
    return f"{HOME}{entry.uuid}/{name}/"


def text_of(client: Client, address: str = HOME) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_who_is_not_signed_in_is_led_to_the_door(client: Client, entry: ResourcePage) -> None:
    for address in (HOME, at(entry, "modifier")):
        assert client.get(address).url == f"/compte/login/?next={address}"


def test_the_screen_says_how_fresh_and_how_full_each_entry_is(
    member: Client, entry: ResourcePage
) -> None:
    page = text_of(member)
    assert "Lieu Exemple" in page
    assert "Jamais vérifiée" in page
    assert "À relire maintenant" in page
    assert "Fiche remplie : 1 sur 8" in page
    assert f'href="{at(entry, "modifier")}#id_opening_hours">les horaires</a>' in page


def test_no_cache_keeps_these_screens(member: Client, entry: ResourcePage) -> None:
    names = ("modifier", "dates", "consultations", "montre", "partir")
    for address in (HOME, *(at(entry, name) for name in names)):
        assert "no-store" in member.get(address)["Cache-Control"]


def test_nothing_has_changed_is_one_button(member: Client, entry: ResourcePage) -> None:
    response = member.post(at(entry, "rien-na-change"), follow=True)
    assert "« Lieu Exemple » est à jour" in response.content.decode()
    entry.refresh_from_db()
    assert entry.verified_on == timezone.localdate()
    said = Verification.objects.get()
    assert (said.how, said.nothing_changed) == (VerificationMethod.ACCOUNT, True)


def test_looking_at_the_button_s_address_does_nothing(member: Client, entry: ResourcePage) -> None:
    assert member.get(at(entry, "rien-na-change")).status_code == 405
    assert not Verification.objects.exists()


def test_a_button_without_its_token_is_not_heard(referent: Referent, entry: ResourcePage) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(referent.user)
    assert strict.post(at(entry, "rien-na-change")).status_code == 403
    assert not Verification.objects.exists()


def test_a_role_that_is_not_shown_is_not_published_either(
    member: Client, entry: ResourcePage, reader: Client
) -> None:
    member.post(at(entry, "rien-na-change"))
    assert "cadre de santé" not in reader.get(entry.url).content.decode()
    Referent.objects.update(shows_role=True)
    member.post(at(entry, "rien-na-change"))
    assert "cadre de santé" in reader.get(entry.url).content.decode()


def test_a_change_waits_and_the_public_page_stays(
    member: Client, entry: ResourcePage, reader: Client
) -> None:
    coordinator = member_of("Coordination")
    answer = member.post(at(entry, "modifier"), typed(entry, phone="0491000000"), follow=True)
    page = answer.content.decode()
    assert "dès que la coordination l’aura relu" in page
    assert "attend la relecture" in page
    entry.refresh_from_db()
    assert entry.phone == "04 91 38 54 60"
    assert entry.get_latest_revision_as_object().phone == "04 91 00 00 00"
    assert coordinator.email in OutgoingMessage.objects.values_list("address", flat=True)


def test_what_was_approved_is_public_and_verified(
    member: Client, entry: ResourcePage, reader: Client
) -> None:
    member.post(at(entry, "modifier"), typed(entry, phone="0491000000"))
    page = ResourcePage.objects.get(pk=entry.pk)
    page.current_workflow_task.on_action(
        page.current_workflow_task_state, member_of("Modération"), "approve"
    )
    page.refresh_from_db()
    assert page.phone == "04 91 00 00 00"
    assert page.verified_on == timezone.localdate()
    assert "attend la relecture" not in text_of(member)


def test_the_word_of_who_refused_is_read_by_the_referent(
    member: Client, entry: ResourcePage
) -> None:
    member.post(at(entry, "modifier"), typed(entry, phone="0491000000"))
    page = ResourcePage.objects.get(pk=entry.pk)
    page.current_workflow_task.on_action(
        page.current_workflow_task_state,
        member_of("Modération"),
        "reject",
        comment="Ce numéro sonne chez un voisin.",
    )
    screen = text_of(member)
    assert "est à reprendre" in screen
    assert "Ce numéro sonne chez un voisin." in screen


def test_the_form_builds_on_what_waits_already(member: Client, entry: ResourcePage) -> None:
    member.post(at(entry, "modifier"), typed(entry, phone="0491000000"))
    screen = text_of(member, at(entry, "modifier"))
    assert "04 91 00 00 00" in screen
    assert "attend déjà la relecture" in screen


def test_a_form_sent_untouched_says_that_nothing_has_changed(
    member: Client, entry: ResourcePage
) -> None:
    member.post(at(entry, "modifier"), typed(entry))
    entry.refresh_from_db()
    assert entry.verified_on == timezone.localdate()
    assert not entry.has_unpublished_changes


def test_a_mistake_is_told_in_french_and_all_that_was_typed_stays(
    member: Client, entry: ResourcePage
) -> None:
    sent = typed(entry, phone="12", first_contact="Poussez la porte.")
    response = member.post(at(entry, "modifier"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Erreur :" in page
    assert "Rien n’est perdu" in page
    assert "n’est pas un numéro français" in page
    assert "Poussez la porte." in page
    assert not ResourcePage.objects.get(pk=entry.pk).has_unpublished_changes


def test_what_the_model_refuses_keeps_nothing_and_says_why(
    member: Client, entry: ResourcePage
) -> None:
    ResourcePage.objects.filter(pk=entry.pk).update(lat=43.1, lon=None)
    page = ResourcePage.objects.get(pk=entry.pk)
    page.save_revision(clean=False)
    response = member.post(at(entry, "modifier"), typed(page, phone="0491000000"))
    assert response.status_code == 422
    assert "latitude et la longitude" in response.content.decode()
    assert not Verification.objects.exists()


@pytest.mark.parametrize(
    ("kind", "typed_in", "model"),
    [
        ("fermeture", {"message": "Appelez la mairie."}, Closure),
        ("message", {"text": "Le standard est en panne."}, Notice),
    ],
)
def test_a_dated_row_is_added_then_removed(
    member: Client, entry: ResourcePage, kind: str, typed_in: dict, model: type
) -> None:
    days = {"since": "24/12/2030", "until": "2031-01-02"}
    sent = {f"{kind}-{name}": value for name, value in (days | typed_in).items()}
    page = member.post(at(entry, "dates"), sent | {"add": kind}, follow=True).content.decode()
    (text,) = typed_in.values()
    assert "Du 24 décembre 2030 au 2 janvier 2031" in page
    assert text in page
    assert "(attend la relecture)" in page
    assert not model.objects.exists()
    draft = ResourcePage.objects.get(pk=entry.pk).get_latest_revision_as_object()
    draft.get_latest_revision().publish()
    assert model.objects.get().until == date(2031, 1, 2)
    assert "(attend la relecture)" not in text_of(member, at(entry, "dates"))
    key = str(model.objects.get().translation_key)
    assert (
        text not in member.post(at(entry, "dates"), {"remove": key}, follow=True).content.decode()
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"fermeture-since": ""}, "Dites le jour."),
        ({"fermeture-since": "demain"}, "Ce jour n’existe pas"),
        ({"fermeture-since": "2030-12-24", "fermeture-until": "2030-12-01"}, "avant le début"),
        ({"fermeture-since": "2020-12-24", "fermeture-until": "2020-12-31"}, "déjà passé"),
        ({"fermeture-since": "2030-12-24", "fermeture-message": "x" * 161}, "160"),
    ],
)
def test_a_wrong_day_is_told_at_its_field(
    member: Client, entry: ResourcePage, sent: dict, words: str
) -> None:
    response = member.post(at(entry, "dates"), sent | {"add": "fermeture"})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert all(value in page for value in sent.values())


def test_the_readings_are_counted_in_all_languages(member: Client, entry: ResourcePage) -> None:
    today = timezone.localdate()
    for days, count in ((0, 3), (40, 5), (500, 7)):
        day = today - timedelta(days=days)
        DailyViews.objects.create(entry=entry, day=day, count=count)
    assert "Lectures en 30 jours : 3" in text_of(member)
    page = text_of(member, at(entry, "consultations"))
    assert "Ces 30 derniers jours : 3." in page
    assert page.count('class="bar') == 12
    assert "<td>7</td>" not in page


def test_leaving_tells_the_coordinator_and_closes_everything(
    member: Client, entry: ResourcePage, referent: Referent
) -> None:
    coordinator = member_of("Coordination")
    sent = {"successor": "suite@exemple.example"}
    response = member.post(at(entry, "partir"), sent, follow=True)
    assert "Merci, et bonne suite" in response.content.decode()
    message = OutgoingMessage.objects.get()
    assert message.address == coordinator.email
    assert "suite@exemple.example" in message.text
    assert "Lieu Exemple" in message.text
    assert member.get(HOME).status_code == 302
    referent.refresh_from_db()
    assert referent.state == ReferentState.LEFT


def test_leaving_one_entry_keeps_the_others(
    member: Client, entry: ResourcePage, referent: Referent, directory: DirectoryPage
) -> None:
    other = ResourcePageFactory(parent=directory, title="Autre lieu")
    referent.entries.add(other)
    page = member.post(at(entry, "partir"), {}, follow=True).content.decode()
    assert "Autre lieu" in page
    assert "Lieu Exemple" not in page
    entry.refresh_from_db()
    assert entry.seeks_referent


def test_a_wrong_address_of_a_successor_changes_nothing(
    member: Client, entry: ResourcePage, referent: Referent
) -> None:
    response = member.post(at(entry, "partir"), {"successor": "suite"})
    assert response.status_code == 422
    referent.refresh_from_db()
    assert referent.is_active


def test_what_is_shown_is_changed_at_once(
    member: Client, entry: ResourcePage, reader: Client
) -> None:
    sent = {"role": "animatrice", "shows_role": "on", "public_email": "lieu@exemple.example",
            "shows_public_email": "on"}  # fmt: skip
    member.post(at(entry, "montre"), sent)
    page = reader.get(entry.url).content.decode()
    assert "animatrice" in page
    assert "lieu@exemple.example" in page
    member.post(at(entry, "montre"), {"role": "animatrice", "public_email": "lieu@exemple.example"})
    page = reader.get(entry.url).content.decode()
    assert "animatrice" not in page
    assert "lieu@exemple.example" not in page


def test_somebody_without_entries_is_told_so(client: Client, db: None) -> None:
    client.force_login(UserFactory())
    assert "Aucune fiche ne vous est confiée" in text_of(client)


def test_more_entries_cost_no_more_queries(
    member: Client, referent: Referent, directory: DirectoryPage
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(member)
        return len(captured)

    text_of(member)
    one = queries()
    referent.entries.add(*(GemPageFactory(parent=directory) for _rank in range(5)))
    text_of(member)
    assert queries() <= one


def test_who_signs_in_without_the_editor_lands_on_their_entries(
    client: Client, referent: Referent
) -> None:
    referent.user.set_password("une phrase assez longue")
    referent.user.save()
    sent = {"login": referent.email, "password": "une phrase assez longue"}
    assert client.post("/compte/login/", sent).url == HOME


def test_the_editor_s_door_leads_a_referent_to_their_entries(member: Client) -> None:
    response = member.get("/admin/", follow=True)
    assert response.status_code == 403
    assert f'href="{HOME}"' in response.content.decode()


def test_a_full_entry_lacks_nothing(directory: DirectoryPage) -> None:
    entry = ResourcePageFactory.build(
        phone="3114", opening_hours="24/7", address_street="1 rue Exemple",
        commune=CommuneFactory(), publics=["adultes"], cost=CostType.FREE,
        first_contact="Appelez.", summary="On écoute.", accessibility=["pmr"], type=None,
    )  # fmt: skip
    told = completeness(entry)
    assert (told.done, told.total, told.percent, told.missing) == (8, 8, 100, [])


def test_a_secret_address_is_not_missing(db: None) -> None:
    entry = ResourcePageFactory.build(address_is_masked=True, type=None)
    assert "address" not in [point.name for point in completeness(entry).missing]
