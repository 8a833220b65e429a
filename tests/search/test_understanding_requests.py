"""What people ask beside care: rights, a bed for the night, a colleague's opinion, the portal."""

from collections.abc import Iterator

import pytest

from search.understanding.phone_numbers import phone_in
from search.understanding.portal_doors import DOORS
from tests.search.shipped_lexicon import asked, rows, shipped_lexicon


@pytest.fixture(scope="module", autouse=True)
def _lexicon(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with shipped_lexicon(django_db_blocker):
        yield


pytestmark = pytest.mark.django_db


RIGHTS = """
    interner quelqu'un de force | DROITS
    faire hospitaliser mon fils contre son gré | DROITS
    spdt | DROITS
    jld | DROITS
    isolement plainte | DROITS
    mis en isolement | DROITS
    demande d'aah bipolaire | MDPH
    aah schizophrène | MDPH
    rqth dépression | MDPH
    accéder à mon dossier médical psychiatrique | DROITS
    mettre ma mère sous tutelle | DROITS
    sortir de tutelle | DROITS
    obtenir mon dossier médical de l'hôpital psy | DROITS
    porter plainte contre l'hôpital psychiatrique | DROITS
    attaché au lit à l'hôpital | DROITS
"""


@pytest.mark.parametrize(("text", "code"), rows(RIGHTS))
def test_a_right_or_a_procedure_comes_before_hospitals_and_care(text: str, code: str) -> None:
    likely = asked(text).likely_types
    assert {code, "PAGE_INFO"} <= set(likely)
    assert not {"HOPITAL_PSY", "CLINIQUE", "CMP", "MON_SOUTIEN_PSY"} & set(likely)


REQUESTS = """
    où dormir ce soir | LIGNE_ECOUTE LOGEMENT
    nulle part où dormir | LIGNE_ECOUTE LOGEMENT
    115 | LIGNE_ECOUTE LOGEMENT
    siao | LIGNE_ECOUTE LOGEMENT
    adresser un patient | DAC
    vers qui orienter une patiente | DAC
    elsm | EQUIPE_MOBILE
    assistante sociale situation complexe | DAC
    samu social | LIGNE_ECOUTE LOGEMENT
    abusée quand j'étais petite | PSYCHOTRAUMA LIGNE_ECOUTE
    je peux voir un psy sans que mes parents le sachent | MDA PAEJ LIGNE_ECOUTE
    sans l'accord de mes parents | MDA PAEJ LIGNE_ECOUTE
    mon voisin crie toute la nuit | CLSM EQUIPE_MOBILE CMP
    psychologist free | CMP MON_SOUTIEN_PSY
    psicólogo | CMP MON_SOUTIEN_PSY
    طبيب نفسي | CMP MON_SOUTIEN_PSY
"""


@pytest.mark.parametrize(("text", "types"), rows(REQUESTS))
def test_other_requests_lead_to_who_answers_them(text: str, types: str) -> None:
    assert set(types.split()) <= set(asked(text).likely_types)


OF_THE_PORTAL = """
    mon cmp n'est pas à la bonne adresse | door:report
    le numéro du csapa ne marche pas | door:report
    les horaires du gem ne sont pas à jour | door:report
    le cmp d'aubagne a déménagé | door:report
    signaler une erreur | door:report
    ajouter ma structure | door:propose
    comment ajouter mon association | door:propose
    figurer dans l'annuaire | door:propose
    comment référencer notre service | door:propose
    inscrire notre association dans l'annuaire | door:propose
    répertorier un cabinet | door:propose
    modifier la fiche de mon service | door:my-entries
    me désinscrire | door:unsubscribe
    je veux me désabonner de la newsletter | door:unsubscribe
    mettre à jour ma fiche | door:my-entries
"""


@pytest.mark.parametrize(("text", "door"), rows(OF_THE_PORTAL))
def test_what_is_asked_of_the_portal_opens_its_own_door(text: str, door: str) -> None:
    assert asked(text).promoted[:1] == (door,)
    assert door in DOORS


@pytest.mark.parametrize(
    "text",
    ["adresse du cmp", "numéro du csapa", "horaires du gem", "la bonne adresse", "cmp fermé"],
)
def test_a_question_about_a_place_opens_no_door_of_the_portal(text: str) -> None:
    assert not asked(text).promoted


@pytest.mark.parametrize(
    "text",
    [
        "04 91 38 70 00",
        "0491387000",
        "04.91.38.70.00",
        "04-91-38-70-00",
        "04 91 38.70-00",
        "+33 4 91 38 70 00",
        "0033491387000",
        "+33(0)491387000",
        "c'est quoi le 04 91 38 70 00 ?",
    ],
)
def test_a_phone_number_is_read_in_any_spelling(text: str) -> None:
    assert phone_in(text) == "+33491387000"
    found = asked(text)
    assert found.place is None
    assert not found.filters.public


@pytest.mark.parametrize("text", ["13003", "cmp 13005", "3114", "12 ans", "13 000", "2026 2027"])
def test_other_digits_are_no_phone_number(text: str) -> None:
    assert not phone_in(text)
