"""What people type is understood: where, what kind of place, for whom, how; never an error."""

from collections.abc import Iterator

import pytest

from portal.geo.place import PlaceMode
from search.contracts import (
    QueryPart,
    QueryPartKind,
    SearchFilters,
    SearchQuery,
    SearchScope,
    UnderstoodQuery,
)
from search.models import LexiconEntry
from search.understanding import nearest_in_kind, type_phrases, understand
from search.understanding.audience import LIKELY
from tests.search.shipped_lexicon import shipped_lexicon

AUBAGNE, ARLES, AIX, MARSEILLE, SALON = "13005", "13004", "13001", "13055", "13103"


@pytest.fixture(scope="module", autouse=True)
def _lexicon(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with shipped_lexicon(django_db_blocker):
        yield


pytestmark = pytest.mark.django_db


def asked(text: str, **values: object) -> UnderstoodQuery:
    return understand(SearchQuery(text=text, **values))


def part(understood: UnderstoodQuery, kind: QueryPartKind) -> QueryPart | None:
    return next((one for one in understood.parts if one.kind is kind), None)


# A type that is named is the only one wanted.

NAMED = """
    cmp | CMP
    CMP | CMP
    C.M.P. | CMP
    cmp adultes | CMP
    centre médico-psychologique | CMP
    centre medico psychologique | CMP
    centres médico-psychologiques | CMP
    je cherche un cmp | CMP
    cmp enfant | CMPEA
    cmp enfants | CMPEA
    cmp pour enfants | CMPEA
    cmp ado | CMPEA
    cmp infanto-juvénile | CMPEA
    cmp infanto juvenile | CMPEA
    cmp pédopsychiatrie | CMPEA
    cmp pour mon fils de 8 ans | CMPEA
    cmp jeunes | CMPEA
    cmpea | CMPEA
    cmpp | CMPP
    centre médico-psycho-pédagogique | CMPP
    centre medico psycho pedagogique | CMPP
    camsp | CAMSP
    centre d’action médico-sociale précoce | CAMSP
    cattp | CATTP
    centre d'accueil thérapeutique à temps partiel | CATTP
    hdj | HDJ
    hôpital de jour | HDJ
    hôpitaux de jour | HDJ
    hopital jour | HDJ
    hospitalisation de jour | HDJ
    hp | HOPITAL_PSY
    hôpital psychiatrique | HOPITAL_PSY
    hopitaux psychiatriques | HOPITAL_PSY
    asile psychiatrique | HOPITAL_PSY
    clinique psychiatrique | CLINIQUE
    cliniques psychiatriques | CLINIQUE
    urgences psychiatriques | URGENCES_PSY
    urgence psy | URGENCES_PSY
    centre de crise | CENTRE_CRISE
    ligne d’écoute | LIGNE_ECOUTE
    numero d'ecoute | LIGNE_ECOUTE
    clip | CLIP
    réhab | REHAB
    réhabilitation psychosociale | REHAB
    empp | EMPP
    équipe mobile psychiatrie précarité | EMPP
    équipe mobile | EQUIPE_MOBILE
    équipes mobiles | EQUIPE_MOBILE
    vigilans | VIGILANS
    VigilanS | VIGILANS
    cump | CUMP
    cellule d'urgence médico-psychologique | CUMP
    unité mère-bébé | PERINATALITE
    psychiatrie périnatale | PERINATALITE
    géronto-psychiatrie | GERONTOPSY
    centre du psychotraumatisme | PSYCHOTRAUMA
    psychotrauma | PSYCHOTRAUMA
    tca | TCA
    troubles des conduites alimentaires | TCA
    csapa | CSAPA
    centre d'addictologie | CSAPA
    caarud | CAARUD
    cjc | CJC
    consultation jeunes consommateurs | CJC
    mda | MDA
    maison des ados | MDA
    maison des adolescents | MDA
    maison de l’adolescent | MDA
    paej | PAEJ
    point accueil écoute jeunes | PAEJ
    point d'accueil et d'écoute jeunes | PAEJ
    bapu | BAPU
    bureau d'aide psychologique universitaire | BAPU
    pco | PCO
    plateforme de coordination et d'orientation | PCO
    cra | CRA
    centre ressources autisme | CRA
    gem | GEM
    gems | GEM
    groupe d'entraide mutuelle | GEM
    groupes d’entraide mutuelle | GEM
    groupe d entraide | GEM
    clubhouse | CLUBHOUSE
    club house | CLUBHOUSE
    pair-aidance | PAIR_AIDANCE
    médiateur de santé pair | PAIR_AIDANCE
    unafam | UNAFAM
    association de familles | UNAFAM
    profamille | PROFAMILLE
    savs | SAVS
    service d'accompagnement à la vie sociale | SAVS
    samsah | SAMSAH
    esat | ESAT
    eam | EAM
    mdph | MDPH
    maison départementale des personnes handicapées | MDPH
    dac | DAC
    dispositif d'appui à la coordination | DAC
    dispositif d appui coordination | DAC
    c360 | C360
    communauté 360 | C360
    communaute 360 | C360
    cpts | CPTS
    clsm | CLSM
    conseil local de santé mentale | CLSM
    mon soutien psy | MON_SOUTIEN_PSY
    monsoutienpsy | MON_SOUTIEN_PSY
    pension de famille | LOGEMENT
    logement accompagné | LOGEMENT
    cmp ou gem | CMP GEM
    ptsm | PAGE_PTSM
    projet territorial de santé mentale | PAGE_PTSM
    feuille de route | PAGE_PTSM
    actions du ptsm | ACTION_PTSM
    fiche action | ACTION_PTSM
    newsletter | NEWSLETTER
    lettre d'information | NEWSLETTER
    lettre d’infos | NEWSLETTER
    agenda | EVENEMENT
    évènements | EVENEMENT
    événement | EVENEMENT
    semaine d'information sur la santé mentale | EVENEMENT
    sism | EVENEMENT
    lexique | LEXIQUE
    hospital de jour | HDJ
    hopital de jours | HDJ
    centre medico psycologique | CMP
    centre médico-psychologqiue | CMP
    groupe d'entraide mutuele | GEM
    maison des adolecents | MDA
    équipe mobille | EQUIPE_MOBILE
"""


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("text", "codes"), rows(NAMED))
def test_a_type_that_is_named_is_the_only_one_wanted(text: str, codes: str) -> None:
    assert asked(text).types == tuple(codes.split())
    assert asked(text).text == ""


@pytest.mark.parametrize("code", type_phrases.NAMES)
def test_each_type_has_a_name_that_is_understood_without_any_lexicon(code: str) -> None:
    LexiconEntry.objects.all().delete()
    name = type_phrases.NAMES[code].split(";")[0].strip()
    assert asked(f"{name} aubagne").types == (code,)


# Plain words prefer types, and stay to be found.

FELT = """
    je ne dors plus | CMP
    insomnies | CMP
    j'entends des voix | CMP CLIP
    j entend des voix | CMP CLIP
    boule au ventre | CMP
    crise d'angoisse | CMP
    burn-out | CMP
    burn out | CMP
    deuil | CMP
    j'ai perdu mon père | CMP
    dépression après accouchement | PERINATALITE
    baby blues | PERINATALITE
    phobie scolaire | MDA CMPEA
    harcèlement au collège | LIGNE_ECOUTE
    toc | CMP
    tocs | CMP
    anorexie | TCA
    boulimique | TCA
    bipolaire | CMP
    borderline | CMP
    autisme | CRA
    asperger | CRA
    tdah | PCO
    enfant hyperactif | PCO
    dyslexie | CMPP
    alcool | CSAPA LIGNE_ECOUTE
    alcool aide | CSAPA LIGNE_ECOUTE
    mon mari boit | CSAPA
    arrêter le cannabis | CSAPA CJC
    jeux vidéo | CJC
    trop d'écrans | CJC
    mon fils ne sort plus de sa chambre | MDA CMPEA
    mon ado ne sort plus de sa chambre | MDA CMPEA
    ma mère perd la tête | GERONTOPSY
    alzheimer | GERONTOPSY
    hospitalisation sous contrainte | DROITS PAGE_INFO
    hdt | DROITS PAGE_INFO
    tutelle | DROITS
    aah | MDPH
    allocation adulte handicapé | MDPH
    rqth | MDPH
    logement | LOGEMENT
    115 | LOGEMENT
    retrouver un travail | ESAT CLUBHOUSE
    arrêt de travail | CMP
    aidants épuisés | UNAFAM
    sortie d'hôpital | CMP HDJ
    traumatisme | PSYCHOTRAUMA
    attentat | PSYCHOTRAUMA
    lgbt | LIGNE_ECOUTE
    réfugié | EMPP
    je parle tout seul | CMP
    on me suit | CMP
    colère | CMP
    je suis seule | GEM
    parler à quelqu'un | LIGNE_ECOUTE
    directives anticipées | DROITS
    DAP | DROITS
    psychologue | MON_SOUTIEN_PSY CMP
    psychologue remboursé | MON_SOUTIEN_PSY CMP
    psychologue pas cher | MON_SOUTIEN_PSY CMP
    psychologe | MON_SOUTIEN_PSY CMP
    psikologue | MON_SOUTIEN_PSY CMP
    spychologue | MON_SOUTIEN_PSY CMP
    psychiatre | CMP
    pédopsychiatre | CMPEA
    addictologue | CSAPA
    clinique | CLINIQUE
    hôpital | HOPITAL_PSY
    skizophrene | CMP
    angoise | CMP
    alcolique | CSAPA
    gouvernance | PAGE_PTSM
    colloque | EVENEMENT
"""


@pytest.mark.parametrize(("text", "codes"), rows(FELT))
def test_plain_words_prefer_the_types_that_the_person_probably_looks_for(
    text: str, codes: str
) -> None:
    found = asked(text)
    assert set(codes.split()) <= set(found.likely_types)
    assert found.types == ()
    assert found.text


def test_a_typing_error_is_mended_in_what_is_looked_for() -> None:
    assert asked("psychologe marseille").text == "psychologue"
    assert asked("skizofrene").text == "schizophrene"


@pytest.mark.parametrize("text", ["jaune", "seuil", "toile", "peine", "adresse", "saison"])
def test_an_everyday_word_is_not_mended_into_another(text: str) -> None:
    found = asked(text)
    assert (found.text or text, found.types, found.likely_types) == (text, (), ())


@pytest.mark.parametrize("text", ["asdfgh", "xyz", "montperrin", "tricot", "2026"])
def test_words_that_mean_nothing_here_are_left_as_text(text: str) -> None:
    assert asked(text) == UnderstoodQuery(text=text)


# Where.

PLACES = f"""
    cmp aubagne | {AUBAGNE} | exact |
    cmp à aubagne | {AUBAGNE} | exact |
    aubagne cmp | {AUBAGNE} | exact |
    psy 13200 | {ARLES} | exact | psy
    gem arles | {ARLES} | exact |
    cmp marseille 15e | 13215 | exact |
    CMP Marseille 15ème arrondissement | 13215 | exact |
    cmp près de salon | {SALON} | autour |
    csapa aix | {AIX} | exact |
    urgence psy 13 | 13 | departement |
    insomnie à Aix-en-Provence | {AIX} | exact | insomnie
    psychologue marseille | {MARSEILLE} | exact | psychologue
    centre medico psycologique salon | {SALON} | exact |
    paris sportifs marseille | {MARSEILLE} | exact | paris sportifs
"""


@pytest.mark.parametrize(("text", "code", "mode", "left"), rows(PLACES))
def test_the_place_in_the_text_is_understood(text: str, code: str, mode: str, left: str) -> None:
    found = asked(text)
    assert (found.place.code, found.place.mode, found.text) == (code, mode, left)


@pytest.mark.parametrize("text", ["paris sportifs", "je suis angoissé", "salon de lecture", "lens"])
def test_words_that_are_also_places_are_no_place(text: str) -> None:
    assert asked(text).place is None or text == "lens"


def test_a_place_alone_asks_for_care_near_home() -> None:
    assert asked("13200").likely_types[0] == "CMP"
    assert asked("", place="Arles").likely_types[0] == "CMP"
    assert asked("aubagne", scope=SearchScope.ENTRIES).likely_types == ()
    assert asked("aubagne", filters=SearchFilters(types=("GEM",))).likely_types == ()


def test_the_field_wins_over_the_text() -> None:
    found = asked("cmp aubagne", place="Arles")
    assert found.place.code == ARLES
    assert found.text == "aubagne"
    where = part(found, QueryPartKind.PLACE)
    assert where.from_place_field
    assert where.rest == "cmp aubagne"


def test_a_field_that_names_no_place_is_told_and_the_text_is_read() -> None:
    found = asked("cmp aubagne", place="Xyzville")
    assert (found.unknown_place, found.place.code) == ("", AUBAGNE)
    assert asked("cmp", place="Xyzville").unknown_place == "Xyzville"


def test_the_reader_s_position_is_a_place_around() -> None:
    found = asked("cmp", position=(43.3, 5.4))
    assert (found.place.mode, found.place.point) == (PlaceMode.AROUND, (43.3, 5.4))
    assert asked("psy près de moi", position=(43.3, 5.4)).text == "psy"
    assert asked("psy autour de chez moi").place is None


def test_a_distance_that_is_ticked_widens_the_place() -> None:
    found = asked("cmp aubagne", filters=SearchFilters(km=10))
    assert (found.place.mode, found.place.km, found.filters.km) == (PlaceMode.AROUND, 10, 10)


# For whom.

PUBLICS = """
    psy enfant | enfants | oui
    psy pour ma fille de 6 ans | enfants | oui
    psy ado | adolescents | oui
    psychologue pour adolescente | adolescents | oui
    psy 15 ans | adolescents | oui
    psy collégien | adolescents | oui
    psy adulte | adultes | oui
    psy étudiant | etudiants | non
    psy fac | etudiants | non
    psy personne âgée | personnes_agees | non
    psy pour ma grand-mère | personnes_agees | non
    psy 82 ans | personnes_agees | non
    aide aux aidants | proches | non
    ma sœur est schizophrène | proches | non
    ma soeur est schizophrene | proches | non
    mon frère bipolaire | proches | non
    mari dépressif | proches | non
    unafam | proches | non
    je suis médecin | professionnels | non
    je suis infirmière et je veux orienter un patient | professionnels | non
    adresser un patient | professionnels | non
    dispositif d'appui à la coordination | professionnels | non
    sdf | precarite | non
    sans-abri psychiatrie | precarite | non
    demandeur d'asile | precarite | non
    maison des adolescents | adolescents | non
    cmp enfant | enfants | non
    cmp ado | adolescents | non
    bapu | etudiants | non
    mon ado ne sort plus de sa chambre | adolescents | oui
    mon fils ne sort plus de sa chambre | adolescents | non
    ma mère perd la tête | personnes_agees | non
    le cmp le plus proche | | non
    cmp aubagne | | non
    actions du ptsm jeunes | | non
    j'ai perdu mon père | | non
"""


@pytest.mark.parametrize(("text", "public", "narrows"), rows(PUBLICS))
def test_whom_it_is_for_is_understood_and_narrows_only_when_places_are_apart(
    text: str, public: str, narrows: str
) -> None:
    found = asked(text)
    assert found.public == public
    assert found.filters.public == (public if narrows == "oui" else "")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("psy gratuit ado", {"MDA", "CMPEA"}),
        ("étudiant déprimé", {"BAPU"}),
        ("ma sœur est schizophrène", {"UNAFAM", "PROFAMILLE"}),
        ("personne âgée dépressive", {"GERONTOPSY"}),
        ("sdf psychiatrie", {"EMPP"}),
        ("psy enfant", {"CMPEA"}),
        ("je suis médecin", {"DAC"}),
        *((public.replace("_agees", "s âgées"), set(codes.split()))
          for public, codes in LIKELY.items() if public not in ("precarite", "professionnels")),
    ],
)  # fmt: skip
def test_each_public_is_led_to_its_own_places(text: str, first: set[str]) -> None:
    assert first <= set(asked(text.replace("personnes s", "personnes")).likely_types)


def test_who_looks_for_a_psychologist_for_a_sister_looks_for_a_psychologist() -> None:
    assert set(asked("ma sœur cherche un psychologue").likely_types) == {"CMP", "MON_SOUTIEN_PSY"}


def test_what_is_ticked_wins_over_what_is_said() -> None:
    found = asked("psy enfant en anglais", filters=SearchFilters(public="adultes", language="ar"))
    assert (found.filters.public, found.filters.language) == ("adultes", "ar")
    assert part(found, QueryPartKind.PUBLIC) is None


# How.

HOW = """
    psy gratuit | gratuit | |
    psy gratuite | gratuit | |
    gratuitement | gratuit | |
    sans rendez-vous | sansrdv | |
    psy sans rdv | sansrdv | |
    cmp accessible en fauteuil | pmr | |
    psy à distance | distance | |
    psychiatre en visio | distance | |
    téléconsultation | distance | |
    psy en anglais | | en |
    psychiatre qui parle turc | | tr |
    psy arabophone | | ar |
    psychologue arabe | | ar |
    psy lsf | | fsl |
    langue des signes | | fsl |
    interprète | | interprete |
    gem ouvert maintenant | | | oui
    ouvert le dimanche | | |
    psy gratuit sans rdv en arabe | gratuit sansrdv | ar |
"""


@pytest.mark.parametrize(("text", "practical", "language", "now"), rows(HOW))
def test_how_one_is_received_is_understood(
    text: str, practical: str, language: str, now: str
) -> None:
    filters = asked(text).filters
    assert filters.practical == tuple(practical.split())
    assert (filters.language, filters.open_now) == (language, now == "oui")


# What a word means.


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("c'est quoi un cmp", "cmp"),
        ("C’est quoi un CMP ?", "CMP"),
        ("qu'est-ce qu'un gem", "gem"),
        ("que veut dire hdj", "hdj"),
        ("définition bipolaire", "bipolaire"),
        ("ça veut dire quoi CLSM", "CLSM"),
    ],
)
def test_who_asks_what_a_word_means_is_led_to_where_words_are_explained(
    text: str, left: str
) -> None:
    found = asked(text)
    assert "LEXIQUE" in found.filters.types
    assert (found.types, found.likely_types) == ((), ())
    assert left in found.text
    assert part(found, QueryPartKind.TYPE).code == "LEXIQUE"


def test_the_theme_of_a_page_stays_text() -> None:
    found = asked("actions du ptsm jeunes")
    assert (found.types, found.text) == (("ACTION_PTSM",), "jeunes")


# What is shown can be taken back.


def test_each_part_says_what_is_left_without_it() -> None:
    found = asked("Psy gratuit pour ado, à Aubagne")
    assert {one.kind: (one.label, one.rest) for one in found.parts} == {
        QueryPartKind.PRACTICAL: ("gratuit", "Psy pour ado, à Aubagne"),
        QueryPartKind.PUBLIC: ("Adolescents", "Psy gratuit à Aubagne"),
        QueryPartKind.PLACE: ("Aubagne", "Psy gratuit pour ado"),
    }


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("CMP d’Aubagne", QueryPartKind.TYPE, "Aubagne"),
        ("CMP d’Aubagne", QueryPartKind.PLACE, "CMP"),
        ("hôpital de jour", QueryPartKind.TYPE, ""),
        ("mon soutien psy", QueryPartKind.TYPE, ""),
        ("ma sœur est schizophrène", QueryPartKind.PUBLIC, "schizophrène"),
        ("psychiatre qui parle turc", QueryPartKind.LANGUAGE, "psychiatre"),
    ],
)
def test_taking_a_part_back_leaves_a_clean_text(text: str, kind: QueryPartKind, rest: str) -> None:
    assert part(asked(text), kind).rest == rest


@pytest.mark.parametrize("text", [row[0] for row in rows(NAMED + FELT + PUBLICS + HOW)])
def test_what_is_left_once_all_is_taken_back_says_it_no_more(text: str) -> None:
    """Each undo link leads to a question in which that part is gone, and so on to the end."""
    for _step in range(8):
        found = asked(text)
        if not found.parts:
            break
        before = {(one.kind, one.code) for one in found.parts}
        text = found.parts[0].rest
        after = {(one.kind, one.code) for one in asked(text).parts}
        assert (found.parts[0].kind, found.parts[0].code) not in after or len(after) < len(before)
    assert asked(text).parts == ()


# Danger.


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("je veux en finir", "LIGNE_ECOUTE"),
        ("suicid", "LIGNE_ECOUTE"),
        ("violences conjugales", "LIGNE_ECOUTE"),
        ("surdose", "LIGNE_ECOUTE"),
        ("crise d'angoisse là maintenant", "URGENCES_PSY"),
        ("urgence", "URGENCES_PSY"),
    ],
)
def test_danger_puts_help_first(text: str, first: str) -> None:
    found = asked(text)
    assert found.crisis
    assert found.likely_types[0] == first


def test_learning_about_danger_looks_for_pages_and_says_one_number() -> None:
    found = asked("prévention du suicide formation")
    assert (found.crisis, found.quiet, found.likely_types) == ("", "prevention", ())
    assert found.text == "prévention du suicide formation"


def test_danger_does_not_hide_the_type_that_is_named() -> None:
    found = asked("urgence psy 13")
    assert (found.crisis, found.types) == ("urgence", ("URGENCES_PSY",))


# Whatever is typed.

BAD = [
    '"', 'psy"', '"psy', "   ", "\x00", "a" * 10_000, "(" * 500, '"""((((OR AND NOT', "NEAR(a b)",
    "*", "psy AND", "« santé mentale »", "l’aide", "e\u0301coute", "\u202e", "cmp\u202e aubagne",
    "🙂", "🙂 cmp", "%27 OR 1=1 --", "<img onerror=alert(1)>", "\ud800", "cmp " * 2_000, "ﷺ",
    "الصحة النفسية", "1" * 400, "'" * 200, "l'" * 200, "\n\r\t", "?page=-1", "st " * 300, "à",
    "mon ma mes", "c'est quoi", "définition", "12 ans", "ans ans", "13", "0", "#",
    "psy\x00marseille",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    for query in (SearchQuery(text=text), SearchQuery(place=text), SearchQuery(text, text)):
        found = understand(query)
        said = (found.text, found.unknown_place, *(one.rest for one in found.parts))
        assert not any("\x00" in one or "\u202e" in one or "\ud800" in one for one in said)


def test_a_known_word_is_understood_among_signs() -> None:
    assert asked("🙂 cmp !!! aubagne").types == ("CMP",)
    assert asked("«\u00a0CMP\u00a0» (Aubagne)").place.code == AUBAGNE


def test_the_end_of_a_pasted_page_is_still_looked_for() -> None:
    found = asked("cmp aubagne " + "tricot " * 60 + "fin")
    assert found.types == ("CMP",)
    assert found.text.endswith("fin")


# Nearest in kind.


@pytest.mark.parametrize(
    "code", [code for code in type_phrases.NAMES if code not in type_phrases.PAGES]
)
def test_each_type_has_others_near_in_kind(code: str) -> None:
    near = nearest_in_kind((code,))
    assert near
    assert code not in near
    assert set(near) <= type_phrases.NAMES.keys()
