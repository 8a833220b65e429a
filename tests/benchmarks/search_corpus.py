"""A directory of all France that does not exist, and questions about it: always the same."""

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from portal.geo.place import Place, PlaceMode
from portal.geo.services import read_rows
from search.contracts import EngineQuery, SearchDocument, SearchFilters, SearchScope

#: Type, ways to say it, how many of them in a hundred entries, publics.
TYPES = [
    ("CMP", "centre médico-psychologique adultes psychiatrie", 14, ["adultes"]),
    ("CMPEA", "centre médico-psychologique enfants adolescents", 9, ["enfants", "adolescents"]),
    ("CATTP", "centre d’accueil thérapeutique à temps partiel", 7, ["adultes"]),
    ("HDJ", "hôpital de jour", 8, ["adultes"]),
    ("CMPP", "centre médico-psycho-pédagogique", 5, ["enfants", "adolescents"]),
    ("GEM", "groupe d’entraide mutuelle association", 6, ["adultes"]),
    ("CSAPA", "addictologie alcool drogues", 5, ["addictions"]),
    ("MDA", "maison des adolescents jeunes", 2, ["adolescents"]),
    ("PAEJ", "point d’accueil écoute jeunes", 4, ["adolescents", "etudiants"]),
    ("SAVS", "service d’accompagnement à la vie sociale", 6, ["handicap"]),
    ("SAMSAH", "accompagnement médico-social pour adultes handicapés", 4, ["handicap"]),
    ("MON_SOUTIEN_PSY", "psychologue conventionné séances remboursées", 14, []),
    ("EMPP", "équipe mobile psychiatrie précarité", 2, ["precarite"]),
    ("HOPITAL_PSY", "hôpital psychiatrique clinique", 3, []),
    ("UNAFAM", "familles proches entraide", 2, ["proches"]),
    ("CLSM", "conseil local de santé mentale", 3, ["professionnels"]),
    ("DAC", "dispositif d’appui à la coordination", 2, ["professionnels"]),
    ("ESAT", "travail protégé", 4, ["handicap"]),
]
NAMES = [
    "La Garenne", "Les Alyscamps", "Bellevue", "Le Phare", "Les Canaux", "Jean-Moulin",
    "Camille-Claudel", "Pinel", "Henri-Ey", "Les Tilleuls", "La Source", "Le Passage", "L’Éveil",
    "Les Cèdres", "Paul-Éluard", "Montaigne", "Les Glycines", "Le Relais", "Esquirol", "Le Rivage",
]  # fmt: skip
SENTENCES = """
Consultations de psychiatrie pour les adultes du secteur, gratuites et confidentielles.
On y soigne la dépression, l’anxiété, les troubles du sommeil et les angoisses.
Une équipe de psychiatres, psychologues, infirmiers et assistantes sociales vous reçoit.
Le premier accueil est fait par un infirmier, sans avance de frais.
Accueil sans rendez-vous le matin, sur rendez-vous l’après-midi.
Un groupe de parole réunit les proches et les familles chaque mois.
Ateliers de peinture, de jardinage, de cuisine et de théâtre.
L’équipe se déplace à domicile quand sortir de chez soi est trop difficile.
Soutien après un deuil, une séparation, un accident ou une agression.
Accompagnement vers l’emploi, le logement et les droits sociaux.
Prise en charge des troubles du comportement alimentaire, anorexie et boulimie.
Évaluation et bilan pour les enfants qui ont du mal à l’école.
Thérapies familiales, thérapies brèves et psychothérapies de groupe.
Réhabilitation psychosociale : reprendre confiance, mieux vivre avec la schizophrénie.
Éducation thérapeutique sur les troubles bipolaires et les traitements.
Aide à l’arrêt de l’alcool, du tabac, du cannabis et des écrans.
Consultations pour les futures mères et les jeunes parents, autour de la naissance.
Prévention du suicide : rappel des personnes après un passage aux urgences.
Écoute des jeunes qui se sentent seuls, harcelés ou rejetés.
Lieu convivial pour rompre l’isolement, géré par ses adhérents.
Orientation vers le bon interlocuteur, soutien aux médecins et aux professionnels.
Hospitalisation de jour avec des soins intensifs et un repas thérapeutique.
Consultation pour les personnes âgées, la mémoire et les aidants.
Locaux accessibles en fauteuil, à deux minutes de la gare.
Interprètes sur demande ; entretiens possibles en anglais et en arabe.
Fermé pendant les vacances ; en dehors des heures, appelez les urgences.
Médiation avec les animaux et promenades en forêt.
Repérage précoce des troubles du spectre de l’autisme chez les tout-petits.
Prise en charge du psychotraumatisme : EMDR, hypnose, thérapies d’exposition.
Halte de répit pour les aidants, sur inscription.
Logements partagés avec une présence éducative en soirée.
Musicothérapie, chorale et écriture.
Accompagnement des personnes sourdes en langue des signes.
Remédiation cognitive : mémoire, attention, organisation.
Permanence juridique sur les soins sans consentement.
Distribution de matériel de réduction des risques.
Visites à la maternité et à domicile, lien mère-bébé.
Groupe pour les entendeurs de voix.
Gestion du stress, sophrologie et relaxation.
Bilan de compétences et stages en entreprise adaptée.
Sorties culturelles, sport adapté et séjours de vacances.
Soins dentaires et suivi de la santé physique.
Aide aux démarches : MDPH, allocation, curatelle.
Consultation transculturelle pour les personnes exilées.
Phobie scolaire et refus de l’école : reprise progressive.
Jeux d’argent et jeux vidéo : consultations sans jugement.
Lits d’accueil de crise pour quelques jours.
Téléconsultation le soir et le samedi.
Prévention du burn-out des soignants et des agriculteurs.
Atelier numérique et café des parents.
""".strip().splitlines()
PRACTICAL = {"gratuit": 0.6, "sansrdv": 0.25, "pmr": 0.5, "distance": 0.1}
AGES = {"adultes": "18-64", "enfants": "3-11", "adolescents": "12-17"}
ENTRIES = 30_000
QUESTIONS = 200


class France:
    """The communes of each department, big ones more often."""

    def __init__(self) -> None:
        self.communes: dict[str, list[dict[str, str]]] = {}
        for row in read_rows("communes"):
            if row["lat"] and row["population"]:
                self.communes.setdefault(row["departement"], []).append(row)
        self.departments = sorted(self.communes)
        self.weights = {
            department: list(accumulate(int(row["population"]) for row in rows))
            for department, rows in self.communes.items()
        }

    def commune(self, department: str, chance: random.Random) -> dict[str, str]:
        weights = self.weights[department]
        return self.communes[department][bisect(weights, chance.random() * weights[-1] * 0.999)]


def documents(number: int = ENTRIES) -> Iterator[SearchDocument]:
    """As many entries for each department, and one page for fifty entries."""
    france, chance = France(), random.Random(4)  # noqa: S311
    kinds, shares = zip(*((one, one[2]) for one in TYPES), strict=True)
    for rank in range(number):
        department = france.departments[rank % len(france.departments)]
        kind, words, _share, publics = chance.choices(kinds, shares)[0]
        place = france.commune(department, chance)
        facets = _facets(publics, chance)
        sentences = _sentences(chance)
        is_entry = rank % 50 != 0
        yield SearchDocument(
            key=f"page:{rank}",
            kind=kind if is_entry else "PAGE_INFO",
            title=f"{kind} {chance.choice(NAMES)} de {place['nom']}",
            url=f"/annuaire/fiche-{rank}/",
            language="fr",
            is_entry=is_entry,
            kind_words=words,
            summary=" ".join(sentences[:2]),
            body=" ".join(sentences[2:]),
            lat=_near(place["lat"], chance) if is_entry and chance.random() < 0.95 else None,
            lon=_near(place["lon"], chance) if is_entry else None,
            communes=(place["code_insee"],),
            facets=facets,
            page_id=rank,
        )


def _sentences(chance: random.Random) -> list[str]:
    """A few sentences, each once: some are everywhere, as « consultations », others rare."""
    weights = [1 / (rank + 15) for rank in range(len(SENTENCES))]
    return list(dict.fromkeys(chance.choices(SENTENCES, weights, k=6)))


def _near(degrees: str, chance: random.Random) -> float:
    return float(degrees) + chance.gauss(0, 0.01)


def _facets(publics: list[str], chance: random.Random) -> dict[str, tuple[str, ...]]:
    facets = {
        "public": tuple(publics) if chance.random() < 0.9 else (*publics, "proches"),
        "pratique": tuple(code for code, share in PRACTICAL.items() if chance.random() < share),
        "age": tuple(AGES[public] for public in publics if public in AGES),
    }
    if chance.random() < 0.08:
        facets["langue"] = (chance.choice(["en", "ar", "lsf"]),)
    return facets


WORDS = [
    "dépression", "troubles du sommeil", "groupe de parole proches", "alcool", "psychologue",
    "anorexie enfants", "schizophrénie emploi", "deuil", "équipe mobile domicile", "angoisses",
    "arrêt cannabis jeunes", "hôpital de jour", "thérapie familiale", "urgences", "bipolaire",
    "ateliers peinture jardinage", "harcèlement école", "aidants mémoire", "interprète arabe",
    "camille claudel", "bellevue", "logement droits sociaux",
    # Held by no document together: any of them will do.
    "phobie sommeil", "kinésithérapeute alcool", "dépression sylvothérapie adolescents",
]  # fmt: skip
FILTERS = [
    SearchFilters(),
    SearchFilters(public="adultes"),
    SearchFilters(km=20),
    SearchFilters(km=50, practical=("gratuit",)),
    SearchFilters(public="adolescents", practical=("gratuit",), km=20),
    SearchFilters(language="en"),
    SearchFilters(types=("CMP", "CATTP")),
]


def questions(number: int = QUESTIONS) -> list[EngineQuery]:
    """Questions of readers: near a place; in words, by type, by plain words, or by browsing."""
    france, chance = France(), random.Random(40)  # noqa: S311
    shapes = [
        lambda: {"words": chance.choice(WORDS)},
        lambda: {"words": chance.choice(WORDS)},
        lambda: {"words": chance.choice(WORDS), "synonyms": ("sophrologie", "psychotraumatisme")},
        lambda: {"types": (chance.choice(TYPES)[0],)},
        lambda: {"types": ("CMP", "CMPEA"), "words": chance.choice(WORDS)},
        lambda: {"words": chance.choice(WORDS), "likely_types": ("CMP", "GEM")},
        lambda: {"scope": SearchScope.ENTRIES},
    ]
    asked = []
    for rank in range(number):
        place = france.commune(chance.choice(france.departments), chance)
        asked.append(
            EngineQuery(
                **shapes[rank % len(shapes)](),
                place=_place(place) if rank % 8 else None,
                filters=FILTERS[rank % 5] if rank % 8 else chance.choice([FILTERS[0], FILTERS[5]]),
                offset=20 if rank % 10 == 9 else 0,
            )
        )
    return asked


def _place(commune: dict[str, str]) -> Place:
    return Place(
        code=commune["code_insee"],
        name=commune["nom"],
        mode=PlaceMode.EXACT,
        lat=float(commune["lat"]),
        lon=float(commune["lon"]),
        codes=(commune["code_insee"],),
    )


def beginnings(number: int = QUESTIONS) -> list[str]:
    """What readers have typed when the box proposes titles."""
    chance = random.Random(400)  # noqa: S311
    france = France()
    words = ["cm", "cmp", "cen", "hd", "gem les", "cmp bell", "mais", "la", "le", "de", "sa"]
    names = [
        france.commune(department, chance)["nom"][: chance.randint(2, 6)]
        for department in france.departments
    ]
    return [chance.choice(words if rank % 2 else names) for rank in range(number)]
