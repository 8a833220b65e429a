"""French words that tell a place from what is not one."""

import lzma
from functools import cache

from portal.geo.services import DATA_DIR


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that tie the parts of a name: « Salon-de-Provence », « Aix-en-Provence ».
TIES = _words("a au aux d de des du en et l la le les lez sous sur")
ARTICLES = _words("l la le les")
#: Words that every sentence has: no name begins or ends with one.
GRAMMAR = TIES | _words(
    """
    ai ans as avec avez avoir c ce ces cet cette chez comment est et ils il elle elles eux fait ici
    j je leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont ou par pas plus pour qu
    quand que quel quelle qui quoi s sa sans se ses si soi son suis sont t ta te tes toi ton trop
    tres tu un une vos votre vous y
    """
)
#: What a name may begin with, and which names nothing alone: « port », « plan », « saint ».
GENERIC = _words(
    """
    baie bain bains bas basse beau bel belle bois bon bonne bourg camp cap champ chateau cite clos
    col cote croix deux eau fontaine font fort grand grande gros grosse haut haute ile isle lac long
    marche mare mas mer mont moulin neuf neuve notre nouveau nouvelle petit petite pierre plan pont
    port pre puy riviere roche roque sable sables saint sainte saintes saints sept source tour trois
    val vallee vieille vieux village villages ville
    """
)
#: Ordinary words that are well-known towns: « cmp tours », « psy à vienne ».
TOWN_AND_WORD = _words(
    """
    angles cognac dax die dole gap grasse lens loos melun menton moulins nancy nice orange paris
    plaisance royan saintes sceaux sens tours vienne vitre
    """
)
#: What a number counts, when it names no place: « marseille 3 enfants », « 13 ans ».
UNITS = _words(
    """
    an ans annee annees mois semaine semaines jour jours h heure heures min mn minute minutes km kms
    kilometre kilometres enfant enfants fille filles garcon garcons fois euro euros personne
    personnes seance seances
    """
)
QUARTER_WORDS = _words("arrondissement arrondissements arr ardt arrdt arrondisement")
#: After an arrondissement, these tell only a side of it: « le 15e nord ».
COMPASS = _words("nord sud est ouest centre")
#: What « à » makes an idiom with, when no town is meant: « à bout », « à vif », « à la rue ».
IDIOMS = _words(
    """
    aide bout bras cause charge cheval chemin court cours coeur cran distance domicile droite feu
    fleur fond force froid gauche genoux haute jour large ligne long lui main merci midi mi moitie
    mort mourir neuf nouveau nu part partir peine personne pic pied pieds place plat plein point
    port propos quai raison rien risque rue sec service signe sourd suite table tard temps terme
    terre tete tiers titre tort tour tout travers usage vendre vide vie vif vivre voile vol vue
    """
)
#: After « paris », these make it bets and no town.
BETS = _words("foot gagnants hippique hippiques sportif sportifs")
#: Before a name, these make it the name of a street: « rue de Lyon ».
STREETS = _words(
    "allee allees avenue av bd boulevard chemin cours esplanade impasse montee place quai route rue"
)
#: Before the name of a saint, these make it the name of a house: « hôpital Saint-Joseph ».
HOUSES = _words(
    """
    chapelle clinique college ecole eglise ehpad fondation foyer hopital institut lycee maternite
    paroisse pavillon residence unite
    """
)
#: Before the name of a town, these make it the name of a person: « Édouard Toulouse ».
PERSONS = _words(
    """
    alain andre anne antoine bernard catherine charles claude denis docteur dr edouard emile etienne
    eugene francois francoise georges gerard henri jacques jean joseph jules julien laurent louis
    lucien madame marc marcel marie martin maurice michel mlle mme monsieur nicolas patrick paul
    philippe pierre pr professeur rene robert roger simone thomas victor vincent yves
    """
)
#: What stands before the number of an emergency line: « samu 15 » is no department.
CALLS = _words(
    "appel appeler appelez composer composez faire faites numero pompiers police samu tel"
)
#: What may follow a name in a text of few words: « cmp tours pour enfant ».
LINKS = _words("pour avec et ou sans cedex")


@cache
def ordinary_words() -> frozenset[str]:
    """French words that a commune's name is, or that one wrong letter makes of one.

    « Sens », « Angoisse », « salon »; words that mean the town first (« rennes », « cassis »)
    are not there. Chosen among the words of the Dicollecte spelling dictionary (7.5) that the
    frequency lists of wordfreq (3.1) hold above 2.5 on the scale of Zipf; with the usual
    words of English, whose readers write here too.
    """
    with lzma.open(DATA_DIR / "ordinary_words.txt.xz", "rt", encoding="utf-8") as lines:
        return frozenset(lines.read().split())
