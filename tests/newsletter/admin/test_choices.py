"""Topics that people follow, and the words that they agree to: neither is lost by a click."""

from django.test import Client
from django.urls import NoReverseMatch, reverse

import pytest

from home.models import HomePage
from newsletter.models import ConsentText, Topic
from tests.factories import letter
from tests.factories.newsletter import IssuePageFactory, LetterIndexPageFactory
from tests.factories.users import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def test_a_topic_is_made_and_changed(coordinator: Client) -> None:
    data = {"name": "Les proches", "code": "proches", "details": "", "order": 10}
    coordinator.post(reverse("letter_topics:add"), data)
    topic = Topic.objects.get()
    coordinator.post(reverse("letter_topics:edit", args=[topic.pk]), data | {"name": "Familles"})
    topic.refresh_from_db()
    assert topic.name == "Familles"


def test_the_list_of_topics_says_how_many_follow_them(coordinator: Client) -> None:
    topic = letter.topic("proches")
    for rank in range(12):
        letter.subscriber_of(f"p{rank}@x.example", topics=[topic])
    letter.subscriber_of("zoe@x.example", topics=[topic], state="desinscrit")
    response = coordinator.get(reverse("letter_topics:index"))
    assert response.context["object_list"][0].followers == 12


def test_a_topic_that_somebody_chose_is_not_deleted(coordinator: Client) -> None:
    topic = letter.topic("proches")
    letter.subscriber_of(topics=[topic])
    address = reverse("letter_topics:delete", args=[topic.pk])
    assert "recevraient toutes les lettres" in coordinator.get(address).content.decode()
    assert "recevraient toutes les lettres" in coordinator.post(address).content.decode()
    assert Topic.objects.exists()


def test_a_topic_that_an_issue_is_for_is_not_deleted(
    coordinator: Client, home_page: HomePage
) -> None:
    topic = letter.topic("proches")
    issue = IssuePageFactory(parent=LetterIndexPageFactory(parent=home_page))
    issue.topics.add(topic)
    issue.save()
    coordinator.post(reverse("letter_topics:delete", args=[topic.pk]))
    assert Topic.objects.exists()


def test_a_topic_that_nobody_chose_may_go(coordinator: Client) -> None:
    topic = letter.topic("proches")
    coordinator.post(reverse("letter_topics:delete", args=[topic.pk]))
    assert not Topic.objects.exists()


def test_a_new_text_is_a_new_version(coordinator: Client) -> None:
    first = ConsentText.current()
    address = reverse("letter_consent:add")
    assert first.text[:40] in coordinator.get(address).content.decode()
    response = coordinator.post(address, {"text": "Oui à la lettre."}, follow=True)
    assert "celle que les personnes lisent" in response.content.decode()
    assert ConsentText.current().text == "Oui à la lettre."
    assert ConsentText.current().version == 2
    first.refresh_from_db()
    assert first.text != "Oui à la lettre."


def test_looking_writes_no_version(coordinator: Client) -> None:
    coordinator.get(reverse("letter_consent:add"))
    coordinator.get(reverse("letter_consent:index"))
    assert not ConsentText.objects.exists()


def test_no_version_can_be_changed(coordinator: Client) -> None:
    version = ConsentText.current()
    for name in ("edit", "history", "usage", "copy"):
        with pytest.raises(NoReverseMatch):
            reverse(f"letter_consent:{name}", args=[version.pk])
    html = coordinator.get(reverse("letter_consent:index")).content.decode()
    assert "Nouvelle version" in html
    assert reverse("letter_consent:inspect", args=[version.pk]) in html


def test_a_text_that_somebody_accepted_is_never_deleted(coordinator: Client) -> None:
    subscriber = letter.subscriber_of()
    address = reverse("letter_consent:delete", args=[subscriber.consent_id])
    assert "il est leur preuve" in coordinator.post(address).content.decode()
    assert ConsentText.objects.exists()
    subscriber.delete()
    coordinator.post(address)
    assert not ConsentText.objects.exists()
