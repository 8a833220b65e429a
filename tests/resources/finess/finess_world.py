"""What the tests of FINESS need to find there: types of places, and a few communes."""

from portal.geo.models import Commune
from tests.factories.geo import CommuneFactory
from tests.factories.resources import ResourceTypeFactory

_TYPES = {
    "CMP": "156", "CMPEA": "156", "CMPP": "189", "CATTP": "425", "HDJ": "", "HOPITAL_PSY": "292",
    "CLINIQUE": "161", "CSAPA": "197", "CAARUD": "178", "SAVS": "446", "LOGEMENT": "",
}  # fmt: skip


def make_types() -> None:
    for order, (code, category) in enumerate(_TYPES.items()):
        ResourceTypeFactory(code=code, name=code, finess_category=category, order=order)


def make_communes() -> None:
    CommuneFactory(code="13005", name="Aubagne", slug="aubagne", postcodes="|13400|")
    CommuneFactory(
        code="13001", name="Aix-en-Provence", slug="aix-en-provence", postcodes="|13090|13100|"
    )
    whole = CommuneFactory(
        code="13055", name="Marseille", slug="marseille", postcodes="|13001|13015|"
    )
    for rank in (1, 2, 15):
        CommuneFactory(
            code=f"132{rank:02d}",
            name=f"Marseille {rank}e Arrondissement",
            slug=f"marseille-{rank}",
            kind=Commune.Kind.ARRONDISSEMENT,
            parent=whole,
            postcodes=f"|130{rank:02d}|",
        )
