"""Whoever is in danger is shown help first, however it is written; others are left in peace."""

import pytest

from search.understanding.danger import crisis_in

MISSPELT = """
    suicid sucide suiside suicyde suisside suicude ssuicide suicidee suisider suicde siucide suissid
    suissaide swicide souicide suicidde suiccide suizide suixide suisid sucicide scuicide suicidair
    suissidaire suicidere suisidaire sueside sucidaire zuicide suicidé suïcide SUICIDE cuicide
    suiscide suicidées suicit suicidaires suïside
"""
IN_DANGER = {
    "suicide": """
        je veux en finir
        envie de me tuer
        mon ami parle de suicide
        envie de mourir
        jveux mourir
        envi de mourrir
        j'ai plus envie de vivre
        je n’ai plus envie de vivre
        plus gout a rien plus envie de rien
        je vais me tué
        je veux me tuer
        je pense à me tuer
        me foutre en l'air
        se foutre en l’air
        je vais me pendre
        me jeter sous un train
        je veux sauter du pont
        m'ouvrir les veines
        je me scarifie
        ma fille se scarifie
        mon ado se mutile
        elle se fait du mal
        je me fais du mal
        tentative de suicide
        tentative
        après une TS
        ts
        pendaison
        idées noires
        idées suicidaires
        pensées suicidaires ado
        j'en ai marre de vivre
        marre de la vie
        fatigué de vivre
        à quoi bon vivre
        la vie ne vaut plus la peine
        mettre fin à mes jours
        mettre fin à ma vie
        je veux disparaître
        envie de crever
        ne plus se réveiller je veux plus me réveiller
        je ne veux plus vivre
        je veux plus être là
        lettre d'adieu
        tout le monde serait mieux sans moi
        mon fils veut mourir
        ma mère dit qu'elle veut mourir
        aider quelqu'un qui veut se suicider
        3114
        numéro suicide
        sui cide
        en finir avec la vie
        se donner la mort idées de mort
        I want to die
        kill myself
        انتحار
        أريد أن أموت
        """,
    "surdose": """
        surdose
        overdose
        over dose
        surdoze
        j'ai avalé des médicaments
        elle a avalé une boite de doliprane
        il a pris toute la boîte de xanax
        j'ai pris trop de cachets
        trop de médicaments
        intoxication médicamenteuse
        mon fils a bu de l'eau de javel
        coma éthylique
        """,
    "respiration": """
        il ne se réveille plus
        mon père ne respire plus
        elle est inconsciente
        """,
    "violence": """
        violence
        violences conjugales
        violances conjugale
        violense
        il me frappe
        mon mari me frappe
        mon mari me bat
        mon copain me tape
        il m'étrangle
        femme battue
        j'ai été violée
        viol
        inceste
        mon père est violent
        j'ai peur de mon mari
        agression sexuelle
        attouchements
        abus sexuels
        harcèlement sexuel
        menaces de mort
        il veut me tuer
        il a un couteau
        maltraitance personne âgée
        3919
        my husband hits me
        """,
    "enfance": """
        enfant en danger
        mon voisin frappe ses enfants
        enfant maltraité
        maltraitance infantile
        violences sur mineur
        bébé secoué
        119
        mon fils a fugué
        """,
    "agitation": """
        bouffée délirante
        mon frère décompense
        mon fils est incontrolable il casse tout à la maison qui appeler
        il casse tout il delire
        """,
    "urgence": """
        urgence psy 13
        urgences psychiatriques
        urgance psy
        urgence
        besoin urgent d'un psychiatre
        crise d'angoisse là maintenant
        crise de panique en ce moment
        au secours
        à l'aide
        aidez-moi
        SOS psy
        mon fils est en crise
        centre de crise
        samu
        """,
}
SAFE = """
    mourir de rire
    tuer le temps
    mort de fatigue
    tué par le travail de nuit
    suisse
    suivi psychologique
    suite hospitalisation
    surprise
    surdoué
    enfant surdoué
    virement
    violon
    violette
    atelier violoncelle
    cmp violès
    en finir avec le tabac
    en finir avec l'alcool
    régime
    cmp aubagne
    cmp enfant
    gem arles
    psychologue gratuit
    je ne dors plus
    crise d'angoisse
    dépression
    deuil
    mort de mon père
    peur de la mort
    burn out
    harcèlement scolaire
    phobie scolaire
    addiction aux jeux
    dispositif d'appui à la coordination
    aide à domicile
    aide aux aidants
    aide à l'emploi
    à l'aide d'un interprète
    cellule de coordination
    hôpital de jour 13114
    cmp 13119 gardanne
    actions du ptsm jeunes
    lettre d'information
    agenda
    psy qui parle anglais
    mon fils ne sort plus de sa chambre
    j'entends des voix
    mon mari boit
    ma sœur est schizophrène
    je suis fatigué
    fatigue
    je ne peux plus dormir
    je peux plus dormir
    je ne peux plus marcher
    je ne veux plus aller à l'école
    perte d'un proche
    traitement trop cher
    arrêter les médicaments
    ordonnance médicaments
    effets des antidépresseurs
    prendre rendez-vous
    rendez-vous en ligne
    colère
    mon enfant tape du pied
    se battre contre la maladie
    coup de blues
    baby blues
    conseil local de santé mentale
    tsa
    tdah
    sauter une classe
    danger du cannabis
    consommation
    voleur
    insecte
    sacrifice
    groupe de parole
    maison des adolescents
    personne âgée
    se couper du monde
    le 15 mars
    asdfgh
    mon voisin crie toute la nuit il est fou
    mon frère se drogue
    mon frère fume du cannabis
    salut je cherche un psy
    salut tout le monde
    j'ai essayé la méditation
    vous venez à domicile
    on a fait connaissance au gem
    fracture du bras
    mon fils rentre en sixième
    mon fils veut faire médecine
    mon fils reste enfermé dans sa chambre
    la peur de l'avion
    peur pour ma fille
    je veux quitter mon travail
    comment finir mon dossier mdph
    comment partir en cure
    vent violent
    film violent à partir de quel âge
    mon mari n'est pas violent
    mon mari ne me frappe pas
    ma mère va me tuer j'ai eu 4 en maths
    10 gouttes de tercian par jour
    combien de lexomil par jour
    dose maximale de paracétamol par jour
    prendre des médicaments contre l'allergie
    on m'a volé ma carte vitale
    mettre fin à mon contrat
    en finir avec les clichés
    partir à la retraite
    adieu les kilos
    mourir peut attendre
    comment tuer le dragon dans zelda
    il bat tout le monde aux échecs
    menacé d'expulsion du club
    inconscient collectif jung
    necesito ayuda psicologica
    preciso de ajuda psicológica
    ho bisogno di aiuto psicologico
    am nevoie de ajutor psihologic
    ich brauche einen Psychologen
    can you help me find a counsellor
    plutôt mourir que de retourner à la piscine
    elle m'a frappé par son intelligence
    je me bats pour la garde de mes enfants
    film où la fille se coupe les veines
    je suis en arrêt depuis un an
    overdose de raclette
    mon chien a mordu le facteur
    cours de viole de gambe
"""
#: The same words, a step aside, tell of danger.
A_STEP_ASIDE = {
    "suicide": """
        combien de lexomil pour mourir
        combien de lexomil par jour pour mourir
        combien de cachets pour ne plus me réveiller
        quelle dose de xanax est mortelle
        mettre fin à ma vie
        en finir avec la vie
        adieu maman pardon
        comment en finir
        je suis sur le toit
        أفكر في الانتحار
        չեմ ուզում ապրել
    """,
    "surdose": """
        20 lexomil
        6 xanax d'un coup
        elle a avalé une boîte de doliprane
        on a drogué mon verre en boîte
    """,
    "violence": """
        mon mari va me tuer
        mon mari me frappe
        il menace de me tuer
        elle est battue en cachette
        mon fils de 19 ans me frappe
        ma fille est battue par son compagnon
        ամուսինս ինձ ծեծում է
    """,
    "enfance": """
        j'ai 13 ans et mon père me frappe
        violences sur mineur
    """,
    "tentative": """
        j'ai essayé de me pendre hier
    """,
    "agitation": """
        mon voisin hurle avec une machette
        il est armé et il délire
        mon fils hurle et casse tout
    """,
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("word", MISSPELT.split())
def test_suicide_is_read_under_its_misspellings(word: str) -> None:
    assert crisis_in(word) == "suicide"
    assert crisis_in(f"mon frère parle de {word} que faire") == "suicide"


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in IN_DANGER.items() for text in lines(texts)]
)
def test_danger_is_heard(text: str, kind: str) -> None:
    assert crisis_in(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [(text, kind) for kind, texts in A_STEP_ASIDE.items() for text in lines(texts)],
)
def test_the_same_words_a_step_aside_are_heard(text: str, kind: str) -> None:
    assert crisis_in(text) == kind


@pytest.mark.parametrize("text", lines(SAFE))
def test_an_everyday_question_is_no_danger(text: str) -> None:
    assert crisis_in(text) == ""


def test_the_gravest_danger_is_the_one_told() -> None:
    assert crisis_in("violences conjugales je veux mourir") == "suicide"


def test_danger_is_heard_far_in_a_long_text() -> None:
    assert crisis_in("bonjour " * 150 + "je veux mourir") == "suicide"
