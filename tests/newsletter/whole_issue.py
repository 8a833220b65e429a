"""An issue with every block, and the pages it leads to."""

from dataclasses import dataclass, field

from django.utils import timezone

from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from actions.choices import ActionStatus
from actions.models import ActionPage
from home.models import HomePage
from newsletter.models import EventPage, IssuePage, NewsPage
from portal.images.models import CustomImage
from resources.models import ResourcePage
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.geo import CommuneFactory
from tests.factories.newsletter import (
    EventIndexPageFactory,
    EventPageFactory,
    IssuePageFactory,
    LetterIndexPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    paris,
)
from tests.factories.resources import (
    DirectoryPageFactory,
    GemPageFactory,
    ResourcePageFactory,
)

EDITO = (
    '<p data-block-key="a1">Chaque lieu a <b>une fiche</b>. '
    '<a href="/annuaire/?type=gem&amp;ou=13">Lisez l’annuaire</a>.</p>'
    "<ul><li>une date ;</li><li>une personne.</li></ul>"
)


@dataclass
class Told:
    """The pages that the issue is about."""

    news: NewsPage
    action: ActionPage
    entries: list[ResourcePage]
    events: list[EventPage]
    image: CustomImage
    pages: list[Page] = field(default_factory=list)


def make_told(home: HomePage) -> Told:
    news = NewsPageFactory(
        parent=NewsIndexPageFactory(parent=home), title="Le portail ouvre", slug="ouverture"
    )
    action = ActionPageFactory(
        parent=ActionIndexPageFactory(parent=home),
        reference="3.2",
        title="Signer la charte du logement",
        summary="Un cadre commun.",
        status=ActionStatus.RUNNING,
    )
    directory = DirectoryPageFactory(parent=home)
    aubagne = CommuneFactory(name="Aubagne")
    entries = [
        ResourcePageFactory(parent=directory, title="Maison Exemple", commune=aubagne),
        GemPageFactory(parent=directory, title="GEM Exemple", is_example=True),
    ]
    agenda = EventIndexPageFactory(parent=home)
    events = [
        EventPageFactory(
            parent=agenda,
            title=f"Rencontre {day}",
            start=paris(2026, 12, day, 14),
            end=paris(2026, 12, day, 16),
            place="Salle des fêtes",
            commune=aubagne,
        )
        for day in (1, 10)
    ]
    image = CustomImage.objects.create(
        title="Port",
        file=get_test_image_file(filename="port.png", size=(1600, 900)),
        credit="Ville",
    )
    return Told(news, action, entries, events, image, [news, action, *entries, *events])


def whole_issue(home: HomePage, told: Told | None = None, **facts: object) -> IssuePage:
    """Number 12, published, with one block of each kind."""
    told = told or make_told(home)
    letter = LetterIndexPageFactory(parent=home)
    issue = IssuePageFactory(
        parent=letter,
        **{
            "number": 12,
            "title": "Bonjour, voici ce qui change près de chez vous",
            "slug": "numero-12",
            "summary": "Dans ce numéro : un annuaire vérifié, un témoignage, deux dates.",
            "last_published_at": timezone.now(),
            **facts,
        },
    )
    issue.body = raw_body(told)
    issue.save()
    return IssuePage.objects.get(pk=issue.pk)


def raw_body(told: Told) -> list[dict[str, object]]:
    picture = {"image": told.image.pk, "alt_text": "Le port", "decorative": False}
    values: list[tuple[str, object]] = [
        ("edito", {"title": "Enfin à jour", "text": EDITO, "signed": "La coordination du PTSM"}),
        ("news", {"page": told.news.pk, "title": "", "text": ""}),
        ("action", {"page": told.action.pk, "text": "La charte est signée.", "state": ""}),
        (
            "entries",
            {
                "title": "Dans l’annuaire",
                "entries": [{"page": page.pk, "text": "Ouvre le samedi"} for page in told.entries],
            },
        ),
        ("heading", "Ils racontent"),
        ("paragraph", "<p>Une première fois au GEM.</p>"),
        ("quote", {"text": "J’ai bu un café.", "who": "Un membre", "source": ""}),
        ("picture", {"image": picture, "caption": "Devant le port"}),
        ("events", {"title": "Deux dates", "events": [page.pk for page in told.events]}),
        ("button", {"label": "Voir tout l’agenda", "page": None, "address": "/agenda/"}),
    ]
    return [{"type": kind, "value": value} for kind, value in values]
