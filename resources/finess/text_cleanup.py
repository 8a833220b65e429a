"""Names and streets that FINESS writes in capitals and abridges, made readable.

Accents cannot be guessed: whoever reads the draft again puts them back.
"""

import re

#: Words of a name that stay in capitals.
_ACRONYMS = {
    "ACT", "AAT", "ANPAA", "APAJH", "ARSEAA", "ASEI", "AFTC", "BAPU", "CAARUD", "CAMSP",
    "CATTP", "CCAS", "CD", "CDS", "CESAME", "CH", "CHI", "CHIAP", "CHR", "CHRU", "CHS", "CHU",
    "CIAPA", "CLSM", "CMP", "CMPEA", "CMPI", "CMPP", "CMS", "CPTS", "CRA", "CRF", "CRP",
    "CSAPA", "CTP", "DAC", "EAM", "EANM", "EHPAD", "EPSM", "EPS", "ESAT", "ESRP", "ETP", "FAM",
    "GCS", "GEM", "GHT", "HAD", "HLM", "IFSI", "IME", "ITEP", "LHSS", "MAS", "MDA", "MDPH",
    "MECS", "MJPM", "MSP", "PAEJ", "PASS", "PCO", "PGI", "PMI", "SAMSAH", "SAVS", "SESSAD",
    "SMPR", "SSR", "UDAF", "UEROS", "UGECAM", "UNAFAM", "UPI", "USLD", "ZA", "ZAC", "ZI",
}  # fmt: skip
_SMALL = {
    "a": "à", "au": "au", "aux": "aux", "d": "d", "de": "de", "des": "des", "du": "du", "en": "en",
    "et": "et", "l": "l", "la": "la", "le": "le", "les": "les", "ou": "ou", "par": "par",
    "pour": "pour", "sur": "sur", "sous": "sous", "ans": "ans",
}  # fmt: skip
_ARTICLES = {"L", "LA", "LE", "LES"}
#: Words that FINESS abridges in names, and those of the trade whose accents are known.
_KNOWN = {
    "ST": "Saint", "STE": "Sainte", "CTRE": "Centre", "CTR": "Centre", "HOP": "Hôpital",
    "ADOS": "adolescents", "ADO": "adolescents", "HJ": "Hôpital de jour",
    "HDJ": "Hôpital de jour", "PIJ": "psychiatrie infanto-juvénile", "ASSOC": "Association",
    "DR": "Docteur", "PR": "Professeur", "HOPITAL": "Hôpital", "HOPITAUX": "Hôpitaux",
    "ETABLISSEMENT": "Établissement",
}  # fmt: skip
#: Common nouns that need no capital inside a name.
_COMMON = {
    "ACCUEIL": "accueil", "ADOLESCENTS": "adolescents", "ADULTE": "adultes", "ADULTES": "adultes",
    "ENFANTS": "enfants", "GENERAL": "général", "HANDICAPES": "handicapés",
    "HEBERGEMENT": "hébergement", "HOSPITALIER": "hospitalier", "JOUR": "jour",
    "JUVENILE": "juvénile", "MEDICAL": "médical", "PETITS": "petits",
    "PSYCHIATRIE": "psychiatrie", "PSYCHIATRIQUE": "psychiatrique", "SANTE": "santé",
    "SITE": "site", "SOINS": "soins", "SPECIALISE": "spécialisé", "THERAPEUTIQUE": "thérapeutique",
    "UNIVERSITAIRE": "universitaire",
}  # fmt: skip
_GENERAL = re.compile(r"\bPSY(?:CHIATRIE)? GEN(?:ERALE)?\b")
_WAYS = {
    "ALL": "allée", "AV": "avenue", "BD": "boulevard", "BLD": "boulevard", "CAR": "carrefour",
    "CHE": "chemin", "CHEM": "chemin", "CITE": "cité", "CLOS": "clos", "COR": "corniche",
    "COTE": "côte", "CRS": "cours", "DOM": "domaine", "ESP": "esplanade", "ESPA": "esplanade",
    "FG": "faubourg", "GR": "grande rue", "HAM": "hameau", "IMP": "impasse", "LD": "lieu-dit",
    "LOT": "lotissement", "MAR": "marché", "MTE": "montée", "PAS": "passage", "PASS": "passage",
    "PL": "place", "PLN": "plaine", "PLT": "plateau", "PROM": "promenade", "PRV": "parvis",
    "QUA": "quartier", "QUAI": "quai", "R": "rue", "RES": "résidence", "RLE": "ruelle",
    "ROC": "rocade", "RPT": "rond-point", "RTE": "route", "SEN": "sente", "SQ": "square",
    "TPL": "terre-plein", "TRA": "traverse", "VLA": "villa", "VLGE": "village",
    "RUE": "rue", "AVENUE": "avenue", "BOULEVARD": "boulevard", "CHEMIN": "chemin",
    "ROUTE": "route", "PLACE": "place", "IMPASSE": "impasse", "COURS": "cours", "PORT": "port",
}  # fmt: skip
_REPEATS = {"B": "bis", "T": "ter", "Q": "quater", "C": "C"}
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def readable_name(text: str) -> str:
    """« CMP PIJ BLAGNAC CHU » as « CMP psychiatrie infanto-juvénile Blagnac CHU »."""
    text = _tidy(text)
    if not text.isupper():
        return text
    text = _GENERAL.sub("PSYCHIATRIE GENERALE", text).replace("PSYCHIATRIE GENERALE", "\0")
    said = _WORD.sub(lambda match: _word(match, text), text).replace("\0", "psychiatrie générale")
    return _tidy(said[:1].upper() + said[1:])


def readable_street(house: str, repeat: str, kind: str, way: str) -> str:
    """« 12 bis rue de Seysses » for 12, B, R, DE SEYSSES."""
    kind = kind.strip()
    words = _WAYS.get(kind.upper(), readable_name(kind).lower() if kind.isupper() else kind)
    repeat = repeat.strip()
    repeat = _REPEATS.get(repeat.upper(), repeat if len(repeat) <= 6 else "")
    # Some lines say the kind of street twice.
    said_twice = [start for start in (kind.upper(), words.upper()) if start]
    for start in said_twice:
        way = way.strip().removeprefix(f"{start} ")
    way = readable_name(way)
    if words and re.split("[ ’]", way)[0].lower() in _SMALL:
        way = way[:1].lower() + way[1:]
    number = house.strip().lstrip("0")
    said = _tidy(" ".join(filter(None, [number, repeat.lower() if number else "", words, way])))
    return said if number else said[:1].upper() + said[1:]


def way_of_line(line: str, way: str) -> str:
    """The name of a street as the line of the envelope writes it, when only « TH » parts them."""
    if not line or not way or line.upper().endswith(way.upper()):
        return way
    bare = re.sub("TH", "", way.upper())
    for start in range(len(line)):
        end = line[start:]
        is_word = start == 0 or line[start - 1] == " "
        if is_word and re.sub("TH", "", end.upper()) == bare:
            return end
    return way


def _word(match: re.Match[str], text: str) -> str:
    word = match.group()
    before, after = text[: match.start()], text[match.end() :]
    if word in _KNOWN:
        return _KNOWN[word]
    if word in _COMMON and before.strip():
        return _COMMON[word]
    if _is_acronym(word, before, after):
        return word
    if before.strip() and _is_small(word, before, after):
        return _SMALL[word.lower()]
    return word[:1] + word[1:].lower()


def _is_small(word: str, before: str, after: str) -> bool:
    """« de la Louge », « rue d’Ox », but « CMPP Les Ormes » and « Le Barbie »."""
    if word.lower() not in _SMALL:
        return False
    if word in ("D", "L") and not after.startswith("’"):
        return False
    if word in _ARTICLES:
        previous = _WORD.findall(before)[-1]
        return previous.lower() in _SMALL and previous not in _ARTICLES
    return word != "A" or bool(after.strip())


def _is_acronym(word: str, before: str, after: str) -> bool:
    """A known one; one between brackets; what nobody could say; what has a figure in it."""
    is_bracketed = before.endswith("(") and after.startswith(")")
    has_vowel = any(letter in "AEIOUYÉÈÊÀÂÎÏÔÛÜ" for letter in word)
    is_roman = len(word) > 1 and re.fullmatch(r"[XVI]+", word)
    return bool(
        word in _ACRONYMS
        or is_roman
        or (is_bracketed and len(word) <= 6)
        or (len(word) > 1 and not has_vowel)
        or (any(sign.isdigit() for sign in word) and not word.isdigit())
    )


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("'", "’")).strip(" -;,")
