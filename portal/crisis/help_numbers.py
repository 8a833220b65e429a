"""Crisis numbers, shown on every page, error pages included.

They are in the code, not in the database, so that no breakdown or edit can remove them. Source: the
official numbers 3114, 15, 112, 114, 17, 115, 119 and 3919 (``home/reference/help_lines.yaml`` holds
where and when each was read).
"""

from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.text.phone import phone_number


class HelpNumber(NamedTuple):
    """A number, how to reach it (``tel`` or ``sms``), when to use it; ``word`` where room lacks."""

    number: str
    scheme: str
    use: str | Promise
    word: str | Promise = ""

    @property
    def url(self) -> str:
        return f"{self.scheme}:{self.number}"

    @property
    def link(self) -> SafeString:
        """The number as a link, to stand in a sentence."""
        return format_html('<a href="{}">{}</a>', self.url, phone_number(self.number))


SUICIDE = HelpNumber("3114", "tel", _("idées suicidaires, 24 h/24"), _("suicide"))
MEDICAL = HelpNumber("15", "tel", _("urgence médicale"), _("SAMU"))
ANY_EMERGENCY = HelpNumber("112", "tel", _("toute urgence"), _("secours"))
BY_SMS = HelpNumber("114", "sms", _("par SMS, si vous entendez mal"), _("SMS"))
CRISIS_NUMBERS = (SUICIDE, MEDICAL, ANY_EMERGENCY, BY_SMS)


#: First-aid and safety words, to be read by clinicians and by people concerned before going online.
ADVICE_WRITTEN_ON = date(2026, 11, 30)


class DangerMessage(NamedTuple):
    """What to say first to somebody who tells of a danger, whom to call, and what to do meanwhile.

    ``lines`` are words of the names of help lines that the block also shows when they are checked.
    """

    title: str | Promise
    numbers: tuple[HelpNumber, ...]
    advice: tuple[str | Promise, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def heading(self) -> str | Promise:
        """What stands for the whole message."""
        return self.title

    @property
    def advice_date(self) -> date | None:
        """When its advice was written; None when it gives none."""
        return ADVICE_WRITTEN_ON if self.advice else None


class QuietMessage(NamedTuple):
    """What is said calmly, without red; without a title, one sentence is enough."""

    title: str | Promise
    text: str | Promise
    numbers: tuple[HelpNumber, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def heading(self) -> str | Promise:
        """What stands for the whole message."""
        return self.title or self.text


_POLICE = HelpNumber("17", "tel", _("police ou gendarmerie"))
_WOMEN = HelpNumber("3919", "tel", _("violences faites aux femmes, 24 h/24"))
CHILD = HelpNumber("119", "tel", _("enfant en danger, 24 h/24"))
_SHELTER = HelpNumber("115", "tel", _("sans abri ce soir, 24 h/24"))
_BEREAVED = HelpNumber(SUICIDE.number, "tel", _("aussi pour les proches en deuil, 24 h/24"))

#: By the kinds of danger that ``search.understanding.danger`` tells apart.
DANGERS = {
    "suicide": DangerMessage(
        _("Vous pensez à mourir, ou vous avez peur pour quelqu’un ? Appelez maintenant."),
        (SUICIDE, MEDICAL, BY_SMS),
        (
            _("Éloignez ce qui peut blesser."),
            _("Ne restez pas seul : prévenez quelqu’un de confiance."),
        ),
        ("SOS Amitié", "Fil Santé Jeunes"),
    ),
    "tentative": DangerMessage(
        _("Quelqu’un vient de se faire du mal ? Appelez le 15 tout de suite."),
        (MEDICAL, SUICIDE, ANY_EMERGENCY, BY_SMS),
        (_("Restez avec la personne."), _("Faites ce que le SAMU vous dit.")),
    ),
    "surdose": DangerMessage(
        _("Trop de médicaments, de drogue ou d’alcool ? Appelez le 15, même si tout semble aller."),
        (MEDICAL, ANY_EMERGENCY, SUICIDE, BY_SMS),
        (
            _("Restez avec la personne. Gardez les boîtes."),
            _("Ne la faites pas vomir."),
        ),
        ("antipoison", "Drogues Info"),
    ),
    "enfance": DangerMessage(
        _("Un enfant est en danger ? Appelez maintenant."),
        (CHILD, _POLICE, MEDICAL, BY_SMS),
        (_("Tu es concerné ? Ce n’est pas ta faute. Le 119 est gratuit, jour et nuit."),),
        ("3018", "Fil Santé Jeunes"),
    ),
    "violence": DangerMessage(
        _("On vous fait violence, ou vous êtes en danger ? Appelez maintenant."),
        (_POLICE, BY_SMS, _WOMEN, CHILD),
        (
            _("Mettez-vous à l’abri, si vous le pouvez."),
            _("Étranglement, coup à la tête : appelez aussi le 15, même sans trace."),
        ),
        ("France Victimes",),
    ),
    "agitation": DangerMessage(
        _("Quelqu’un est hors de lui, ou vous fait peur ? Gardez vos distances, appelez."),
        (MEDICAL, _POLICE, BY_SMS),
        (
            _("Parlez doucement, sans contredire."),
            _("Dites ce que vous voyez, et où vous êtes."),
        ),
    ),
    "respiration": DangerMessage(
        _("Quelqu’un respire mal, ou ne réagit plus ? Appelez le 15 tout de suite."),
        (MEDICAL, ANY_EMERGENCY, BY_SMS),
        (_("Mettez le haut-parleur, et faites ce que le SAMU vous dit."),),
    ),
    "sans_abri": DangerMessage(
        _("Dehors ce soir ? Appelez le 115, et le 15 si quelqu’un va mal."),
        (_SHELTER, MEDICAL, ANY_EMERGENCY, BY_SMS),
        (
            _("Le 115 est gratuit, jour et nuit. Ça sonne longtemps : rappelez."),
            _("En attendant, allez là où il fait chaud : gare, hall, urgences."),
        ),
    ),
    "urgence": DangerMessage(
        _("C’est une urgence ? Appelez maintenant."), (MEDICAL, ANY_EMERGENCY, SUICIDE, BY_SMS)
    ),
}
#: By the kinds of distress that ``search.understanding.danger`` tells apart.
QUIET_MESSAGES = {
    "detresse": QuietMessage(
        _("Vous pouvez parler à quelqu’un maintenant"),
        _("Ce que vous vivez compte. Pas besoin d’aller « assez mal » pour appeler."),
        (SUICIDE,),
        ("SOS Amitié", "Fil Santé Jeunes"),
    ),
    "deuil_suicide": QuietMessage(
        _("Ce deuil-là est lourd à porter"),
        _("Après un suicide, on peut en parler, même des années après."),
        (_BEREAVED,),
        ("SOS Amitié",),
    ),
    "abus_ancien": QuietMessage(
        _("On peut en parler, même longtemps après"),
        _("Vous choisissez quoi dire, et à qui. Rien ne vous oblige à porter plainte."),
        (
            _WOMEN,
            HelpNumber("119", "tel", _("si un enfant est en danger aujourd’hui")),
        ),
        ("France Victimes",),
    ),
    "violences": QuietMessage(
        _("Violences : quelqu’un répond, jour et nuit"),
        _("Vous pouvez appeler pour vous ou pour quelqu’un d’autre, sans donner votre nom."),
        (_WOMEN, CHILD, _POLICE),
        ("France Victimes",),
    ),
    "ou_dormir": QuietMessage(
        _("Où dormir cette nuit"),
        _("Le 115 cherche une place pour vous. Il est souvent occupé : rappelez, même la nuit."),
        (_SHELTER, ANY_EMERGENCY),
    ),
    "sans_danger": QuietMessage(
        "", _("Si cela change, quelqu’un répond jour et nuit :"), (SUICIDE,)
    ),
    "prevention": QuietMessage(
        "", _("Pour parler d’idées suicidaires, jour et nuit :"), (SUICIDE,)
    ),
}


def danger_message(kind: str) -> DangerMessage | None:
    """The message of a kind of danger; that of « urgence » for a kind without one."""
    return DANGERS.get(kind, DANGERS["urgence"]) if kind else None


def quiet_message(kind: str) -> QuietMessage | None:
    """What is said calmly; None when nothing is."""
    return QUIET_MESSAGES.get(kind)
