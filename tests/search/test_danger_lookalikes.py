"""Dreams, fears, scars, small ailments and figures of speech are no danger; their sisters are."""

import pytest

from portal.crisis.help_numbers import quiet_message
from search.understanding.danger.assessment import signs_in


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


NO_DANGER = lines("""
    rêver que mon mari meurt
    cauchemar d'un monstre qui me poursuit
    peur de s'étouffer en mangeant
    phobie de vomir
    crème pour effacer des cicatrices
    maquillage pour cacher les cicatrices
    allergie au paracétamol
    saignement des gencives
    bleus après une prise de sang
    apnée du sommeil
    bracelet d'urgence pour mes parents
    il frappe dans une balle
    la violence racontée aux enfants
    violences dans les médias
    urgences ophtalmologiques
    ma belle-mère m'étouffe avec ses questions
    j'ai peur de ma directrice
    trop de stress au travail je vais exploser
    help for finding a doctor
    elle a arrêté ses médicaments
    il a arrêté tous ses médicaments d'un coup
    j'arrête mon traitement
    ma mère oublie ses cachets
    elle a arrêté de prendre ses antidépresseurs
""")
DANGER = lines("""
    j'ai arrêté mes antidépresseurs et je veux mourir
    elle a arrêté ses médicaments et avalé de la javel
    elle a arrêté ses médicaments puis a avalé toute la boîte
    il a arrêté son traitement et il devient violent
    j'ai rêvé que je mourais et je vais le faire pour de vrai, je veux mourir
    j'ai peur de mon mari il m'étrangle
    il me filme sous la douche
    ils me privent de manger
    il est tombé raide
    je veux disparaître pour de bon
    il rôde devant ma maison avec une arme
    je vais lui éclater la gueule
    he is beating my children
    I took a whole lot of tablets
    me voy a cortar las venas
    tomou os comprimidos todos
    oğlum tüm ilaçları içti
    تعرضت للاعتداء
    ابنتي شربت الدواء
    mes cicatrices saignent je me suis coupée
    agression verbale et physique de mon mari
""")
DISTRESS = lines("""
    je suis dépassée par mes enfants
    je perds complètement la tête
    j'en ai ras le bonnet
    il me faut un psy, besoin d'aide vite
""")

#: A noun of danger and nobody who lives it: what is looked for is a service, or a subject.
SUBJECTS = lines("""
    violences conjugales association marseille
    association d'aide aux victimes de viol
    repérer les violences en consultation
    violence institutionnelle en psychiatrie
    cheminement après une agression groupe de parole
    postvention suicide établissement
    prise en charge de la crise suicidaire recommandation has
    surdosage vitamine d
""")
#: The same nouns alone, with a circumstance, or with somebody.
LIVED = lines("""
    violences conjugales
    violences conjugales marseille
    violences conjugales aubagne
    numéro suicide
    viol hier soir
    viol au lycée aujourd'hui
    suicide ado que faire
    patient suicidaire au service
    je cherche une association, violences de mon mari
    enfant battue par son beau-père
    patient très agité menace les soignants
    il m'a cassé le poignet
    bébé bleu lèvres
""")


@pytest.mark.parametrize("text", SUBJECTS)
def test_a_noun_of_danger_without_anybody_is_never_red(text: str) -> None:
    assert signs_in(text).danger == ""


@pytest.mark.parametrize("text", ["violences conjugales association", "viol groupe de parole"])
def test_help_about_violence_is_shown_quietly_with_its_own_numbers(text: str) -> None:
    message = quiet_message(signs_in(text).quiet)
    assert message
    assert "3919" in [one.number for one in message.numbers]


@pytest.mark.parametrize("text", LIVED)
def test_the_same_noun_alone_or_lived_stays_red(text: str) -> None:
    assert signs_in(text).danger


@pytest.mark.parametrize("text", NO_DANGER)
def test_what_looks_like_danger_is_not_red(text: str) -> None:
    assert signs_in(text).danger == ""


@pytest.mark.parametrize("text", DANGER)
def test_danger_beside_it_stays_red(text: str) -> None:
    assert signs_in(text).danger


@pytest.mark.parametrize("text", DISTRESS)
def test_what_is_hard_to_bear_is_answered_quietly(text: str) -> None:
    assert signs_in(text).danger == ""
    assert signs_in(text).quiet
