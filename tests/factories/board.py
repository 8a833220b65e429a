"""What the tests of the board share: some places, and the reading of its tables."""

from typing import Any

from django.test import Client

from bs4 import BeautifulSoup

from portal.geo.models import Commune, Territory

URL = "/admin/reports/territoires/"
PAPER = f"{URL}diagnostic/"
AUBAGNE, ARLES, MARSEILLE, MARSEILLE_3 = "13005", "13004", "13055", "13203"


def make_territories() -> dict[str, Territory]:
    """Three territories of the department."""
    made = {}
    groups = {"Est": [AUBAGNE, "13028"], "Ouest": [ARLES, "13096"], "Centre": [MARSEILLE]}
    for name, codes in groups.items():
        made[name] = Territory.objects.create(name=name, slug=name.lower())
        made[name].communes.set(codes)
    return made


def at(code: str, **facts: Any) -> dict[str, Any]:
    return {"commune": Commune.objects.get(code=code), **facts}


def table(client: Client, name: str, **query: str) -> dict[str, list[str]]:
    """The rows of a table of the screen, by their first cell."""
    soup = BeautifulSoup(client.get(URL, query).content, "html.parser")
    rows = soup.find(id=f"tableau-{name}").find("tbody").find_all("tr")
    return {row.th.text: [cell.text for cell in row.find_all("td")] for row in rows}


def text_of(client: Client, url: str = URL, **query: str) -> str:
    soup = BeautifulSoup(client.get(url, query).content, "html.parser")
    return " ".join(soup.get_text(" ").split())
