"""How one is received, said in words: free, without appointment, in a language, now."""

from django.utils.translation import gettext_lazy as _

from search.understanding.phrases import PhraseMeaning

PRACTICAL = {
    "gratuit": """
        gratuit; gratuite; gratuits; gratuitement; sans payer; sans argent; pas d’argent; gratis;
        pris en charge à 100; free""",
    "sansrdv": """
        sans rendez-vous; sans rdv; sans rendezvous; sans rendez vous; sans prendre rendez-vous;
        sans prendre rdv; sans prise de rendez-vous; without appointment""",
    "pmr": """
        fauteuil roulant; en fauteuil; accessible; accessible en fauteuil; accessibilité; pmr;
        accessible pmr; mobilité réduite; accès handicapé; accessible aux handicapés;
        personne à mobilité réduite""",
    "distance": """
        à distance; visio; en visio; visioconférence; téléconsultation; en ligne; par téléphone;
        consultation en ligne; par internet; à distance en visio; par tchat; tchat""",
}
#: Only what is sure: « ouvert le dimanche » is no « ouvert maintenant ».
OPEN_NOW = """
    ouvert maintenant; ouverts maintenant; ouverte maintenant; ouvert en ce moment;
    ouvert tout de suite; ouvert actuellement; open now
"""
#: Each language by its words; the codes are those of the directory. French is no filter.
LANGUAGES = {
    "fsl": """
        lsf; langue des signes; langue des signes française; sourd; sourde; sourds; malentendant;
        malentendants""",
    "en": "anglais; anglaise; anglophone; english; english speaking",
    "ar": "arabe; arabophone; arabic; darija; العربية",
    "es": "espagnol; espagnole; hispanophone; español",
    "it": "italien; italienne; italiano",
    "pt": "portugais; portugaise; lusophone; brésilien",
    "de": "allemand; allemande; germanophone",
    "ru": "russe; russophone",
    "uk": "ukrainien; ukrainienne",
    "tr": "turc; turque; turcophone; türkçe",
    "hy": "arménien; arménienne",
    "fa": "persan; dari; farsi; perse; iranien",
    "ps": "pachto; pachtou; pashto; pachtoune",
    "ro": "roumain; roumaine",
    "sq": "albanais; albanaise",
    "ka": "géorgien; géorgienne",
    "kmr": "kurde; kurmandji",
    "kab": "kabyle; berbère; tamazight",
    "wni": "comorien; comorienne; shimaoré; shikomori",
    "wo": "wolof",
    "vi": "vietnamien; vietnamienne",
    "zh": "chinois; chinoise; mandarin",
    "interprete": "interprète; interprétariat; traducteur; traduction; avec interprète",
}
LABELS = {
    "gratuit": _("gratuit"),
    "sansrdv": _("sans rendez-vous"),
    "pmr": _("accessible en fauteuil"),
    "distance": _("à distance"),
    "ouvert": _("ouvert maintenant"),
}
LANGUAGE_LABELS = {
    "fsl": _("langue des signes"),
    "en": _("anglais"),
    "ar": _("arabe"),
    "es": _("espagnol"),
    "it": _("italien"),
    "pt": _("portugais"),
    "de": _("allemand"),
    "ru": _("russe"),
    "uk": _("ukrainien"),
    "tr": _("turc"),
    "hy": _("arménien"),
    "fa": _("persan, dari"),
    "ps": _("pachto"),
    "ro": _("roumain"),
    "sq": _("albanais"),
    "ka": _("géorgien"),
    "kmr": _("kurde"),
    "kab": _("kabyle"),
    "wni": _("comorien"),
    "wo": _("wolof"),
    "vi": _("vietnamien"),
    "zh": _("chinois"),
    "interprete": _("interprète"),
}
_SPOKEN = ("parle", "parlant", "parler", "qui parle", "langue")


def phrases() -> list[tuple[str, PhraseMeaning]]:
    said = [
        (phrase, PhraseMeaning(practical=(code,)))
        for code, phrases in PRACTICAL.items()
        for phrase in phrases.split(";")
    ]
    said += [(phrase, PhraseMeaning(open_now=True)) for phrase in OPEN_NOW.split(";")]
    for code, words in LANGUAGES.items():
        for word in words.split(";"):
            said.append((word, PhraseMeaning(language=code)))
            said += [(f"{spoken} {word}", PhraseMeaning(language=code)) for spoken in _SPOKEN]
    return said
