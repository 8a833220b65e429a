"""What « Où ? » means, and the place in a question, in the Bouches-du-Rhône.

No test here may open the database: the look-up of places does without it.
"""

import pytest

from portal.geo.place import PlaceMode
from portal.geo.resolve import place_in, place_named
from tests.geo.known_words import is_known


@pytest.mark.parametrize(
    ("text", "code", "name", "km"),
    [
        ("13003", "13203", "Marseille 3e", None),
        ("13 003", "13203", "Marseille 3e", None),
        ("marseille 3e", "13203", "Marseille 3e", None),
        ("marseille 3ème arrondissement", "13203", "Marseille 3e", None),
        ("Marseille 15ème", "13215", "Marseille 15e", None),
        ("Marseille, 15e arr.", "13215", "Marseille 15e", None),
        ("marseille 3", "13203", "Marseille 3e", None),
        ("marseille 1er", "13201", "Marseille 1er", None),
        ("3e arrondissement de marseille", "13203", "Marseille 3e", None),
        ("15e arrondissement", "13215", "Marseille 15e", None),
        ("dans le 15e", "13215", "Marseille 15e", None),
        ("15e", "13215", "Marseille 15e", None),
        ("13003 Marseille", "13203", "Marseille 3e", None),
        ("marseille13003", "13203", "Marseille 3e", None),
        ("aix", "13001", "Aix-en-Provence", None),
        ("AIX EN PROVENCE CEDEX 1", "13001", "Aix-en-Provence", None),
        ("salon", "13103", "Salon-de-Provence", None),
        ("st rémy", "13100", "Saint-Rémy-de-Provence", None),
        ("st-rémy de pce", "13100", "Saint-Rémy-de-Provence", None),
        ("les pennes", "13071", "Les Pennes-Mirabeau", None),
        ("aux Pennes-Mirabeau", "13071", "Les Pennes-Mirabeau", None),
        ("au Rove", "13088", "Le Rove", None),
        ("ciotat", "13028", "La Ciotat", None),
        ("laciotat", "13028", "La Ciotat", None),
        ("la roque", "13084", "La Roque-d'Anthéron", None),
        ("stes maries", "13096", "Saintes-Maries-de-la-Mer", None),
        ("saintes maries", "13096", "Saintes-Maries-de-la-Mer", None),
        ("port st louis", "13078", "Port-Saint-Louis-du-Rhône", None),
        ("plan de cuques", "13075", "Plan-de-Cuques", None),
        ("près de martigues", "13056", "Martigues", 25),
        ("à côté de martigues", "13056", "Martigues", 25),
        ("martigues et alentours", "13056", "Martigues", 25),
        ("à 20 minutes de martigues", "13056", "Martigues", 25),
        ("autour de salon 20 km", "13103", "Salon-de-Provence", 20),
        ("à 10 km de gardanne", "13041", "Gardanne", 10),
        ("10km autour d’aix", "13001", "Aix-en-Provence", 10),
        ("dans un rayon de 15 km autour de vitrolles", "13117", "Vitrolles", 15),
        ("moins de 5 km de port de bouc", "13077", "Port-de-Bouc", 5),
        ("port de bouc à 5 km", "13077", "Port-de-Bouc", 5),
        ("vers Istres", "13047", "Istres", 25),
        ("MARSEILLE CEDEX 20", "13055", "Marseille", None),
        ("13284 Marseille cedex 07", "13055", "Marseille", None),
        ("13400 Aubagne", "13005", "Aubagne", None),
        ("Aubagne (13)", "13005", "Aubagne", None),
        ("aubagne, bouches-du-rhône", "13005", "Aubagne", None),
        ("13005", "13205", "Marseille 5e", None),
        ("13055", "13055", "Marseille", None),
        ("marseile", "13055", "Marseille", None),
        ("marsseille", "13055", "Marseille", None),
        ("marseilel", "13055", "Marseille", None),
        ("marselile 3e", "13203", "Marseille 3e", None),
        ("aubanne", "13005", "Aubagne", None),
        ("gardane", "13041", "Gardanne", None),
        ("martigue", "13056", "Martigues", None),
        ("aix en provance", "13001", "Aix-en-Provence", None),
        ("sain chamas", "13092", "Saint-Chamas", None),
        ("sainte marie de la mer", "13096", "Saintes-Maries-de-la-Mer", None),
    ],
)
def test_a_place_is_understood_in_the_field_and_alone_in_the_question(
    text: str, code: str, name: str, km: int | None
) -> None:
    for found in (place_named(text), place_in(text, is_known)):
        assert (found.place.code, found.place.name, found.place.km) == (code, name, km)
        assert found.place.mode is (PlaceMode.AROUND if km else PlaceMode.EXACT)
        assert found.rest == ""
        assert not found.place.is_outside


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("cmp aubagne", "13005", "cmp"),
        ("CMP, Aubagne", "13005", "CMP"),
        ("CMP (Aubagne)", "13005", "CMP"),
        ("cmp à Aubagne pour enfant", "13005", "cmp pour enfant"),
        ("aubagne cmp", "13005", "cmp"),
        ("Médecin à Aix : urgences", "13001", "Médecin urgences"),
        ("centre médico-psychologique 13011", "13211", "centre médico-psychologique"),
        ("13011 cmp marseille", "13211", "cmp"),
        ("psychologe gratuit marseille", "13055", "psychologe gratuit"),
        ("hôpital de la Conception marseille 5e", "13205", "hôpital de la Conception"),
        ("cmp dans le 3e arrondissement de marseille", "13203", "cmp"),
        ("je vis à Marseille dans le 3e", "13203", ""),
        ("cmp 3e", "13203", "cmp"),
        ("hôpital édouard toulouse marseille", "13055", "hôpital édouard toulouse"),
        ("clinique saint martin aubagne", "13005", "clinique saint martin"),
        ("rue de Lyon à Marseille", "13055", "rue de Lyon"),
        ("cmp saint-denis ou aubagne", "13005", "cmp saint-denis ou"),
        ("une place à Aubagne", "13005", "une place"),
        ("hôpital saint joseph marseille", "13055", "hôpital saint joseph"),
        ("psy à marseille dans le 13", "13055", "psy"),
        ("cmp marseille 3 enfants", "13055", "cmp 3 enfants"),
        ("mon fils de 15 ans à marseille", "13055", "mon fils de 15 ans"),
        ("cmp près de salon", "13103", "cmp"),
        ("gem salon pour jeunes", "13103", "gem pour jeunes"),
        ("Je cherche un CMP à Salon", "13103", "Je cherche un CMP"),
        ("j’habite salon et je cherche un psy", "13103", "et je cherche un psy"),
        ("cmp de la ciotat", "13028", "cmp"),
        ("cmp d’aix en provence", "13001", "cmp"),
        ("csapa aix", "13001", "csapa"),
        ("cmp aix et alentours", "13001", "cmp"),
        ("mon frère est à cassis", "13022", "mon frère"),
        ("CMP SALON", "13103", "CMP"),
        ("cmp arle", "13004", "cmp"),
        ("psychiatre vitroles enfant", "13117", "psychiatre enfant"),
        ("12 rue de la Paix, Aubagne", "13005", "12 rue de la Paix"),
    ],
)
def test_the_place_is_taken_out_of_the_question(text: str, code: str, rest: str) -> None:
    found = place_in(text, is_known)
    assert (found.place.code, found.rest) == (code, rest)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("urgence psy 13", "urgence psy"),
        ("cmp dans le 13", "cmp"),
        ("cmp département 13", "cmp"),
        ("cmp bouches du rhone", "cmp"),
        ("psy dans les Bouches-du-Rhône", "psy"),
        ("13", ""),
    ],
)
def test_the_department_is_a_place_too(text: str, rest: str) -> None:
    found = place_in(text, is_known)
    assert (found.place.code, found.place.name) == ("13", "Bouches-du-Rhône")
    assert found.place.mode is PlaceMode.DEPARTMENT
    assert (found.place.codes, found.place.is_outside) == ((), False)
    assert found.rest == rest


@pytest.mark.parametrize(
    ("text", "code", "department"),
    [
        ("paris", "75056", "Paris"),
        ("75011", "75111", "Paris"),
        ("paris 11e", "75111", "Paris"),
        ("lyon 3e", "69383", "Rhône"),
        ("3e arrondissement de lyon", "69383", "Rhône"),
        ("nice", "06088", "Alpes-Maritimes"),
        ("bastia", "2B033", "Haute-Corse"),
        ("isle sur la sorgue", "84054", "Vaucluse"),
        ("au Mans", "72181", "Sarthe"),
        ("2A004", "2A004", "Corse-du-Sud"),
        ("59000 Lille", "59350", "Nord"),
        ("2A", "2A", "Corse-du-Sud"),
        ("974", "974", "La Réunion"),
        ("vaucluse", "84", "Vaucluse"),
        ("dans le nord", "59", "Nord"),
    ],
)
def test_a_place_of_another_department_says_so(text: str, code: str, department: str) -> None:
    for found in (place_named(text), place_in(text, is_known)):
        place = found.place
        assert (place.code, place.department, place.is_outside) == (code, department, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [("psy à Die", "26113"), ("cmp près de Sault", "84123"), ("cmp à tours", "37261")],
)
def test_a_town_whose_name_is_a_word_is_one_after_a_preposition(text: str, code: str) -> None:
    assert place_in(text, is_known).place.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Angoisse", "24008"),
        ("Y", "80829"),
        ("Die", "26113"),
        ("Sault", "84123"),
        ("Sains", "35248"),
        ("Notre-Dame-de-Monts", "85164"),
    ],
)
def test_the_field_takes_any_exact_name(text: str, code: str) -> None:
    assert place_named(text).place.code == code


@pytest.mark.parametrize("name", ["Vitrolles", "Rousset", "Peyrolles", "Saint-Cannat", "Gignac"])
def test_a_homonym_elsewhere_never_hides_a_commune_of_the_department(name: str) -> None:
    assert place_named(name).place.code.startswith("13")
    assert place_in(f"cmp {name.lower()}", is_known).place.code.startswith("13")


def test_an_ambiguous_name_is_the_most_populous_place_and_offers_the_others() -> None:
    found = place_named("châteauneuf")
    assert found.place.name == "Châteauneuf-les-Martigues"
    assert [choice.name for choice in found.choices] == ["Châteauneuf-le-Rouge"]


def test_a_short_name_offers_the_well_known_town_that_bears_it_whole() -> None:
    found = place_in("cmp saint-martin", is_known)
    assert found.place.name == "Saint-Martin-de-Crau"
    assert [(choice.name, choice.is_outside) for choice in found.choices] == [
        ("Saint-Martin", True)
    ]


def test_a_postcode_of_several_communes_is_the_most_populous_one_and_offers_the_others() -> None:
    found = place_named("13100")
    assert found.place.name == "Aix-en-Provence"
    assert [choice.name for choice in found.choices] == [
        "Le Tholonet",
        "Saint-Marc-Jaumegarde",
        "Beaurecueil",
        "Saint-Antonin-sur-Bayon",
    ]


def test_a_postcode_and_a_name_together_are_one_place() -> None:
    found = place_in("cmp 13100 le tholonet", is_known)
    assert (found.place.name, found.place.postcode) == ("Le Tholonet", "13100")
    assert (found.rest, found.choices) == ("cmp", ())


def test_a_whole_town_counts_with_its_arrondissements_and_an_arrondissement_with_its_town() -> None:
    whole, part = place_named("marseille").place, place_named("marseille 3e").place
    assert whole.codes == ("13055", *(str(13200 + number) for number in range(1, 17)))
    assert part.codes == ("13203", "13055")
    assert place_named("aubagne").place.codes == ("13005",)


def test_the_words_of_the_place_are_those_of_the_reader() -> None:
    assert place_in("cmp à La  Ciotat", is_known).words == "La Ciotat"
    assert place_in("cmp MARSEILLE 3ème arrondissement", is_known).words.startswith(
        "MARSEILLE 3ème"
    )


def test_a_known_word_is_never_taken_for_a_slip_or_a_short_name() -> None:
    assert place_in("gardane", lambda word: word == "gardane").place is None
    assert place_in("carry", lambda word: word == "carry").place is None
    assert place_in("carry", is_known).place.name == "Carry-le-Rouet"


def test_the_field_says_nothing_when_it_means_no_place() -> None:
    found = place_named("zorglub sur yvette")
    assert (found.place, found.rest) == (None, "zorglub sur yvette")
