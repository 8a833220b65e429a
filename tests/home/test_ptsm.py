"""The page that explains the project."""

from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError

from wagtail.models import Locale

import pytest
from bs4 import BeautifulSoup

from actions.models import ActionPage, Priority, RecommendationIndexPage, RecommendationPage
from actions.roadmap.models import ActionIndexPage
from home.models import PtsmArticulation, PtsmDocument, PtsmPage
from portal.base.models import PortalSettings
from tests.factories.home import GovernanceBodyFactory, PtsmPageFactory


@pytest.fixture
def ptsm(home_page) -> PtsmPage:
    return PtsmPageFactory(parent=home_page)


def main_of(client):
    return BeautifulSoup(client.get("/ptsm/").content, "html.parser").main


def words(tag) -> str:
    return " ".join(tag.get_text(" ").replace("\u00a0", " ").split())


def test_what_is_not_filled_in_is_said_to_be_unpublished(client, ptsm):
    main = main_of(client)

    for section in ("priorites", "gouvernance", "reponses", "avec-qui", "documents"):
        assert "as encore publié" in words(main.find(id=section)), section
    assert "pas encore publié" in words(main.find(id="contact"))


def test_the_six_priorities_tell_their_article_and_how_far_they_are(client, ptsm, home_page):
    Priority.objects.all().delete()
    priorities = [
        Priority.objects.create(
            locale=Locale.get_default(),
            number=n,
            order=n,
            title=f"Priorité {n}",
            plain_title=f"Mots simples {n}",
            article=f"R. 3224-{n + 4}",
        )
        for n in range(1, 7)
    ]
    roadmap = home_page.add_child(instance=ActionIndexPage(title="Les actions", slug="actions"))
    for reference, status in [("1.1", "realisee"), ("1.2", "en_cours")]:
        roadmap.add_child(
            instance=ActionPage(
                title=f"Action {reference}",
                reference=reference,
                status=status,
                priority=priorities[0],
            )
        )

    section = main_of(client).find(id="priorites")
    items = section.find_all("li", class_="priority")
    assert len(items) == 6
    assert "1 action réalisée sur 2" in words(items[0])
    assert "R. 3224-5" in words(items[0])
    assert items[0].a["href"] == "/actions/?priorite=1"
    assert "Aucune action" in words(items[1])


def test_actions_for_all_priorities_are_told_beside_those_of_each(client, ptsm, home_page):
    alone, _none = (
        Priority.objects.create(
            locale=Locale.get_default(), number=n, order=n, title=f"P{n}", plain_title=f"P{n}"
        )
        for n in (7, 8)
    )
    roadmap = home_page.add_child(instance=ActionIndexPage(title="Les actions", slug="actions"))
    statuses = [("1.1", "realisee", alone), ("2.1", "realisee", None), ("2.2", "proposee", None)]
    for reference, status, priority in statuses:
        roadmap.add_child(
            instance=ActionPage(
                title=reference, reference=reference, status=status, priority=priority
            )
        )

    section = main_of(client).find(id="priorites")

    assert "3 actions" in words(section.h2)
    assert "1 action réalisée sur 1" in words(section.find(id="priorite-7"))
    assert "Aucune action pour elle seule" in words(section.find(id="priorite-8"))
    told = section.find("a", href="/actions/?priorite=transversale")
    assert words(told) == (
        "2 autres actions servent toutes les priorités : 1 réalisée, 1 proposée."
    )
    assert client.get(told["href"]).content.decode().count("2.1") > 0


def test_governance_tells_who_sits_and_when_they_meet(client, ptsm):
    GovernanceBodyFactory(
        page=ptsm,
        frequency="trimestrielle",
        last_meeting=date(2026, 9, 1),
        next_meeting=date(2026, 12, 1),
        members=[("members", {"kind": "gem", "detail": "deux représentants"})],
    )

    section = main_of(client).find(id="gouvernance")
    text = words(section)
    assert "Comité de pilotage" in text
    assert "Groupes d’entraide mutuelle (deux représentants)" in text
    assert "tous les trois mois" in text
    assert "1er septembre 2026" in text
    assert "1er décembre 2026" in text
    assert len(section.find_all("h3")) == 1
    assert "Pas encore publié : qui siège pour" in text


def test_a_next_meeting_before_the_last_one_is_refused(ptsm):
    body = GovernanceBodyFactory.build(
        page=ptsm, last_meeting=date(2026, 9, 1), next_meeting=date(2026, 8, 1)
    )
    with pytest.raises(ValidationError):
        body.clean()


def test_a_role_and_the_generic_address_are_public_never_a_person(client, ptsm):
    portal = PortalSettings.load()
    portal.contact_email = "ptsm@exemple.fr"
    portal.save()
    ptsm.lead_role, ptsm.deputy_role = "chef de projet du PTSM", "la direction"
    ptsm.save_revision().publish()

    card = main_of(client).find(id="contact")
    assert "Chef de projet du PTSM" in words(card)
    assert "En son absence : la direction" in words(card)
    assert card.find("a", href="mailto:ptsm@exemple.fr")


def test_articulations_say_how_or_that_it_is_not_published(client, ptsm):
    PtsmArticulation.objects.create(page=ptsm, code="clsm", text="Les CLSM portent des actions.")
    PtsmArticulation.objects.create(page=ptsm, code="cdca")

    section = main_of(client).find(id="avec-qui")
    assert [h.text for h in section.find_all("h3")] == ["CLSM"]
    assert section.find("abbr", string="CDCA")["title"].startswith("conseil départemental")


def test_documents_tell_their_kind_date_size_and_access(client, ptsm):
    PtsmDocument.objects.create(
        page=ptsm,
        kind="ctsm",
        title="Contrat 2026",
        url="https://exemple.fr/ctsm.pdf",
        file_format="PDF",
        size="1,2 Mo",
        published_on=date(2026, 1, 29),
        accessible="ailleurs",
        accessible_url="https://exemple.fr/ctsm",
    )
    PtsmDocument.objects.create(page=ptsm, kind="diagnostic", title="Sans adresse")

    section = main_of(client).find(id="documents")
    text = words(section)
    assert "Contrat (CTSM) : Contrat 2026" in text
    assert "PDF, 1,2 Mo" in text
    assert "29 janvier 2026" in text
    assert section.find("a", href="https://exemple.fr/ctsm", string="Version accessible")
    assert "Sans adresse" not in text
    awaited = text.partition("Pas encore publiés")[2]
    assert "Diagnostic" in awaited
    assert "CTSM" not in awaited


def test_recommendations_are_answered_by_a_computed_table(client, ptsm, home_page):
    index = ptsm.add_child(
        instance=RecommendationIndexPage(title="Recommandations", slug="recommandations")
    )
    recommendation = index.add_child(
        instance=RecommendationPage(title="Être lisible", number=3, text="Être lisible.")
    )
    index.add_child(
        instance=RecommendationPage(title="Mesurer", number=4, text="Mesurer.", response="retenue")
    )
    roadmap = home_page.add_child(instance=ActionIndexPage(title="Les actions", slug="actions"))
    action = ActionPage(title="Ouvrir un portail", reference="0.1", status="en_cours")
    roadmap.add_child(instance=action)
    action.recommendations = [recommendation]
    action.save()

    row = main_of(client).find(id="reponses").tbody.find("tr")
    cells = [words(cell) for cell in row.find_all(["th", "td"])]
    assert cells == [
        "Évaluation du PTSM, n° 3 Être lisible",
        "Réponse attendue",
        "Ouvrir un portail",
        "En cours",
    ]


def test_answers_that_are_all_awaited_are_one_sentence(client, ptsm):
    index = ptsm.add_child(
        instance=RecommendationIndexPage(title="Recommandations", slug="recommandations")
    )
    for number in (1, 2):
        index.add_child(instance=RecommendationPage(title=f"N {number}", number=number, text="."))
    section = words(main_of(client).find(id="reponses"))
    assert "2 recommandations ont été faites. Leurs 2 réponses sont attendues." in section
    assert "Réponse attendue" not in section


def test_its_cost_does_not_grow_with_bodies_documents_and_articulations(queries_of, ptsm):
    few = queries_of("/ptsm/")
    for n in range(6):
        GovernanceBodyFactory(page=ptsm, name=f"Instance {n}")
        PtsmDocument.objects.create(
            page=ptsm, kind="autre", title=f"Document {n}", url=f"https://exemple.fr/{n}"
        )
    for code in ("cts", "clsm", "cdca", "prs"):
        PtsmArticulation.objects.create(page=ptsm, code=code, text="Ensemble.", link_page=ptsm)

    assert queries_of("/ptsm/") == few <= 15


def test_headings_skip_no_level(client, ptsm):
    GovernanceBodyFactory(page=ptsm)
    levels = [int(h.name[1]) for h in main_of(client).find_all(["h1", "h2", "h3", "h4"])]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
