"""A fact that is changed in French is the same the moment after in every output, in each language.

The outputs are those that the portal has: all its public addresses without arguments, whatever is
added to them tomorrow, and those of one entry.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from wagtail.models import Locale, PageViewRestriction

import pytest

from home.models import CrisisPage, HomePage
from newsletter.models import EventIndexPage, EventPage, IssuePage
from portal.crisis.models import HelpLine
from portal.pdf.models import PdfFile
from resources.choices import EntryStatus, MaskedPlace
from resources.listing.models import DirectoryPage
from resources.models import GemPage, ResourcePage
from resources.models.inlines import Closure, ResourcePhone, Service
from resources.printing.pdf_documents import directory_documents
from resources.selection_params import short_key
from search.models import IndexedDocument
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.home import CrisisPageFactory, HelpLineFactory, make_home
from tests.factories.newsletter import (
    EventIndexPageFactory,
    EventPageFactory,
    IssuePageFactory,
    LetterIndexPageFactory,
)
from tests.factories.resources import DirectoryPageFactory, GemPageFactory

#: Doors of people who are known, machines' own addresses.
_PRIVATE = ("admin", "compte", "_util", "mes-fiches", "courriel", "healthz", "readyz", "documents")
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _own_storage(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = dict(settings.STORAGES)  # an empty storage in memory


@pytest.fixture
def entry(db: None) -> GemPage:
    """A published entry, its English version, and a letter that names it."""
    home = make_home()
    directory = DirectoryPageFactory(parent=home)
    commune = CommuneFactory(code="13005", name="Aubagne", slug="aubagne", lat=43.29, lon=5.57)
    territory = TerritoryFactory(name="Pays d’Aubagne", slug="pays-d-aubagne")
    territory.communes.add(commune)
    entry = GemPageFactory(
        parent=directory, title="GEM du Phare", commune=commune, lat=43.293111, lon=5.570622,
        phone="04 91 11 22 33", email="avant@phare.example", website="https://avant.example/",
        address_street="12 rue Visible", postcode="13400", operator="Association Avant",
        hours_note="Avant, le soir", cost_details="Avant, 10 € par an",
        opening_hours="Mo 08:15-11:45", source_date=date(2026, 5, 7),
    )  # fmt: skip
    entry.phones = [ResourcePhone(label="Secrétariat", number="04 91 11 22 44")]
    entry.services = [
        Service(name="Atelier", phone="04 91 11 22 55", opening_hours="Tu 13:10-15:50")
    ]
    entry.closures = [
        Closure(since=TODAY, until=TODAY + timedelta(days=3), message="Avant, congés")
    ]
    entry.save_revision().publish()
    english = Locale.objects.get_or_create(language_code="en")[0]
    home.copy_for_translation(english).save_revision().publish()
    entry.copy_for_translation(english, copy_parents=True).save_revision().publish()
    _write_letter(home, entry)
    _write_event(home, english)
    _write_help_line(home, english)
    return GemPage.objects.get(pk=entry.pk)


def _write_event(home: HomePage, english: Locale) -> None:
    """A meeting of tomorrow, and its English version."""
    event = EventPageFactory(
        parent=EventIndexPageFactory(parent=home), title="Café des familles", slug="cafe",
        start=timezone.now() + timedelta(days=1), place="Salle Avant", cost="Avant, 2 €",
        registration="Avant, au guichet", organiser="Les Familles d’Avant",
    )  # fmt: skip
    event.save_revision().publish()
    event.copy_for_translation(english, copy_parents=True).save_revision().publish()


def _write_help_line(home: HomePage, english: Locale) -> None:
    CrisisPageFactory(parent=home).copy_for_translation(english).save_revision().publish()
    line = HelpLineFactory(
        number="0801020301", name="Écoute d’Avant", hours="Avant, le jour", details="Avant, gratuit"
    )
    line.copy_for_translation(english).save()


def _write_letter(home: HomePage, entry: ResourcePage) -> None:
    block = {"title": "Dans l’annuaire", "entries": [{"page": entry.pk, "text": ""}]}
    issue: IssuePage = IssuePageFactory(parent=LetterIndexPageFactory(parent=home))
    issue.body = [("entries", issue.body.stream_block.child_blocks["entries"].to_python(block))]
    issue.save_revision().publish()


def public_addresses() -> Iterator[str]:
    """Each public route that needs no argument."""

    def walk(patterns: Any, before: str) -> Iterator[str]:
        for one in patterns:
            route = f"{before}{one.pattern}"
            if route.startswith(_PRIVATE) or "admin" in route:
                continue
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            elif isinstance(one, URLPattern) and not re.search(r"[<^(]", route):
                yield f"/{route}"

    yield from sorted(set(walk(get_resolver().url_patterns, "")))


def addresses(entries: tuple[ResourcePage, ...]) -> list[str]:
    """The outputs of the entries, and all that are of no entry."""
    directory = DirectoryPage.objects.get(locale=Locale.get_default())
    english = directory.get_translation(Locale.objects.get(language_code="en"))
    keys = "-".join(map(short_key, entries))
    own = [version.url for entry in entries for version in (entry, in_english(entry))]
    events = EventPage.objects.order_by("pk")
    own += [event.url for event in events]
    own += [reverse("newsletter:event_ics", args=[event.uuid]) for event in events]
    own += [page.url for page in CrisisPage.objects.live()]
    own += [page.url for page in EventIndexPage.objects.live()]
    own += [
        IssuePage.objects.get().url, "/", "/en/", english.url, f"{english.url}?q=phare",
        f"{directory.url}?q=phare", f"{directory.url}?dans=annuaire", f"{directory.url}?dans=liste",
        f"{directory.url}selection/?f={keys}", f"{directory.url}selection/?f={keys}&imprimer=1",
        f"{english.url}selection/?f={keys}", "/api/recherche?q=phare",
        "/recherche/suggestions?q=phare", "/ici/aubagne/", "/integrer/annuaire/?type=gem",
        "/api/hsds/services?full=true", "/api/hsds/service_at_locations?full=true",
    ]  # fmt: skip
    return own + [one for one in public_addresses() if one not in own]


def in_english(entry: ResourcePage) -> ResourcePage:
    return entry.get_translation(Locale.objects.get(language_code="en"))


def _body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", errors="replace")


def outputs(client: Client, *entries: ResourcePage) -> dict[str, str]:
    """What each output says, digits of phones brought together."""
    said = {}
    for address in addresses(entries):
        response = client.get(address)
        if response.status_code == 200:
            said[address] = _body(response)
    for document in directory_documents():
        said[f"papier:{document.name}"] = document.pages()[0]
    for row in IndexedDocument.objects.live().values():
        said[f"index:{row['key']}"] = " ".join(map(str, row.values()))
    return {name: _joined_digits(text) for name, text in said.items()}


def _joined_digits(text: str) -> str:
    text = re.sub(r"\\u00a0|&nbsp;|%20|[\u00a0\u202f]", " ", text)
    text = re.sub(r"(?<=\d)[ .-](?=\d\d\b)", "", text)
    return re.sub(r"(?:\+|00)33 ?(?=[1-9])", "0", text).replace("\\u20ac", "€")


def tellers(said: dict[str, str], words: str) -> set[str]:
    return {name for name, text in said.items() if words in text}


#: What is changed, what was said, what is said then, and in how many outputs at least.
Change = Callable[[GemPage], object]
CHANGES: dict[str, tuple[Change, str, str, int]] = {
    "phone": (
        lambda page: setattr(page, "phone", "04 91 99 88 77"), "0491112233", "0491998877", 12,
    ),
    "email": (
        lambda page: setattr(page, "email", "apres@phare.example"),
        "avant@phare.example", "apres@phare.example", 5,
    ),
    "website": (
        lambda page: setattr(page, "website", "https://apres.example/"),
        "avant.example", "apres.example", 5,
    ),
    "address_street": (
        lambda page: setattr(page, "address_street", "34 rue Nouvelle"),
        "12 rue Visible", "34 rue Nouvelle", 9,
    ),
    "operator": (
        lambda page: setattr(page, "operator", "Association Après"),
        "Association Avant", "Association Après", 3,
    ),
    "hours_note": (
        lambda page: setattr(page, "hours_note", "Après, le matin"),
        "Avant, le soir", "Après, le matin", 4,
    ),
    "cost_details": (
        lambda page: setattr(page, "cost_details", "Après, 12 € par an"),
        "Avant, 10 € par an", "Après, 12 € par an", 3,
    ),
    "second phone": (
        lambda page: page.phones.set([ResourcePhone(label="Secrétariat", number="0491998866")]),
        "0491112244", "0491998866", 4,
    ),
    "service": (
        lambda page: page.services.set([Service(name="Atelier", phone="0491998855")]),
        "0491112255", "0491998855", 3,
    ),
    "closure": (
        lambda page: page.closures.set(
            [Closure(since=TODAY, until=TODAY + timedelta(days=2), message="Après, travaux")]
        ),
        "Avant, congés", "Après, travaux", 3,
    ),
    "place of an event": (
        lambda _page: _change(EventPage, place="Salle Après"), "Salle Avant", "Salle Après", 6,
    ),
    "cost of an event": (
        lambda _page: _change(EventPage, cost="Après, 3 €"), "Avant, 2 €", "Après, 3 €", 2,
    ),
    "registration to an event": (
        lambda _page: _change(EventPage, registration="Après, en ligne"),
        "Avant, au guichet", "Après, en ligne", 2,
    ),
    "organiser of an event": (
        lambda _page: _change(EventPage, organiser="Les Familles d’Après"),
        "Les Familles d’Avant", "Les Familles d’Après", 2,
    ),
    "number of a help line": (
        lambda _page: _change(HelpLine, number="0801020302"), "0801020301", "0801020302", 8,
    ),
    "hours of a help line": (
        lambda _page: _change(HelpLine, hours="Après, la nuit"),
        "Avant, le jour", "Après, la nuit", 4,
    ),
}  # fmt: skip


def _change(model: Any, pk: int | None = None, **facts: Any) -> None:
    """The one of this model in French (or this one), changed and published."""
    one = model.objects.get(**{"pk": pk} if pk else {"locale": Locale.get_default()})
    for name, value in facts.items():
        setattr(one, name, value)
    one.save_revision().publish()


def test_a_fact_changed_or_made_secret_in_french_is_so_in_each_output(
    client: Client, entry: GemPage
) -> None:
    before = outputs(client, entry)
    for change, *_words in CHANGES.values():
        change(entry)
    entry.save_revision().publish()
    after = outputs(client, entry)
    assert set(after) == set(before)
    for fact, (_change, old, new, at_least) in CHANGES.items():
        told = tellers(before, old)
        assert len(told) >= at_least, (fact, told)
        assert tellers(after, old) == set(), fact
        assert tellers(after, new) >= told, fact

    entry.address_is_masked, entry.masked_place = True, MaskedPlace.NOTHING
    entry.save_revision().publish()
    secret = outputs(client, entry)
    for words in ("rue Nouvelle", "43.293111", "5.570622"):
        assert tellers(after, words)
        assert tellers(secret, words) == set()
    assert len(tellers(secret, "0491998877")) > 8


#: How an entry leaves, each with a number of its own.
WAYS: dict[str, Callable[[GemPage], object]] = {
    "0491000001": lambda page: page.unpublish(),
    "0491000002": lambda page: page.delete(),
    "0491000003": lambda page: PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    ),
    "0491000004": lambda page: _publish(page, is_example=True),
    "0491000005": lambda page: _publish(page, status=EntryStatus.CLOSED),
}


def _publish(page: GemPage, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_an_event_cancelled_or_taken_down_is_so_in_each_output(
    client: Client, entry: GemPage
) -> None:
    """And a help line that is taken down, at once in each language."""
    event = EventPage.objects.get(locale=Locale.get_default())
    locale = Locale.objects.get(language_code="en")
    gone = EventPageFactory(parent=event.get_parent(), title="Bal d’hiver", start=event.start)
    gone.save_revision().publish()
    gone.copy_for_translation(locale).save_revision().publish()
    before = outputs(client, entry)
    assert len(tellers(before, "Bal d’hiver")) >= 6
    assert len(tellers(before, "0801020301")) >= 8

    _change(EventPage, pk=event.pk, is_cancelled=True, cancelled_reason="Salle inondée.")
    EventPage.objects.get(pk=gone.pk).unpublish()
    HelpLine.objects.get(locale=Locale.get_default()).unpublish()
    said = outputs(client, entry)
    for page in (event, event.get_translation(locale)):
        calendar = reverse("newsletter:event_ics", args=[page.uuid])
        assert "Salle inondée." in said[page.url]
        assert "STATUS:CONFIRMED" in before[calendar]
        assert "STATUS:CANCELLED" in said[calendar]
    assert "STATUS:CANCELLED" in said["/agenda/agenda.ics"]
    assert tellers(said, "Bal d’hiver") == set()
    assert tellers(said, "0801020301") == set()


def test_what_is_taken_down_is_in_no_output(client: Client, entry: GemPage) -> None:
    english = Locale.objects.get(language_code="en")
    leaving = {}
    for number in WAYS:
        page = GemPageFactory(parent=entry.get_parent(), title=f"Phare {number[-1]}", phone=number)
        page.save_revision().publish()
        page.copy_for_translation(english).save_revision().publish()
        leaving[number] = GemPage.objects.get(pk=page.pk)
    kept = [page for number, page in leaving.items() if number != "0491000002"]
    before = outputs(client, *kept)
    assert all(len(tellers(before, number)) > 8 for number in WAYS)

    for number, leave in WAYS.items():
        leave(leaving[number])
    said = outputs(client, *kept)

    assert not any(tellers(said, number) for number in ("0491000001", "0491000002", "0491000003"))
    example, closed = kept[2], kept[3]
    # An example is told by its own page, which says so, and where a reader has put it.
    assert "Fiche d’exemple" in said[example.url]
    assert tellers(said, "0491000004") <= {example.url, in_english(example).url, *selections(said)}
    # What has closed by its own page, and by HSDS as « defunct ».
    full = "/api/hsds/services?full=true"
    assert '"defunct"' in said[full]
    assert tellers(said, "0491000005") <= {closed.url, in_english(closed).url, full}


def selections(said: dict[str, str]) -> list[str]:
    return [name for name in said if "/selection/" in name]


def _written() -> str:
    path = default_storage.save("pdf/annuaire.1.pdf", ContentFile(b"%PDF 12 rue Visible"))
    PdfFile.objects.update_or_create(name="annuaire", defaults={"path": path, "stamp": "1"})
    return path


@pytest.mark.parametrize("way", ["masked", "unpublish", "delete", "private"])
def test_a_printed_directory_is_taken_back_at_once(
    client: Client, entry: GemPage, way: str, django_capture_on_commit_callbacks: Any
) -> None:
    path = _written()
    assert client.get("/annuaire.pdf").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        if way == "masked":
            entry.address_is_masked = True
            entry.save_revision().publish()
        elif way == "private":
            PageViewRestriction.objects.create(page=entry, restriction_type="login")
        else:
            getattr(entry, way)()
    assert client.get("/annuaire.pdf").status_code == 503
    assert not default_storage.exists(path)


def test_a_printed_directory_stays_while_what_changes_is_no_secret(
    client: Client, entry: GemPage, django_capture_on_commit_callbacks: Any
) -> None:
    entry.address_is_masked = True
    entry.save_revision().publish()
    _written()
    with django_capture_on_commit_callbacks(execute=True):
        entry.phone = "04 91 99 88 77"
        entry.save_revision().publish()
    assert client.get("/annuaire.pdf").status_code == 200
