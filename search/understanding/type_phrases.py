"""The ways to name each type of place and of page, known whatever the directory holds."""

from django.utils.translation import gettext_lazy as _

from search.understanding.phrases import PhraseMeaning

#: Names: only this type is then wanted. Acronyms, full names, and how people say them.
NAMES = {
    "LIGNE_ECOUTE": """
        ligne d’écoute; numéro d’écoute; écoute téléphonique; ligne d’aide; numéro d’aide;
        numéro d’appel; numéro vert; plateforme d’écoute; permanence téléphonique""",
    "URGENCES_PSY": """
        urgences psychiatriques; urgence psy; urgences de psychiatrie; centre d’accueil permanent;
        cap 48; cap 72; caup; service d’urgence psychiatrique""",
    "CENTRE_CRISE": """
        centre de crise; centre d’accueil et de crise; accueil de crise; unité de crise;
        unité d’accueil et de crise; centre d’accueil de crise""",
    "CMP": """
        cmp; cmpa; centre médico-psychologique; centre médico-psy; centre médical psychologique;
        cmp adulte; centre médico-psychologique adulte; dispensaire de secteur;
        consultation de psychiatrie publique""",
    "CMPEA": """
        cmpea; cmp ea; cmpij; cmp ij; cmp enfant; cmp enfants et adolescents; cmp infanto-juvénile;
        cmp infantile; cmp pédopsychiatrie; cmp pédopsy; cmp pour mineurs;
        centre médico-psychologique pour enfants et adolescents;
        centre médico-psychologique enfant; centre médico-psychologique infanto-juvénile;
        centre médico-psychologique infantile; pédopsychiatrie de secteur""",
    "CMPP": "cmpp; centre médico-psycho-pédagogique; centre psycho-pédagogique",
    "CAMSP": "camsp; centre d’action médico-sociale précoce; action médico-sociale précoce",
    "CATTP": """
        cattp; catp; centre d’accueil thérapeutique à temps partiel; centre d’accueil thérapeutique;
        accueil thérapeutique à temps partiel; accueil thérapeutique""",
    "HDJ": """
        hdj; hôpital de jour; hôpital de journée; hospitalisation de jour;
        hospitalisation à temps partiel""",
    "HOPITAL_PSY": """
        hôpital psychiatrique; hôpital psy; hôpital de psychiatrie; hôpital spécialisé;
        hôpital en psychiatrie; centre hospitalier spécialisé; centre hospitalier psychiatrique;
        établissement psychiatrique; établissement public de santé mentale; epsm; hp; chs;
        hospitalisation psychiatrique; hospitalisation en psychiatrie;
        asile psychiatrique; asile de fous""",
    "CLINIQUE": """
        clinique psychiatrique; clinique psy; clinique de psychiatrie; clinique de santé mentale;
        clinique privée psychiatrique""",
    "CLIP": """
        clip; centre local d’intervention précoce; équipe d’intervention précoce;
        intervention précoce""",
    "REHAB": """
        réhabilitation psychosociale; réhabilitation psycho-sociale; réhab; réhab psychosociale;
        réhabilitation en santé mentale; centre de réhabilitation; c2r; c2rp; csr; crr""",
    "EMPP": """
        empp; équipe mobile psychiatrie précarité; équipe mobile précarité;
        équipe mobile de psychiatrie et précarité; équipe mobile précarité psychiatrie""",
    "EQUIPE_MOBILE": """
        équipe mobile; équipe mobile de psychiatrie; équipe mobile de santé mentale;
        équipe mobile de soins intensifs; emsi; elsm; équipe de liaison en santé mentale""",
    "VIGILANS": "vigilans; vigilan s; dispositif vigilans",
    "CUMP": """
        cump; cellule d’urgence médico-psychologique; cellule médico-psychologique;
        cellule psychologique""",
    "PERINATALITE": """
        psychiatrie périnatale; périnatalité; unité mère-bébé; unité mère-enfant;
        unité parents-bébé; psy périnatale; psychopérinatalité""",
    "GERONTOPSY": """
        psychiatrie de la personne âgée; gérontopsy; gérontopsychiatrie; géronto-psychiatrie;
        psychogériatrie; psycho-gériatrie;
        psychiatrie du sujet âgé""",
    "PSYCHOTRAUMA": """
        psychotrauma; psycho-trauma; psychotraumatisme; psychotraumatologie;
        centre du psychotraumatisme; centre régional du psychotraumatisme; crp""",
    "TCA": """
        tca; troubles des conduites alimentaires; troubles du comportement alimentaire;
        troubles alimentaires""",
    "CSAPA": """
        csapa; centre d’addictologie; centre de soins en addictologie; addictologie;
        centre de soins, d’accompagnement et de prévention en addictologie; centre d’alcoologie;
        service d’addictologie""",
    "CAARUD": """
        caarud; centre d’accueil et d’accompagnement à la réduction des risques;
        centre d’accueil et d’accompagnement à la réduction des risques pour usagers de drogues""",
    "CJC": "cjc; consultation jeunes consommateurs; consultation jeune consommateur",
    "MDA": """
        mda; maison des adolescents; maison des ados; maison de l’adolescent; maison de l’ado;
        espace ado; maison des jeunes et de la santé""",
    "PAEJ": """
        paej; point accueil écoute jeunes; point écoute jeunes; point accueil jeunes;
        espace écoute jeunes""",
    "BAPU": "bapu; bureau d’aide psychologique universitaire",
    "PCO": "pco; pco tnd; plateforme de coordination et d’orientation; plateforme tnd",
    "CRA": "cra; centre de ressources autisme; centre ressource autisme",
    "GEM": """
        gem; groupe d’entraide mutuelle; entraide mutuelle; groupe d’entraide;
        groupement d’entraide mutuelle""",
    "CLUBHOUSE": "clubhouse; club house",
    "PAIR_AIDANCE": """
        pair-aidance; pair-aidant; pairs-aidants; paire-aidance; médiateur de santé pair;
        médiateur pair; travailleur pair; entraide entre pairs""",
    "UNAFAM": """
        unafam; association de familles; association de proches; association de parents de malades;
        association de parents d’enfants malades; association d’aidants;
        union nationale de familles et amis de personnes malades et/ou handicapées psychiques""",
    "PROFAMILLE": "profamille; pro-famille; programme bref; programme pour les proches",
    "SAVS": """
        savs; service d’accompagnement à la vie sociale; service d’aide à la vie sociale;
        aide à la vie sociale""",
    "SAMSAH": """
        samsah; service d’accompagnement médico-social pour adultes handicapés;
        service d’accompagnement médico-social""",
    "ESAT": """
        esat; établissement et service d’accompagnement par le travail;
        établissement et service d’aide par le travail; travail protégé; milieu protégé""",
    "EAM": """
        eam; établissement d’accueil médicalisé; foyer d’accueil médicalisé;
        maison d’accueil spécialisée""",
    "MDPH": "mdph; maison départementale des personnes handicapées; maison du handicap",
    "DAC": "dac; dispositif d’appui à la coordination; plateforme territoriale d’appui; pta",
    "C360": "c360; communauté 360; communauté 360 handicap; 0 800 360 360",
    "CPTS": "cpts; communauté professionnelle territoriale de santé",
    "CLSM": """
        clsm; conseil local de santé mentale; conseil local en santé mentale;
        conseil intercommunal de santé mentale""",
    "MON_SOUTIEN_PSY": "mon soutien psy; monsoutienpsy; monpsy; dispositif mon soutien psy",
    "DROITS": "droits et démarches; accès aux droits; point-justice; maison de la justice",
    "LOGEMENT": """
        logement accompagné; pension de famille; maison relais; résidence accueil;
        habitat inclusif; appartement thérapeutique; appartement de coordination thérapeutique;
        un chez-soi d’abord; logement adapté; foyer d’hébergement""",
    "PAGE_PTSM": """
        ptsm; projet territorial de santé mentale; projet territorial; feuille de route;
        feuille de route santé mentale; diagnostic territorial""",
    "ACTION_PTSM": """
        actions du ptsm; action ptsm; fiche action; actions de la feuille de route;
        actions du projet territorial; actions du projet territorial de santé mentale;
        plan d’actions; projets du ptsm""",
    "NEWSLETTER": """
        newsletter; lettre d’information; lettre d’infos; infolettre; lettre du ptsm;
        s’abonner à la lettre; abonnement newsletter""",
    "EVENEMENT": """
        agenda; événement; prochains événements; événements à venir; semaine de la santé mentale;
        semaines d’information sur la santé mentale; sism; calendrier des événements""",
    "LEXIQUE": "lexique; glossaire; liste des sigles; sigles",
}

#: Names that leave open which of these is meant.
PLAIN = {
    "psy; psychologue; psychologues libéraux; consultation psychologique; consultation psy;"
    "suivi psychologique; soutien psychologique; aide psychologique; psychothérapie;"
    "psychothérapeute; thérapie; thérapeute": "CMP MON_SOUTIEN_PSY",
    "psychologist; therapist; counselling; counseling; counsellor; psicólogo; psicóloga;"
    "psicologo; psicologa; psikolog; psiholog; психолог; أخصائي نفسي; طبيب نفسي; معالج نفسي;"
    "tbib nafsi": "CMP MON_SOUTIEN_PSY",
    "psychiatrist; psiquiatra; psichiatra; psikiyatrist; psihiatru; психиатр;"
    "mental health; salud mental; saúde mental; salute mentale; الصحة النفسية": "CMP",
    "psychologue remboursé; psychologue pas cher; psy remboursé;"
    "psy pas cher; psychologue conventionné; psy conventionné; psychologue moins cher;"
    "psychologue sécu; psy sécu; séances remboursées; psychologue pris en charge;"
    "consultation psy remboursée; pas les moyens de payer un psy": "MON_SOUTIEN_PSY CMP",
    "psychiatre; psychiatre public; psychiatrie; service de psychiatrie;"
    "infirmier psy; infirmière psychiatrique; dispensaire": "CMP",
    "pédopsychiatre; pédopsychiatrie; pédopsy; pédopsychologue": "CMPEA CMPP",
    "service de santé étudiante; sumpps; médecine universitaire": "BAPU MON_SOUTIEN_PSY",
    "hôpital; hôpitaux; centre hospitalier; asile": "HOPITAL_PSY",
    "clinique": "CLINIQUE",
    "hospitalisation; être hospitalisé": "HOPITAL_PSY CLINIQUE",
    "urgences; urgence": "URGENCES_PSY",
    "addictologue; alcoologue; alcoologie": "CSAPA",
    "réduction des risques": "CAARUD CSAPA",
    "événement traumatique; événement traumatisant; événement violent": "PSYCHOTRAUMA CMP",
    "entraide": "GEM PAIR_AIDANCE",
    "colloque; conférence; journée d’étude; webinaire; ciné-débat;forum santé mentale": "EVENEMENT",
}

#: For whom a type is by its nature: said by its name, without a word more.
FOR_WHOM = {
    "CMPEA": "enfants",
    "CMPP": "enfants",
    "CAMSP": "enfants",
    "PCO": "enfants",
    "MDA": "adolescents",
    "PAEJ": "adolescents",
    "CJC": "adolescents",
    "BAPU": "etudiants",
    "GERONTOPSY": "personnes_agees",
    "EMPP": "precarite",
    "UNAFAM": "proches",
    "PROFAMILLE": "proches",
    "DAC": "professionnels",
    "CPTS": "professionnels",
}

#: Kinds of pages, as the reader sees them.
PAGES = {
    "PAGE_INFO": _("Informations"),
    "PAGE_PTSM": _("Le projet territorial"),
    "ACTION_PTSM": _("Fiches-actions"),
    "NEWSLETTER": _("Lettres d’information"),
    "EVENEMENT": _("Agenda"),
    "LEXIQUE": _("Lexique"),
}

#: What is nearest in kind, when a directory has no place of a type.
KIN = {
    "URGENCES_PSY": "CENTRE_CRISE HOPITAL_PSY LIGNE_ECOUTE",
    "CENTRE_CRISE": "URGENCES_PSY CMP LIGNE_ECOUTE",
    "CMP": "MON_SOUTIEN_PSY CATTP HDJ",
    "CMPEA": "MDA CMPP CAMSP",
    "CMPP": "CMPEA CAMSP MDA",
    "CAMSP": "CMPEA PCO CMPP",
    "CATTP": "CMP HDJ GEM",
    "HDJ": "CATTP CMP REHAB",
    "HOPITAL_PSY": "CLINIQUE URGENCES_PSY CMP",
    "CLINIQUE": "HOPITAL_PSY HDJ CMP",
    "CLIP": "CMP MDA HOPITAL_PSY",
    "REHAB": "CATTP HDJ CMP",
    "EMPP": "EQUIPE_MOBILE CMP LOGEMENT",
    "EQUIPE_MOBILE": "EMPP CMP HOPITAL_PSY",
    "VIGILANS": "LIGNE_ECOUTE URGENCES_PSY CMP",
    "CUMP": "PSYCHOTRAUMA URGENCES_PSY",
    "PERINATALITE": "CMP CMPEA",
    "GERONTOPSY": "CMP HOPITAL_PSY EQUIPE_MOBILE",
    "PSYCHOTRAUMA": "CMP LIGNE_ECOUTE",
    "TCA": "CMP MDA HOPITAL_PSY",
    "CSAPA": "CJC CAARUD LIGNE_ECOUTE",
    "CAARUD": "CSAPA",
    "CJC": "CSAPA MDA",
    "MDA": "PAEJ CMPEA",
    "PAEJ": "MDA CMPEA LIGNE_ECOUTE",
    "BAPU": "MON_SOUTIEN_PSY MDA CMP",
    "PCO": "CAMSP CMPEA CRA",
    "CRA": "PCO CMPEA CMP",
    "GEM": "CLUBHOUSE PAIR_AIDANCE",
    "CLUBHOUSE": "GEM PAIR_AIDANCE ESAT",
    "PAIR_AIDANCE": "GEM CLUBHOUSE",
    "UNAFAM": "PROFAMILLE LIGNE_ECOUTE GEM",
    "PROFAMILLE": "UNAFAM",
    "SAVS": "SAMSAH MDPH",
    "SAMSAH": "SAVS MDPH",
    "ESAT": "CLUBHOUSE MDPH REHAB",
    "EAM": "MDPH LOGEMENT SAMSAH",
    "MDPH": "DROITS C360",
    "DAC": "C360 CPTS",
    "C360": "DAC MDPH",
    "CPTS": "DAC",
    "CLSM": "DAC",
    "MON_SOUTIEN_PSY": "CMP BAPU",
    "DROITS": "MDPH UNAFAM",
    "LOGEMENT": "SAVS SAMSAH EMPP",
    "LIGNE_ECOUTE": "URGENCES_PSY CMP",
}


def nearest_in_kind(types: tuple[str, ...]) -> tuple[str, ...]:
    """The types to offer in place of these, nearest first."""
    near = (code for wanted in types for code in KIN.get(wanted, "CMP").split())
    return tuple(dict.fromkeys(code for code in near if code not in types))


def naming(code: str) -> PhraseMeaning:
    """What it means to name a type."""
    return PhraseMeaning(types=(code,), implied=FOR_WHOM.get(code, ""))


def phrases() -> list[tuple[str, PhraseMeaning]]:
    """Every phrase known here, with its meaning."""
    named = [(name, naming(code)) for code, names in NAMES.items() for name in names.split(";")]
    plain = [
        (name, PhraseMeaning(likely=tuple(codes.split())))
        for names, codes in PLAIN.items()
        for name in names.split(";")
    ]
    return named + plain
