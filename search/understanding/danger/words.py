"""The words of danger, the classes that rules and model share, and what only looks like danger.

The phrases are in ``data/rules.txt``. No number of a help line is here: see ``portal.crisis``.
"""

SUICIDE, ATTEMPT, OVERDOSE, CHILD = "suicide", "tentative", "surdose", "enfance"
VIOLENCE, AGITATION, BREATH, EMERGENCY = "violence", "agitation", "respiration", "urgence"
#: Without a roof tonight, with a child, pregnant, or in the cold.
SHELTER = "sans_abri"
#: The graver danger hides the other ones.
KINDS = (BREATH, ATTEMPT, OVERDOSE, SUICIDE, CHILD, VIOLENCE, AGITATION, SHELTER, EMERGENCY)

DISTRESS, BEREAVED, PAST_ABUSE = "detresse", "deuil_suicide", "abus_ancien"
NOT_NOW, LEARNED, NO_ROOF = "sans_danger", "prevention", "ou_dormir"
#: Help about violence is looked for, and nobody says that they live it (« association violences »).
ABOUT_VIOLENCE = "violences"
#: What is answered quietly: somebody who has no roof, who suffers, who lost somebody, who says that
#: it is over.
QUIET_KINDS = (BEREAVED, PAST_ABUSE, NO_ROOF, ABOUT_VIOLENCE, DISTRESS, NOT_NOW, LEARNED)
#: What is answered when a danger is only the subject of a text, with nobody who lives it: help is
#: shown all the same, quietly.
SUBJECTS = {
    SUICIDE: DISTRESS,
    OVERDOSE: DISTRESS,
    CHILD: ABOUT_VIOLENCE,
    VIOLENCE: ABOUT_VIOLENCE,
}

#: Classes of words: ``=verb`` is any form of it (``lemmas``), the others are written folded.
CLASSES = {
    "want": """
        =vouloir =pense =penser =songer =rêver =préférer =aimer =souhaiter =chercher =essayer
        =tenter =compter =désirer =espérer envie envies besoin pret prete hate comment parle parler
        parlait""",
    "future": "vais va vas allons allez vont irai ira vai",
    "self": "me se te nous",
    "other": "me nous la le les lui",
    "i": "je ai moi me mon ma mes suis",
    "they": "il elle ils elles on lui leur",
    "not": "pas plus jamais aucun aucune rien ni sans ne",
    "drug": """
        medicament medicaments medicamenteuse cachet cachets comprime comprimes pilule pilules
        gelule gelules somnifere somniferes anxiolytique anxiolytiques antidepresseur
        antidepresseurs neuroleptique neuroleptiques calmant calmants doliprane dolipranes
        paracetamol efferalgan dafalgan ibuprofene advil aspirine tramadol codeine morphine
        oxycodone xanax lexomil valium temesta seresta lysanxia stilnox imovane tercian zopiclone
        zolpidem alprazolam bromazepam diazepam atarax prozac seroplex effexor anafranil laroxyl
        risperdal zyprexa haldol lithium depakote rivotril lyrica plaquette plaquettes boite boites
        tablette tablettes flacon flacons insuline goutte gouttes traitement digoxine loxapac
        theralene donormyl melatonine nozinan abilify""",
    "poison": """
        javel poison detergent desherbant pesticide antigel destop
        raticide acide soude produit produits champignons muguet essence menager toilette""",
    "street": """
        drogue drogues heroine heroin cocaine coke crack methadone subutex cannabis shit ecstasy
        mdma lsd ketamine ghb gbl protoxyde poppers amphetamine amphetamines spice hero subu
        fentanyl
        taz proto buddha pregabaline 3mmc""",
    "drink": "=boire =picoler =saouler alcool vodka whisky bouteille bouteilles rhum biture ivre",
    "take": """
        =prendre =avaler =ingérer =gober =boire =ingurgiter =absorber =sniffer =injecter pris prise
        avale""",
    "much": """
        trop tous toutes toute plein beaucoup plusieurs entiere entier poignee vingt trente
        quarante cinquante quinze dix cent dizaine vingtaine trentaine""",
    "means": """
        corde cordes rasoir lame lames cutter couteau couteaux arme fusil pistolet revolver balle
        balles rails train trains metro pont ponts balcon toit fenetre immeuble falaise vide
        gaz veine veines poignet poignets noyade noeud ceinture poutre seringue""",
    "weapon": """
        arme armes arme fusil carabine pistolet revolver couteau couteaux machette hache flingue
        kalash marteau batte ciseaux cutter tournevis sabre""",
    "kill": """
        =tuer =suicider =pendre =noyer =flinguer =buter =immoler =défenestrer =zigouiller =supprimer
        =empoisonner =égorger =crever =mourir =asphyxier =électrocuter""",
    "dead": "mort morte morts mourir deces decede decedee cadavre tombe cercueil",
    "cut": """
        =scarifier =mutiler =automutiler =lacérer =taillader =entailler =couper =cutter =griffer
        =brûler =trancher =saigner =blesser""",
    "partner": """
        mari conjoint conjointe compagnon compagne copain copine mec ex femme epouse epoux
        concubin fiance fiancee cheri chum homme""",
    "kin": """
        mari conjoint conjointe compagnon compagne copain copine mec ex pere mere femme frere
        soeur oncle papa maman fils fille patron chef voisin prof beau belle tonton parrain cousin
        coach entraineur ami amie amis grand parents parent tante mamie papi papy oncle collegue
        pote proche frerot""",
    "child": """
        enfant enfants bebe nourrisson fils fille filles mineur mineure mineurs ado adolescent
        adolescente gamin gamine gamins gosse gosses eleve neveu niece petit petite petits petits
        fillette garcon garconnet gosse collegien collegienne lyceen lyceenne""",
    "adult_of_child": """
        pere mere papa maman beau oncle tonton parrain grand papi papy cousin frere prof coach
        entraineur cure voisin tata parents""",
    "harms": """
        =frapper =taper =battre =cogner =gifler =étrangler =brutaliser =maltraiter =violer
        =séquestrer =tabasser =insulter =brûler =mordre =pousser =secouer =menacer =humilier
        =rabaisser =terroriser =racketter =agresser =molester =rouer =poignarder =harceler
        =enfermer =violenter =bousculer =surveiller =contrôler =forcer =obliger harms bats bat
        battent battait tape tapes tapent tapait etrangle""",
    "hits": """
        =frapper =taper =battre =cogner =gifler =étrangler =brutaliser =maltraiter =violer
        =séquestrer =tabasser =poignarder =violenter =molester =étouffer =mordre =agresser
        =bousculer =défoncer =fracasser bat bats battent battait""",
    "harmed": """
        battu battue battus battues =violer =agresser =tabasser =étrangler =maltraiter =frapper
        =séquestrer =poignarder brule brulee abuse abusee abuses abusees""",
    "touch": "=toucher =tripoter =caresser =embrasser =déshabiller =peloter =attoucher",
    "break": "=casser =détruire =briser =saccager =défoncer =renverser =exploser",
    "rage": """
        violent violente violents dangereux dangereuse incontrolable incontrolables agressif
        agressive hysterique furieux dechaine menacant menacante forcene arme armee agite agitee
        ingerable""",
    "mad": "=délirer delire delirant parano paranoiaque hallucine hallucinations bouffee",
    "asleep": """
        inconscient inconsciente evanoui evanouie coma =réveiller inerte comateux comateuse
        reagit bouge repond reponds somnole""",
    "breath": "=respirer respiration souffle bleu bleue etouffe etouffer",
    "farewell": """
        adieu adieux testament lettre message derniere dernier obseques enterrement pardon
        pardonnez""",
    "life": "vie vivre exister existence monde jours demain avenir",
    "tired": "marre fatigue fatiguee las lasse assez epuise epuisee degoute degoutee ras",
    "useless": "fardeau poids boulet nul nulle inutile nuisible trop sers sert merde dechet",
    "sad": """
        triste seul seule pleure pleurer pleurs mal angoisse angoissee vide desespere desesperee
        deprime deprimee perdu perdue craque craquer souffre souffrance abandonne abandonnee""",
    "voice": "voix",
    "order": """
        =dire =ordonner =commander =demander =obliger =forcer disent dit disant ordonnent ordre
        ordres pousser poussent""",
    "past": """
        petite petit enfance jeune autrefois ans annees longtemps avant enfant passe
        ado adolescence""",
    "learn": """
        prevention formation former forum colloque conference etude statistiques chiffres memoire
        documentaire film livre serie chanson affiche campagne semaine journee""",
    "joke": "mdr ptdr lol xd rire haha blague film serie jeu chanson",
    "negated": "pas aucune aucun sans jamais non",
    "verb": """
        =abuser =aller =arrêter =cacher =commettre =courir =disparaître =entendre =fuir
        =interdire =jeter =marcher =massacrer =ouvrir =planter =plaquer =poursuivre
        =prostituer =quitter =retrouver =sacrifier =sauter =stalker =suivre =tailler
        =tirer =traquer =traîner =trouver =échapper =écrire""",
    "lost": "disparu disparue fugue introuvable perdu perdue errance",
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
    violoniste violons volant volante volantes volants volee volees volent voilee voilees voiles
    voile voler voleur voleurs
"""
#: Everyday words and names of towns that a slip of the finger, or the ear, would take for these.
ORDINARY = frozenset(_ORDINARY.split())
