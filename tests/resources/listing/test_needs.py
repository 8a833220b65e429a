"""A question that tells of a need leads to its page."""

import pytest
from bs4 import BeautifulSoup

from resources.listing.needs import need_of
from search.contracts import UnderstoodQuery
from tests.factories.home import NeedPageFactory


@pytest.mark.parametrize(
    ("understood", "need"),
    [
        (UnderstoodQuery(likely_types=("CSAPA", "CMP")), "addiction"),
        (UnderstoodQuery(likely_types=("CMP",), public="proches"), "relative"),
        (UnderstoodQuery(public="professionnels"), "professional"),
        (UnderstoodQuery(types=("CSAPA",)), None),
        (UnderstoodQuery(crisis="suicide", public="proches"), "distress"),
        (UnderstoodQuery(crisis="respiration", public="proches"), None),
        (UnderstoodQuery(quiet="deuil_suicide"), "bereavement"),
        (UnderstoodQuery(quiet="prevention", public="professionnels"), "professional"),
        (UnderstoodQuery(likely_types=("CMP",)), None),
        (UnderstoodQuery(), None),
    ],
)
def test_dangers_and_plain_words_tell_of_a_need_and_named_places_do_not(understood, need):
    assert need_of(understood) == need


def test_the_results_lead_to_the_page_once_it_is_published(client, directory):
    def links() -> list[str]:
        html = client.get(directory.url, {"q": "ma mère est malade", "pour": "proches"}).content
        found = BeautifulSoup(html, "html.parser").select("#results a")
        return [link["href"] for link in found if "Que faire, qui appeler" in link.text]

    assert links() == []
    page = NeedPageFactory(parent=directory.get_parent(), need="relative", slug="proche")
    page.save_revision().publish()
    assert links() == [page.url]
