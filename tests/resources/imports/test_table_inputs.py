"""What people put in a table: each odd input is said, or read as it was meant, never silently lost.

The numbers are those of the list of inputs to try in the note on reliability.
"""

import io

import pytest
from openpyxl import Workbook

from portal.imports.contract import ImportRow, SourceFile
from portal.imports.files.csv_reader import UnreadableFile
from portal.imports.planner import plan_import
from resources.imports.lookups import EntryLookups
from resources.imports.reader import read_entries_table
from resources.imports.snapshot import snapshot_entries
from resources.imports.target import EntryTarget
from resources.listing.models import DirectoryPage
from resources.models import GemPage
from tests.factories.resources import GemPageFactory, ResourceTypeFactory, SectorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes", "types")]

START = {"type": "GEM", "titre": "Le Phare"}


@pytest.fixture
def types(directory: DirectoryPage) -> None:
    for code, name in (("GEM", "Groupe d’entraide"), ("CMP", "CMP"), ("ASSOCIATION", "Asso")):
        ResourceTypeFactory(code=code, name=name)


def read(content: str | bytes) -> SourceFile:
    content = content.encode() if isinstance(content, str) else content
    return read_entries_table(content, "annuaire.csv", {})


def row(**cells: str) -> ImportRow:
    cells = START | cells
    return read(f"{';'.join(cells)}\n{';'.join(cells.values())}\n").rows[0]


def refused(**cells: str) -> str:
    """Why the line is refused, by its reading or by its plan."""
    line = plan_of(**cells).lines[0]
    assert line.verdict.name == "REFUSED", line
    return " ".join(line.sentences)


def plan_of(**cells: str):
    cells = START | cells
    return plan_import(read(f"{';'.join(cells)}\n{';'.join(cells.values())}\n"), EntryTarget())


def in_workbook(**cells: object) -> ImportRow:
    cells = START | cells
    book = Workbook()
    book.active.append(list(cells))
    book.active.append(list(cells.values()))
    output = io.BytesIO()
    book.save(output)
    return read(output.getvalue()).rows[0]


# 39


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_encoding_and_any_delimiter_is_read(encoding: str, delimiter: str) -> None:
    text = "type;titre;commune\r\nGEM;L’Été à Œuilly;Aubagne\r\n".replace(";", delimiter)

    assert read(text.encode(encoding)).rows[0].values["title"] == "L’Été à Œuilly"


def test_two_encodings_in_one_file_are_read_or_said() -> None:
    mixed = "type;titre\nGEM;Été\n".encode() + "GEM;Été\n".encode("cp1252")

    # « Ã‰tÃ© » would be written as if somebody had typed it.
    with pytest.raises(UnreadableFile, match="UTF-8"):
        read(mixed)


# 40


def test_a_separator_inside_quotes_separates_nothing() -> None:
    assert row(titre='"Le Phare ; la nuit"').values["title"] == "Le Phare ; la nuit"


# 40, 41


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "La première ligne doit nommer les colonnes"),
        ("\n\n", "La première ligne doit nommer les colonnes"),
        ("GEM;Le Phare\n", "La première ligne doit nommer les colonnes"),
        ("type;titre\n", "aucune ligne"),
        ("type;titre;titre\nGEM;a;b\n", "en double : titre"),
        ("type;titre;couleur\nGEM;a;b\n", "inconnues ou en double : couleur"),
        ('type;titre\nGEM;"Le Phare\n', "un guillemet n’est pas fermé"),
        (";".join(["type", "titre", *["x"] * 298]) + "\n", "trop de colonnes"),
        ("type;titre\n" + "GEM;x\n" * 20_001, "trop de lignes : 20 000 au plus"),
        ("type;titre\nGEM;" + "x" * 10_001 + "\n", "une cellule est trop longue"),
        ("x" * (5 * 1024**2 + 1), "trop gros : 5 Mo au plus"),
        ("type;titre\0\n", "n’est pas un CSV"),
    ],
    ids=range(12),
)
def test_a_file_that_is_no_table_is_refused_with_a_reason(content: str, said: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(content)

    assert said in str(caught.value).replace("\u202f", " ").replace("\xa0", " ")


def test_the_names_of_columns_said_twice_are_a_line_too_many() -> None:
    file = read("type;titre\nGEM;Le Phare\nType;Titre\n")

    assert file.rows[0].problems == ()
    assert "répète les noms des colonnes" in file.rows[1].problems[0]


def test_the_names_of_columns_may_be_written_as_people_write_them() -> None:
    assert read("Type;TITRE;Code postal\nGEM;a;13400\n").rows[0].values["postcode"] == "13400"


def test_more_cells_than_columns_are_said() -> None:
    assert "plus de cellules que de colonnes" in read("type;titre\nGEM;a;b\n").rows[0].problems[0]


# 42


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "@SUM(1)", "=1+1", "#REF!", "#N/A", "#VALEUR!"])
def test_a_formula_is_refused(text: str) -> None:
    assert "est une formule" in refused(titre=text)


def test_a_tab_before_a_formula_does_not_hide_it() -> None:
    assert "est une formule" in refused(titre='"\t=HYPERLINK(1)"')


def test_what_the_portal_made_harmless_is_read_as_it_was() -> None:
    read_ = row(titre="'=Le Phare", telephone="'+33491385460")

    assert (read_.values["title"], read_.values["phone"]) == ("=Le Phare", "04 91 38 54 60")


# 46


@pytest.mark.parametrize("text", ["31/02/2026", "2026-13-01", "hier", "46149", "7/13/26 9:30"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    assert "n’est pas une date" in refused(date_source=text)


@pytest.mark.parametrize("text", ["2026-05-07", "07/05/2026", "7/5/2026", "7/5/26 9:30"])
def test_a_day_is_read_as_spreadsheets_write_it(text: str) -> None:
    assert row(date_source=text).values["source_date"] == "2026-05-07"


# 47


def test_coordinates_are_read_with_a_point_or_a_comma() -> None:
    values = row(latitude="43,29", longitude="5.57").values

    assert (values["lat"], values["lon"]) == (43.29, 5.57)


@pytest.mark.parametrize(
    ("lat", "lon", "commune", "said"),
    [
        ("5,57", "43,29", "Aubagne", "sont inversées"),
        ("5,57", "43,29", "", "sont inversées"),
        ("48,85", "2,35", "Aubagne", "ni dans sa commune, ni dans le département"),
        ("48,85", "2,35", "", "ni dans sa commune, ni dans le département"),
        ("4329", "557", "", "ni dans sa commune, ni dans le département"),
        ("43,29", "", "", "Donnez la latitude et la longitude"),
        ("quarante", "5,57", "", "n’est pas un nombre"),
        ("nan", "inf", "", "n’est pas un nombre"),
    ],
)
def test_a_point_that_cannot_be_there_is_refused(
    lat: str, lon: str, commune: str, said: str
) -> None:
    assert said in refused(latitude=lat, longitude=lon, commune=commune)


# 48


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("finess", "13000", "neuf caractères"),
        ("finess", "1,30001E+08", "neuf caractères"),
        ("siret", "73282932000075", "sa clé est fausse"),
        ("siret", "7,32829E+13", "quatorze chiffres"),
    ],
)
def test_a_number_that_names_nothing_is_refused(name: str, value: str, said: str) -> None:
    assert said in refused(**{name: value})


def test_the_zero_that_a_spreadsheet_ate_is_given_back_and_said() -> None:
    read_ = row(finess="10001234", code_postal="1000")

    assert (read_.values["finess"], read_.values["postcode"]) == ("010001234", "01000")
    assert all("mangé le zéro" in remark for remark in read_.remarks)
    assert len(read_.remarks) == 2


# 49


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3114", "3114"),
        ("+33 (0)4 91 38 54 60", "04 91 38 54 60"),
        ("04.91.38.54.60", "04 91 38 54 60"),
        ("491385460", "04 91 38 54 60"),
        ("33491385460", "04 91 38 54 60"),
        ("0 800 360 360", "0 800 360 360"),
        ("800360360", "0 800 360 360"),
        ("", ""),
    ],
)
def test_a_telephone_is_read_however_it_is_written(typed: str, said: str) -> None:
    read_ = row(telephone=typed)

    assert (read_.problems, read_.values["phone"]) == ((), said)


def test_a_telephone_that_is_a_number_in_a_workbook_gets_its_zero_back() -> None:
    read_ = in_workbook(telephone=491385460, latitude=43.29, longitude=5.57, age_min=18)

    assert read_.values["phone"] == "04 91 38 54 60"
    assert (read_.values["lat"], read_.values["age_min"]) == (43.29, 18)
    assert "mangé le zéro" in read_.remarks[0]


@pytest.mark.parametrize("typed", ["49138546", "04 91", "appelez", "12345678901234", "0000000000"])
def test_a_number_that_nobody_can_dial_is_refused(typed: str) -> None:
    assert "n’est pas un numéro" in refused(telephone=typed)


# 50


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("javascript:alert(1)", "commence par https://"),
        ("data:text/html,x", "commence par https://"),
        ("ftp://exemple.example/", "commence par https://"),
        ("https://nom:secret@exemple.example/", "un nom ou un mot de passe"),
        ("https://nom@exemple.example/", "un nom ou un mot de passe"),
        ("https://exemple.example/" + "x" * 3000, "signes au plus"),
        ("https://", "URL valide"),
        ("https://ex emple.example", "URL valide"),
    ],
)
def test_a_link_that_a_reader_should_not_follow_is_refused(link: str, said: str) -> None:
    assert said in refused(site=link)


def test_a_site_without_its_scheme_is_understood() -> None:
    assert row(site="www.exemple.example").values["website"] == "https://www.exemple.example"


# 51


def test_an_upload_that_is_cut_is_refused_or_read_as_far_as_it_goes() -> None:
    whole = "type;titre\nGEM;Le Phare\nGEM;Le Rebond\n".encode("utf-16")

    with pytest.raises(UnreadableFile, match="illisibles"):
        read(whole[:-1])


# Words of the directory


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"type": "PISCINE"}, "n’est pas un type de lieu. Écrivez : ASSOCIATION, CMP, GEM"),
        ({"type": ""}, "au moins un type et un titre"),
        ({"titre": ""}, "au moins un type et un titre"),
        ({"commune": "Atlantide"}, "n’est pas une commune connue"),
        ({"commune": "99999"}, "n’est pas une commune connue"),
        ({"pour_qui": "martiens"}, "n’est pas dans la liste. Écrivez : enfants, adolescents"),
        ({"langues": "fr, klingon"}, "« klingon » n’est pas dans la liste"),
        ({"prix": "cher"}, "Écrivez : free, membership, paid"),
        ({"adresse_secrete": "peut-être"}, "écrivez oui ou non"),
        ({"age_min": "dix-huit"}, "n’est pas un nombre entier"),
        ({"age_min": "60", "age_max": "18"}, "plus petit que l’âge de départ"),
        ({"horaires": "quand on peut"}, "ne sont pas compris"),
        ({"email": "nulle part"}, "courriel valide"),
        ({"resume": "x" * 281}, "280 signes au plus ; il y en a 281"),
        ({"code_postal": "13"}, "cinq chiffres"),
        ({"delai": "mois"}, "Dites quel jour ce délai a été déclaré"),
        ({"autres_telephones": "0491385460"}, "dites qui répond"),
        ({"territoires_couverts": "Mars"}, "n’est pas un territoire"),
        ({"cmp_secteurs": "13G99"}, "n’est pas un secteur connu"),
        ({"cmp_public": "adulte"}, "réservée à une autre sorte de fiche : cmp_public"),
        ({"fait_partie_de": "Ailleurs"}, "n’est pas une fiche de l’annuaire"),
        ({"uuid": "00000000-0000-4000-8000-000000000000"}, "elle a été supprimée"),
        ({"uuid": "n’importe quoi"}, "elle a été supprimée"),
    ],
)
def test_a_word_that_the_directory_does_not_know_is_told_with_those_it_knows(
    cells: dict[str, str], said: str
) -> None:
    assert said in refused(**cells)


@pytest.mark.parametrize("text", ["13005", "Aubagne", "AUBAGNE", "aubagne (13005)"])
def test_a_commune_is_named_as_people_name_it(text: str) -> None:
    assert row(commune=text).values["commune"] == "13005"


def test_an_arrondissement_is_told_by_its_number() -> None:
    assert row(commune="Marseille 3e").values["commune"] == "13203"


def test_codes_and_their_words_are_both_read() -> None:
    values = row(
        type="groupe d’entraide",
        pour_qui="Familles et proches, adultes",
        langues="persan, dari | anglais",
        prix="Gratuit",
        adresse_secrete="Oui",
    ).values

    assert (values["type"], values["publics"]) == ("GEM", ["adultes", "proches"])
    assert values["spoken_languages"] == ["en", "fa"]
    assert (values["cost"], values["address_is_masked"]) == ("free", True)


def test_sectors_and_other_entries_are_named_by_their_codes(directory: DirectoryPage) -> None:
    SectorFactory(code="13G20")
    other = GemPageFactory(parent=directory, title="La Maison")

    values = row(type="CMP", cmp_secteurs="13G20", cmp_hopital=f"La Maison ({other.uuid})").values

    assert (values["sectors"], values["hospital"]) == (["13G20"], str(other.uuid))


def test_the_same_place_twice_in_a_file_is_refused() -> None:
    file = read("type;titre;commune\nGEM;Le Phare;Aubagne\nGEM;LE PHARE;13005\n")

    plan = plan_import(file, EntryTarget())

    assert [line.verdict.name for line in plan.lines] == ["NEW", "REFUSED"]
    assert "répète la ligne 2" in plan.lines[1].sentences[0]


def test_an_entry_does_not_become_one_of_another_sort(directory: DirectoryPage) -> None:
    gem = GemPageFactory(parent=directory)

    version = next(snapshot_entries(EntryLookups(), [gem.pk])).version

    said = refused(uuid=str(gem.uuid), version=version, type="CMP")

    assert "ne peut pas devenir de ce type" in said


def test_one_column_is_enough_to_change_one_thing(directory: DirectoryPage) -> None:
    gem = GemPageFactory(parent=directory)

    plan = plan_import(read(f"uuid;telephone\n{gem.uuid};3114\n"), EntryTarget())

    assert [change.values for change in plan.changes] == [{"phone": "3114"}]
    assert GemPage.objects.get().phone == ""


def test_without_a_directory_the_file_is_refused_with_a_reason(directory: DirectoryPage) -> None:
    file = read("type;titre\nGEM;Le Phare\n")
    directory.delete()

    with pytest.raises(UnreadableFile, match="Créez d’abord"):
        plan_import(file, EntryTarget())
