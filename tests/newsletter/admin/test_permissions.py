"""Who may open each screen of the letter: the coordinator and administrators, and nobody else."""

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

import pytest

from newsletter.admin.digest_views import ComposeViewSet
from newsletter.admin.menu import LetterGroup
from newsletter.models import IssuePage, Mailing, Subscriber
from portal.users.models import User
from tests.factories import letter
from tests.factories.newsletter import IssuePageFactory, LetterIndexPageFactory
from tests.factories.users import UserFactory, member_of

ADDRESS = "ana.secrete@x.example"
#: Who may edit the portal, and sees nothing of who gets the letter.
OTHERS = ("Rédaction", "Modération")
pytestmark = pytest.mark.django_db


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the letter's screens, as « viewset:name ».

    But for the composer, which shows nobody: whoever may write an issue may begin one.
    """
    for viewset in LetterGroup().registerables:
        if isinstance(viewset, ComposeViewSet):
            continue
        for pattern in viewset.get_urlpatterns():
            yield f"{viewset.url_namespace}:{pattern.name}", pattern


NAMES = sorted({name for name, _pattern in routes()})


@pytest.fixture
def addresses(home_page) -> dict[str, str]:
    """One address for each screen, all of them of things that are there."""
    subscriber = letter.subscriber_of(ADDRESS, topics=[letter.topic()])
    mailing = letter.mailing(state=Mailing.State.PAUSED)
    letter.delivery(subscriber, mailing=mailing, state="refuse", answer="550")
    issue = IssuePageFactory(parent=LetterIndexPageFactory(parent=home_page), number=1)
    keys = {
        "letter_subscribers": subscriber.pk,
        "letter_mailings": mailing.pk,
        "letter_topics": letter.topic().pk,
        "letter_consent": subscriber.consent_id,
    }
    found = {}
    for name, pattern in routes():
        wanted = pattern.pattern.converters
        args = {"pk": issue.pk if name.endswith(":send") else keys.get(name.split(":")[0])}
        args["act"] = "reprendre"
        found[name] = reverse(name, kwargs={one: args[one] for one in wanted})
    return found


def is_refused(response) -> bool:
    """Told no, or sent back to the first screen or to the door."""
    if response.status_code == 403:
        return b"@x.example" not in response.content
    doors = (reverse("wagtailadmin_home"), reverse("editor_door"))
    return response.status_code == 302 and response["Location"].split("?")[0] in doors


@pytest.mark.parametrize("role", [*OTHERS, "Référents", None])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_screen_of_the_letter_opens_to_others(
    client: Client, addresses: dict[str, str], role: str | None, method: str
) -> None:
    if role:
        client.force_login(member_of(role))
    before = list(Subscriber.objects.values())
    for name, address in addresses.items():
        for query in ("", "?export=csv", "?q=ana"):
            response = getattr(client, method)(address + query)
            assert is_refused(response), (name, response.status_code)
    assert list(Subscriber.objects.values()) == before
    assert Mailing.objects.get().state == Mailing.State.PAUSED


@pytest.mark.parametrize("name", NAMES)
def test_every_screen_opens_to_the_coordinator(
    client: Client, addresses: dict[str, str], name: str
) -> None:
    client.force_login(member_of("Coordination"))
    only_post = name == "letter_mailings:act"
    assert client.get(addresses[name], follow=True).status_code == (405 if only_post else 200)


@pytest.mark.parametrize("role", OTHERS)
def test_nothing_of_the_letter_is_in_the_menu_of_others(
    client: Client, addresses: dict[str, str], role: str
) -> None:
    client.force_login(member_of(role))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    for name in ("subscribers", "mailings", "figures", "topics", "consent", "domain"):
        assert reverse(f"letter_{name}:index") not in page
    assert "reçoit la lettre" not in page


@pytest.mark.parametrize("role", OTHERS)
def test_who_writes_the_issue_is_not_offered_to_send_it(
    client: Client, addresses: dict[str, str], role: str
) -> None:
    client.force_login(member_of(role))
    issue = IssuePage.objects.get()
    response = client.get(reverse("wagtailadmin_pages:edit", args=[issue.pk]))
    assert response.status_code == 200
    assert addresses["letter_mailings:send"] not in response.content.decode()


def somebody_with(*codenames: str) -> User:
    """An editor of a group that a department made for itself."""
    group = Group.objects.create(name="Autre")
    wanted = ["access_admin", *codenames]
    group.permissions.add(*Permission.objects.filter(codename__in=wanted))
    user = UserFactory()
    user.groups.add(group)
    return user


def test_who_sends_without_seeing_subscribers_sees_no_way_to_them(
    client: Client, addresses: dict[str, str]
) -> None:
    client.force_login(somebody_with("add_mailing", "change_mailing"))
    page = client.get(addresses["letter_mailings:progress"])
    assert page.status_code == 200
    html = page.content.decode()
    assert "a…@x.example" in html
    assert addresses["letter_subscribers:inspect"] not in html
    assert ADDRESS not in html
    assert is_refused(client.get(addresses["letter_subscribers:index"]))


def test_who_only_looks_at_sendings_stops_none(client: Client, addresses: dict[str, str]) -> None:
    client.force_login(somebody_with("view_mailing"))
    page = client.get(addresses["letter_mailings:progress"])
    assert page.status_code == 200
    assert page.context["acts"] == []
    assert is_refused(client.post(addresses["letter_mailings:act"]))
    assert is_refused(client.get(addresses["letter_mailings:send"]))


def test_who_only_looks_at_subscribers_changes_none(
    client: Client, addresses: dict[str, str]
) -> None:
    client.force_login(somebody_with("view_subscriber"))
    assert client.get(addresses["letter_subscribers:index"]).status_code == 200
    for name in ("add", "edit", "delete", "import", "template"):
        assert is_refused(client.get(addresses[f"letter_subscribers:{name}"]))
        assert is_refused(client.post(addresses[f"letter_subscribers:{name}"]))


def test_no_other_address_of_the_editor_lists_subscribers() -> None:
    """No snippet, no chooser, no settings screen: only the screens that this module tries."""

    def names(patterns, prefix: str = "") -> Iterator[str]:
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern.url_patterns, path)
            else:
                yield path

    about = {
        path
        for path in names(get_resolver().url_patterns)
        if "subscriber" in path or "delivery" in path or "abonnes" in path
    }
    assert {path.split("/")[2] for path in about} <= {"abonnes"}


def test_the_report_of_all_that_was_done_shows_nobody_s_address(client: Client) -> None:
    coordinator = member_of("Coordination")
    client.force_login(coordinator)
    client.post(reverse("letter_subscribers:add"), {"address": ADDRESS, "proof": "Bulletin"})
    pk = Subscriber.objects.get().pk
    client.post(reverse("letter_subscribers:edit", args=[pk]), {"territory": ""})
    client.force_login(UserFactory(is_superuser=True))
    page = client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert f"Abonné {pk}" in page
    assert ADDRESS not in page
