"""Which establishments concern the portal, and what they are for a reader.

The category decides first; the name completes it: day hospitals have no category of their own,
and the same code is given to a CMP for adults and to one for children.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from portal.base.choices import Public
from portal.geo.names import plain
from resources.choices import SectorAudience
from resources.finess.establishment import FinessEstablishment
from resources.models import ResourceType

_TABLE = Path(__file__).parent / "data" / "categories.csv"
_ALWAYS = "oui"
#: Lines of a hospital or of a health centre that no reader looks for.
_NEVER = re.compile(
    r"\b(PHARMACIE|STERILISATION|DENTAIRES?|SECTORISATION|LABORATOIRE|BLANCHISSERIE|"
    r"IMAGERIE|SCANNER|IRM|DIALYSE|LINGERIE|CUISINE|CRECHE)\b"
)
_PSYCHIATRY = re.compile(
    r"\bPSY\w*|\bPIJ\b|\bPEDOPSY\w*|\bCMP(EA|I|P)?\b|\bC M P\b|\bCATTP\b|\bC A T T P\b"
    r"|\bHANDICAP PSYCHIQUE\b|\bMENTALES?\b|\bMENTAUX\b|\bAUTISME\b|\bCRA\b"
)
_CHILDREN = re.compile(
    r"\bPIJ\b|\bINFANTO\b|\bJUVENILES?\b|\bENFANTS?\b|\bADO(S|LESCENTS?|LESCENCE)?\b|"
    r"\bPEDOPSY\w*|\bPETITS\b|\bCMPEA\b|\bCMPI\b|\bBEBES?\b|\bJEUNES?\b"
)
_TEENAGERS = re.compile(r"\bADO(S|LESCENTS?|LESCENCE)?\b")
_ADULTS = re.compile(r"\bADULTES?\b|\bPSY(CHIATRIE)? GEN(ERALE)?\b")
_AGES = re.compile(r"\b(\d{1,2}) (?:A )?(\d{1,2}) ANS\b")
#: What the name says of the type, in the order in which it decides.
_TYPES = (
    (re.compile(r"\bCMPP\b|\bC M P P\b|MEDICO PSYCHO PEDAGO"), "CMPP"),
    (re.compile(r"\bCMP(EA|I)?\b|\bC M P\b|MEDICO PSYCHOLOGIQUE"), "CMP"),
    (re.compile(r"\bHD?J\b|\bH D? ?J\b|\bHOPITAL DE JOUR\b|\bHOP DE JOUR\b"), "HDJ"),
    (re.compile(r"\bCATTP\b|\bC A T T P\b|ACCUEIL THERAPEUTIQUE"), "CATTP"),
)
#: Only these are told apart by their names: a CSAPA that speaks of a CMP stays a CSAPA.
_PSYCHIATRIC = {"CMP", "CATTP", "HOPITAL_PSY", "CLINIQUE"}


@dataclass(frozen=True, slots=True)
class FinessCategory:
    label: str
    type_code: str
    rule: str


@dataclass(frozen=True, slots=True)
class CategoryMatch:
    """What an establishment is for the portal; ``aside`` says why it is left aside."""

    type_code: str = ""
    audience: str = ""
    publics: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None
    aside: str = ""
    remarks: tuple[str, ...] = ()


@cache
def load_categories() -> dict[str, FinessCategory]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: FinessCategory(row["nom"], row["type"], row["import"])
            for row in csv.DictReader(lines, delimiter=";")
        }


class CategoryClassifier:
    """Tells what each establishment is, with the types that this portal has."""

    def __init__(self) -> None:
        rows = ResourceType.objects.values_list("code", "finess_category").order_by("order")
        self.codes = {code for code, _category in rows}
        #: What a coordinator has added to the list of types: the first type of a category.
        self.own: dict[str, str] = {}
        for code, category in rows:
            if category:
                self.own.setdefault(category, code)

    def kind_of(self, one: FinessEstablishment) -> CategoryMatch | None:
        """None when its category is not about mental health."""
        known = load_categories().get(one.category)
        if known is None and one.category not in self.own:
            return None
        name = plain(one.name).upper()  # « C.M.P. » is « C M P »
        if match := _NEVER.search(name):
            return CategoryMatch(aside=_("« %(word)s » dans le nom") % {"word": match[0].lower()})
        if known and known.rule != _ALWAYS and not _PSYCHIATRY.search(name):
            words = _("%(label)s, dont le nom ne dit rien de la psychiatrie")
            return CategoryMatch(aside=words % {"label": known.label})
        return self._typed(one, name, known)

    def _typed(
        self, one: FinessEstablishment, name: str, known: FinessCategory | None
    ) -> CategoryMatch:
        code = (known.type_code if known else "") or self.own.get(one.category, "")
        if not code:
            label = known.label if known else one.category
            words = _("aucun type de lieu du portail ne correspond à « %(label)s », %(code)s")
            return CategoryMatch(aside=words % {"label": label, "code": one.category})
        code = _by_name(code, name)
        is_child, is_adult = bool(_CHILDREN.search(name)), bool(_ADULTS.search(name))
        if code == "CMP" and is_child and not is_adult:
            code = "CMPEA"
        if code not in self.codes:
            return CategoryMatch(
                aside=_("le type de lieu « %(code)s » n’existe pas") % {"code": code}
            )
        remarks = []
        if code in ("CMP", "CMPEA") and is_child == is_adult:
            remarks.append(_("le nom ne dit pas pour qui est ce CMP : vérifiez"))
        return CategoryMatch(
            type_code=code,
            audience=_audience(code, is_adult),
            publics=_publics(name, is_adult),
            ages=_ages(name),
            remarks=tuple(remarks),
        )


def _by_name(code: str, name: str) -> str:
    if code not in _PSYCHIATRIC:
        return code
    return next((by_name for words, by_name in _TYPES if words.search(name)), code)


def _audience(code: str, is_adult: bool) -> str:
    """Whom a CMP is for; empty when its name does not say it, which FINESS does nowhere else."""
    if code == "CMPEA":
        return str(SectorAudience.INFANTO_JUVENILE.value)
    return str(SectorAudience.ADULTE.value) if code == "CMP" and is_adult else ""


def _publics(name: str, is_adult: bool) -> tuple[str, ...]:
    if _CHILDREN.search(name):
        teenagers_only = _TEENAGERS.search(name) and not re.search(r"\bENFANTS?|\bPETITS", name)
        found = [Public.ADOLESCENTS] if teenagers_only else [Public.ENFANTS, Public.ADOLESCENTS]
        return tuple(str(code.value) for code in found)
    return (str(Public.ADULTES.value),) if is_adult else ()


def _ages(name: str) -> tuple[int, int] | None:
    match = _AGES.search(name)
    if not match or int(match[1]) >= int(match[2]):
        return None
    return int(match[1]), int(match[2])
