"""The words of danger, the ways to write them, and the everyday words that look like them.

The phrases are in ``data/crisis.txt``.
"""

SUICIDE, OVERDOSE, CHILD = "suicide", "surdose", "enfance"
VIOLENCE, EMERGENCY = "violence", "urgence"
#: The graver danger hides the other ones.
KINDS = (SUICIDE, OVERDOSE, CHILD, VIOLENCE, EMERGENCY)

#: As people write in haste, and what it stands for.
SHORT = {
    "jveux": "je veux",
    "jveu": "je veux",
    "jve": "je veux",
    "jv": "je veux",
    "veu": "veux",
    "jvais": "je vais",
    "jsuis": "je suis",
    "chui": "je suis",
    "chuis": "je suis",
    "jpeux": "je peux",
    "jpe": "je peux",
    "jme": "je me",
    "jpense": "je pense",
    "jai": "ai",
    "jen": "en",
    "jenvie": "ai envie",
    "envi": "envie",
    "envies": "envie",
    "pu": "plus",
    "mourrir": "mourir",
    "mourire": "mourir",
    "mourrire": "mourir",
    "morir": "mourir",
    "mouriir": "mourir",
    "mourri": "mourir",
    "mourrer": "mourir",
    "suprimer": "supprimer",
    "disparetre": "disparaitre",
    "disparaitr": "disparaitre",
    "disparaite": "disparaitre",
    "tuee": "tuer",
    "tuees": "tuer",
    "tues": "tuer",
    "vivr": "vivre",
    "fini": "finir",
    "finire": "finir",
    "finnir": "finir",
    "m": "me",
    "s": "se",
    "t": "te",
    "o": "au",
    "medoc": "medicament",
    "medocs": "medicament",
}

#: What a phrase calls by one name.
GROUPS = {
    "want": """
        veux voudrais voulais vais envie pense penser pensais songe besoin reve prefere
        prefererais aimerais souhaite cherche comment parle parler essaye essaie essayer tente
        tenter voulu pret prete""",
    "self": """
        me se te nous""",
    "other": """
        me nous la le les lui""",
    "drug": """
        medicament~ cachet~ comprime comprimes pilule pilules gelules somnifere somniferes
        anxiolytique~ antidepresseur~ neuroleptique~ doliprane~ paracetamol xanax lexomil valium
        temesta seresta lysanxia stilnox imovane tercian plaquette plaquettes boite boites javel
        poison drogue heroine methadone subutex pills meds""",
    "kin": """
        mari conjoint conjointe compagnon compagne copain copine mec ex pere mere femme frere
        soeur oncle papa maman fils fille patron chef voisin prof""",
    "child": """
        enfant enfants bebe nourrisson fils fille filles mineur mineure ado adolescent
        adolescente gamin eleve neveu niece petit petite""",
    "harms": """
        frappe frappes frappent frappait tape tapes tapent tapait bat bats battent battait cogne
        cognent gifle giflent etrangle brutalise maltraite maltraitent maltraitait viole violait
        sequestre tabasse harms insulte""",
    "harmed": """
        battu battue battues frappe frappee frapper viole violee violees violer agresse agressee
        agresser tabasse tabassee tabasser etranglee maltraite maltraitee maltraites""",
}

#: One word is enough; found with their typing errors.
WORDS = {
    SUICIDE: """
        suicide suicides suicider suicidaire suicidaires suicidalite pendaison defenestration
        scarification scarifications scarifier automutilation automutilations automutiler""",
    OVERDOSE: """
        surdose surdoses surdosage overdose overdoses""",
    VIOLENCE: """
        violence violences violenter violentee viol viols violee violees violeur violeurs
        inceste incestes incestueux incestueuse agression agressions agressee maltraitance
        maltraitances feminicide feminicides tabassee""",
    EMERGENCY: """
        urgence urgences""",
}

_ORDINARY = """
    adressee adressees agresseur apprecions argences clarification clarifier gratification
    impression infeste infestee infestees insecte insectes insiste insistes insistez izeste
    overdrive pandelon progression regression sacrifice sacrifier sacrifierai sacrifierais soisy
    soizy subside subsides succede succeder suisse suisses suite suites suivi suivie suivies
    suivis suivre suizy surdite surdoue surdouee surdouees surdoues surprise surprises valence
    verifier violay violes violet violets violette violettes violine violles violon violoncelle
    violoniste violons volant volante volantes volants volee volees volent voleur voleurs
"""
#: Everyday words and names of towns that a slip of the finger, or the ear, would take for these.
ORDINARY = frozenset(_ORDINARY.split())
