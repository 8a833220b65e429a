"""One word for one thing: what readers see keeps to the table of the editor's guide."""

import re

import pytest

from portal.translations.catalogues import reader_messages

#: The word not to write, the word of the guide; then the names that are kept: the title of the
#: directory, the label of a kind of page in the search.
WORDS = {
    r"ressources?": ("lieu", {"L’annuaire des ressources"}),
    r"établissements?": ("lieu, structure", set()),
    r"prestations?": ("service", set()),
    r"(les|des|aux|toutes les|et|aucune) nouvelles?": ("actualités", set()),
    r"news|actus?": ("actualités", set()),
    r"événements?": ("agenda, dates", set()),
    r"fiches?[- ]actions?": ("action", {"Fiches-actions"}),
    r"plans? d’actions?": ("feuille de route", set()),
    r"newsletters?|infolettres?": ("lettre", set()),
    r"notices?": ("fiche", set()),
}


@pytest.mark.parametrize("other", WORDS)
def test_a_thing_is_told_by_its_one_word(other: str) -> None:
    word, allowed = WORDS[other]
    said = {one.msgid for one in reader_messages()} | {
        one.msgid_plural for one in reader_messages()
    }
    found = {text for text in said if re.search(rf"\b({other})\b", text, re.IGNORECASE)}
    assert found <= allowed, f"write « {word} »"
