"""Who commits to what: the editor's tables, and what readers see of them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from actions.choices import CommitmentState
from actions.commitments.tables import get_tables
from actions.models import Commitment
from home.models import HomePage, PtsmPage
from tests.factories.users import member_of

TABLES = reverse("commitment_tables")
LIST = reverse("wagtailsnippets_actions_commitment:list")
YESTERDAY = timezone.localdate() - timedelta(days=1)


def make(**facts: Any) -> Commitment:
    facts = {"actor": "Hôpital d’essai", "what": "Ouvrir dix places"} | facts
    commitment: Commitment = Commitment.objects.create(**facts)
    return commitment


@pytest.fixture
def ptsm(db: None) -> PtsmPage:
    return HomePage.objects.get().add_child(instance=PtsmPage(title="Le PTSM", slug="ptsm"))


def test_readers_see_the_lines_that_somebody_made_public_and_no_other(
    client: Client, ptsm: PtsmPage
) -> None:
    assert 'id="engagements"' not in client.get(ptsm.url).content.decode()
    make(is_public=True, funder="Financeur d’essai", amount=Decimal(12000))
    make(what="Un accord qui se discute")
    html = client.get(ptsm.url).content.decode()
    shown = html.partition('id="engagements"')[2].partition("</section>")[0]
    shown = shown.replace("\u202f", "").replace("\xa0", "")
    for words in ("Hôpital d’essai", "Ouvrir dix places", "Financeur d’essai", "12000 €"):
        assert words in shown
    assert "Un accord qui se discute" not in html


@pytest.mark.django_db
def test_totals_are_of_what_is_written_by_actor_and_by_funder() -> None:
    make(funder="ARS d’essai", amount=Decimal(1000), until=YESTERDAY)
    make(funder="ars d’essai", amount=Decimal(500), state=CommitmentState.KEPT, until=YESTERDAY)
    make(actor="Ville d’essai", what="Prêter un local")
    commitments = Commitment.objects.in_order()
    by_actor, by_funder, lines = get_tables(commitments, timezone.localdate())
    assert by_actor.rows == [
        ["Hôpital d’essai", 2, 1, 1, Decimal(1500)],
        ["Ville d’essai", 1, 0, 0, None],
    ]
    assert by_funder.rows == [["ARS d’essai", 2, 1, 1, Decimal(1500)]]
    assert len(lines.rows) == 3


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"amount": Decimal(-1), "funder": "ARS"}, "Un montant ne peut pas être négatif."),
        ({"amount": Decimal(10)}, "Dites qui donne cet argent."),
        ({"actor": ""}, "vide"),
        ({"actor": "   "}, "vide"),
    ],
)
@pytest.mark.django_db
def test_what_makes_no_sense_is_refused(facts: dict[str, Any], words: str) -> None:
    commitment = Commitment(**{"actor": "Ville", "what": "Prêter un local"} | facts)
    with pytest.raises(ValidationError, match=words):
        commitment.full_clean()


@pytest.mark.django_db
def test_the_coordination_reads_the_tables_and_takes_them_away(client: Client) -> None:
    make(funder="=2+2", amount=Decimal(10))
    client.force_login(member_of("Coordination"))
    html = client.get(TABLES).content.decode()
    for words in ("Par acteur", "Par financeur", "Hôpital d’essai"):
        assert words in html
    exported = client.get(TABLES, {"export": "csv", "table": "engagements"}).getvalue()
    assert "'=2+2" in exported.decode("utf-8-sig")
    assert "Ouvrir dix places" in client.get(LIST).content.decode()


@pytest.mark.parametrize("group", ["Rédaction", "Modération", "Référents", ""])
@pytest.mark.django_db
def test_commitments_that_are_not_public_are_for_the_coordination_only(
    client: Client, group: str
) -> None:
    commitment = make()
    if group:
        client.force_login(member_of(group))
    edit = reverse("wagtailsnippets_actions_commitment:edit", args=[commitment.pk])
    for address in (TABLES, f"{TABLES}?export=csv&table=engagements", LIST, edit):
        assert client.get(address).status_code in (302, 403), address
