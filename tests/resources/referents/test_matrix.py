"""Who may see what of two structures: seven kinds of visitors, every address of the directory.

The addresses are read from the portal itself. One that nobody has placed in these tables is
held to be closed: it makes a test fail until somebody says who may open it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, NamedTuple
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import RoutePattern, URLResolver

import pytest

from portal.imports.models import ImportRun
from resources.listing.models import DirectoryPage
from resources.models import (
    Closure,
    DailyViews,
    EntryProposal,
    ErrorReport,
    Notice,
    Referent,
    ResourcePage,
    Verification,
    VerificationRequest,
)
from resources.moderation.services import propose_change
from resources.referents import services
from tests.factories.referents import ReferentFactory, referent_of
from tests.factories.resources import ResourcePageFactory
from tests.factories.users import UserFactory, member_of

ANYBODY = "anybody"
REFERENT_A, REFERENT_B = "referent of A", "referent of B"
EDITORS = ("Rédaction", "Modération", "Coordination")
ADMINISTRATOR = "administrator"
VISITORS = (ANYBODY, REFERENT_A, REFERENT_B, *EDITORS, ADMINISTRATOR)
SECRET = "04 91 00 00 00"

#: Public by purpose: open data, paper, forms without an account.
OPEN = {
    "affiche", "annuaire_csv", "annuaire_geojson", "annuaire_json", "annuaire_xlsx",
    "changes_atom", "changes_json", "di_services", "di_structures", "directory_pdf",
    "embed_builder", "embed_frame", "gone", "hsds", "hsds_at_location", "hsds_at_locations",
    "hsds_openapi", "hsds_organization", "hsds_organizations", "hsds_service", "hsds_services",
    "hsds_taxonomies", "hsds_taxonomy", "hsds_term", "hsds_terms", "near", "poster_pdf", "print",
    "propose_entry", "report_error",
}  # fmt: skip
#: Open to who holds a secret that was sent to one person, and about one thing only.
BY_KEY = {"invitation", "proposal_followed", "report_followed", "verify", "verify_correct"}
#: Whatever account one has; what it shows is one's own.
MEMBERS = {"my_entries"}
#: About one entry, for those who answer for it and nobody else, not even an administrator.
OWN = {
    "entry_confirm", "entry_dated", "entry_edit", "entry_leave", "entry_shown", "entry_statistics"
}  # fmt: skip

#: Below /admin/: outside the editor, as Wagtail makes them.
NOT_THE_EDITOR = {
    "wagtailadmin_javascript_catalog", "wagtailadmin_login", "wagtailadmin_logout",
    "wagtailadmin_sprite",
}  # fmt: skip
#: Of the directory's own screens, those that others than the coordination open.
ALSO_FOR = {
    # The names of referents are not in it for them: tests/resources/test_entry_list.py.
    "fiches:index": {"Rédaction", "Modération"},
    "fiches:index_results": {"Rédaction", "Modération"},
    "territory_board": {"Rédaction", "Modération"},
    "territory_board_paper": {"Rédaction", "Modération"},
    "untold_hours": {"Rédaction", "Modération"},
    "untold_hours_results": {"Rédaction", "Modération"},
    "directory_changes": {"Modération"},
    "directory_changes_results": {"Modération"},
    "directory_change": {"Modération"},
}
#: Where the screens of the directory are.
OUR_SCREENS = ("resources", "actions.imports", "portal.imports")
OUR_NAMESPACES = ("referents", "error_reports", "entry_proposals")


class Address(NamedTuple):
    """A pattern of the portal: where it is, its name, and what answers."""

    name: str
    path: str
    arguments: tuple[str, ...]
    module: str


class World(NamedTuple):
    """Two structures, with all that could leak of one to the other."""

    a: ResourcePage
    b: ResourcePage
    keys: dict[str, Any]
    clients: dict[str, Client]


def addresses(resolver: Any = None, path: str = "/", spaces: tuple = ()) -> Iterator[Address]:
    for one in (resolver or get_resolver()).url_patterns:
        here = path + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from addresses(one, here, inner)
        elif isinstance(one, URLPattern) and isinstance(one.pattern, RoutePattern):
            answer = getattr(one.callback, "view_class", one.callback)
            arguments = tuple(one.pattern.converters)
            name = ":".join((*spaces, one.name or ""))
            yield Address(name, here, arguments, getattr(answer, "__module__", ""))


OF_THE_DIRECTORY = sorted(
    {one.name.partition(":")[2] for one in addresses() if one.name.startswith("resources:")} - {""}
)
OF_THE_EDITOR = sorted(
    {one for one in addresses() if one.path.startswith("/admin/")}, key=lambda one: one.path
)


@pytest.fixture
def world(directory: DirectoryPage) -> World:
    a, b = (ResourcePageFactory(parent=directory, title=f"Lieu {name}") for name in "AB")
    referent_a, referent_b = referent_of(a), referent_of(b)
    keys: dict[str, Any] = {"a": [], "b": []}
    for name, entry in (("a", a), ("b", b)):
        entry.closures = [Closure(since=date(2030, 1, 1))]
        entry.notices = [Notice(since=date(2030, 1, 1), until=date(2030, 2, 1), text="Secret")]
        entry.save()
        entry.save_revision().publish()
        DailyViews.objects.create(entry=entry, day=date(2030, 1, 1), count=7)
        invited = ReferentFactory(entries=[entry])
        services.send_invitation(invited)
        keys[name].append(reverse("resources:invitation", args=[invited.key]))
    propose_change(b, lambda page: setattr(page, "phone", SECRET), user=referent_b.user, by="B")
    VerificationRequest.objects.create(entry=b, referent=referent_b, address=referent_b.email)
    clients = {ANYBODY: Client()}
    people = {REFERENT_A: referent_a.user, REFERENT_B: referent_b.user}
    people |= {group: member_of(group) for group in EDITORS}
    people[ADMINISTRATOR] = UserFactory(is_superuser=True, is_staff=True)
    for role, user in people.items():
        clients[role] = Client()
        clients[role].force_login(user)
    fresh_b = ResourcePage.objects.get(pk=b.pk)
    return World(ResourcePage.objects.get(pk=a.pk), fresh_b, keys, clients)


def everything() -> list[Any]:
    models = (ResourcePage, Referent, Verification, VerificationRequest, Closure, Notice)
    return [list(model.objects.order_by("pk").values()) for model in models]


def is_open(response: HttpResponse) -> bool:
    """Whether it shows anything; a form that comes back with its mistakes does."""
    return response.status_code in (200, 201, 206, 422)


def test_every_address_of_the_directory_has_its_place() -> None:
    assert set(OF_THE_DIRECTORY) - OPEN - BY_KEY - MEMBERS - OWN == set()


def test_what_is_about_one_entry_takes_it_from_its_address() -> None:
    found = {one.name.partition(":")[2]: one for one in addresses() if one.name[:9] == "resources"}
    assert all(found[name].arguments == ("uuid",) for name in OWN)


@pytest.mark.parametrize("role", VISITORS)
def test_an_entry_is_tended_by_who_answers_for_it_and_nobody_else(world: World, role: str) -> None:
    before, client = everything(), world.clients[role]
    for entry, owner in ((world.a, REFERENT_A), (world.b, REFERENT_B)):
        for name in sorted(OWN):
            address = reverse(f"resources:{name}", args=[entry.uuid])
            response = client.get(address)
            assert is_open(response) is (role == owner and name != "entry_confirm"), address
            if role != owner:
                answer = client.post(address, {"remove": "x", "phone": "3114", "role": "pris"})
                assert answer.status_code in ((302,) if role == ANYBODY else (404, 405)), address
    assert everything() == before


@pytest.mark.parametrize("role", VISITORS)
def test_the_list_shows_one_s_own_entries_only(world: World, role: str) -> None:
    response = world.clients[role].get(reverse("resources:my_entries"))
    page = response.content.decode()
    assert is_open(response) is (role != ANYBODY)
    assert ("Lieu A" in page) is (role == REFERENT_A)
    assert ("Lieu B" in page) is (role == REFERENT_B)


@pytest.mark.parametrize("role", [ANYBODY, REFERENT_A])
def test_what_waits_for_b_is_seen_by_nobody_else(world: World, role: str) -> None:
    client = world.clients[role]
    assert SECRET not in client.get(world.b.url).content.decode()
    revision = world.b.latest_revision_id
    for name, arguments in (
        ("view_draft", [world.b.pk]), ("history", [world.b.pk]), ("edit", [world.b.pk]),
        ("revisions_view", [world.b.pk, revision]), ("workflow_history", [world.b.pk]),
        ("revisions_compare", [world.b.pk, "live", revision]),
    ):  # fmt: skip
        address = reverse(f"wagtailadmin_pages:{name}", args=arguments)
        assert client.get(address).status_code in (302, 403), address


def test_a_link_opens_one_structure_only(world: World) -> None:
    client = world.clients[REFERENT_A]
    (own,), (other,) = world.keys["a"], world.keys["b"]
    page = client.get(own).content.decode()
    assert "Lieu A" in page
    assert "Lieu B" not in page
    assert "Lieu B" in client.get(other).content.decode()


@pytest.mark.parametrize("role", VISITORS)
def test_what_anybody_may_know_of_an_entry_is_no_key(world: World, role: str) -> None:
    before = everything()
    guesses = (world.b.uuid, world.b.pk, world.b.slug, uuid4())
    for name, guess in product(sorted(BY_KEY), guesses):
        address = reverse(f"resources:{name}", args=[guess])
        assert not is_open(world.clients[role].get(address)), address
        assert not is_open(world.clients[role].post(address, {"answer": "yes"})), address
    assert everything() == before


@pytest.fixture
def rows(world: World) -> dict[str, Any]:
    """One row of the structure B for each kind of screen."""
    report = ErrorReport.objects.create(entry=world.b, about="autre", text="Une erreur.")
    proposal = EntryProposal.objects.create(name="Lieu proposé")
    run = ImportRun.objects.create(kind="annuaire")
    return {
        "referents": Referent.objects.of(world.b).get().pk,
        "error_reports": report.pk,
        "entry_proposals": proposal.pk,
        "uuid": run.uuid,
    }


def filled(one: Address, world: World, rows: dict[str, Any]) -> str:
    """The address with the rows of structure B in it, or whatever fits."""
    values: dict[str, Any] = {"uuid": rows["uuid"], "kind": "annuaire", "app_label": "resources"}
    values |= {"model_name": "referent", "slug": "secteurs", "mode": "", "content_type": "1"}
    own = rows.get(one.name.partition(":")[0], world.b.pk)
    path = one.path
    for name in one.arguments:
        start = path.index("<")
        end = path.index(">", start)
        path = f"{path[:start]}{values.get(name, own)}{path[end + 1 :]}"
    return path


def opened(some: list[Address], world: World, rows: dict[str, Any], role: str) -> set[str]:
    """The names of the addresses that show something to somebody, asked or sent to."""
    client = world.clients[role]
    return {
        one.name
        for one in some
        for ask in (client.get, client.post)
        if is_open(ask(filled(one, world, rows)))
    }


@pytest.mark.parametrize("role", [ANYBODY, REFERENT_A, REFERENT_B])
def test_a_referent_opens_no_address_of_the_editor(
    world: World, rows: dict[str, Any], role: str
) -> None:
    before = everything()
    tried = [one for one in OF_THE_EDITOR if one.name not in NOT_THE_EDITOR]
    assert opened(tried, world, rows, role) == set()
    assert len(tried) > 350
    assert everything() == before


def is_ours(one: Address) -> bool:
    space = one.name.partition(":")[0]
    return one.module.startswith(OUR_SCREENS) or space in OUR_NAMESPACES


def test_the_screens_of_the_directory_are_all_in_the_matrix() -> None:
    names = {one.name for one in OF_THE_EDITOR if is_ours(one)}
    for name in ("referents:invite", "error_reports:edit", "imports:run", "territory_board"):
        assert name in names


@pytest.mark.parametrize("role", EDITORS[:2])
def test_the_screens_of_the_directory_are_for_the_coordination(
    world: World, rows: dict[str, Any], role: str
) -> None:
    before = everything()
    ours = [one for one in OF_THE_EDITOR if is_ours(one)]
    allowed = {name for name, roles in ALSO_FOR.items() if role in roles}
    assert opened(ours, world, rows, role) == allowed
    assert everything() == before


@pytest.mark.parametrize("role", ["Coordination", ADMINISTRATOR])
def test_the_coordination_opens_every_screen_of_the_directory(
    world: World, rows: dict[str, Any], role: str
) -> None:
    for one in OF_THE_EDITOR:
        if is_ours(one) and not one.name.endswith("history_results"):
            response = world.clients[role].get(filled(one, world, rows))
            assert response.status_code in (200, 302, 405), one.name
