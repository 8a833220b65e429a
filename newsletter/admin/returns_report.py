"""« Retours de la lettre »: what came back in the last month, what it means, what to do."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from newsletter.admin.progress import masked
from newsletter.models import Delivery, Subscriber
from portal.mail.smtp_replies import ReplyMeaning, meaning_of

TRANSLATED = False

#: As long as the address of who is dropped is kept.
SHOWN_FOR = timedelta(days=30)
_GONE = (
    _("L’adresse n’existe pas, ou plus"),
    _("Plus rien ne lui est envoyé. Si vous connaissez la personne, demandez sa nouvelle adresse."),
)
_OURS = (
    _("Le fournisseur refuse le portail"),
    _("Cette personne n’y est pour rien et reste inscrite. Voyez « Domaine d’envoi »."),
)
_ADVICE: dict[str, tuple[str | Promise, str | Promise]] = {
    ReplyMeaning.FULL: (
        _("Boîte pleine"),
        _("Rien à faire : après trois lettres de suite, plus rien ne lui est envoyé."),
    ),
    ReplyMeaning.HELD: (
        _("Boîte bloquée ou injoignable"),
        _("Rien à faire : après trois lettres de suite, plus rien ne lui est envoyé."),
    ),
    ReplyMeaning.RATE: (
        _("Trop de messages d’un coup"),
        _("Rien à faire, sinon envoyer moins vite."),
    ),
    ReplyMeaning.BLOCKED: _OURS,
    ReplyMeaning.OURS: _OURS,
    ReplyMeaning.GONE: _GONE,
    ReplyMeaning.UNKNOWN: _GONE,
    ReplyMeaning.UNCLEAR: (
        _("À lire : le portail ne comprend pas cette réponse"),
        _("La personne reste inscrite. Si la réponse dit que l’adresse n’existe plus, effacez-la."),
    ),
}
_COMPLAINT = (
    _("Signalée comme indésirable"),
    _("Plus rien ne lui est envoyé : respectez ce choix."),
)


def recent_returns() -> QuerySet[Delivery]:
    """The messages of the last month that came back, of people who are still known."""
    since = timezone.now() - SHOWN_FOR
    rows = Delivery.objects.filter(~Q(bounce="") | Q(state=Delivery.State.BOUNCED))
    rows = rows.filter(created_at__gte=since, subscriber__isnull=False)
    return rows.select_related("subscriber").order_by("-pk")


def advice_on(row: Delivery) -> tuple[str | Promise, str | Promise]:
    """What a return means, and what to do about it."""
    if row.bounce == Delivery.Bounce.COMPLAINT:
        return _COMPLAINT
    if row.bounce == Delivery.Bounce.HARD:
        return _GONE
    meaning = meaning_of(row.answer)
    # Words and codes that contradict each other are for a person too.
    return _ADVICE[ReplyMeaning.UNCLEAR if _ADVICE[meaning] is _GONE else meaning]


def returns_to_read() -> int:
    """How many answers no line of the table explains."""
    unclear = _ADVICE[ReplyMeaning.UNCLEAR]
    soft = recent_returns().filter(bounce=Delivery.Bounce.SOFT)[:500]
    return sum(advice_on(row) is unclear for row in soft)


def dropped_since_a_week() -> QuerySet[Subscriber]:
    """The people who were dropped in the last week because no letter reached them."""
    since = timezone.now() - timedelta(days=7)
    return Subscriber.objects.filter(state=Subscriber.State.BOUNCED, left_at__gte=since)


def newly_dropped() -> int:
    return dropped_since_a_week().count()


class LetterReturnsView(ReportView):
    """The messages that came back, the newest first."""

    index_url_name = "letter_returns"
    index_results_url_name = "letter_returns_results"
    page_title = _("Retours de la lettre")
    header_icon = "mail"
    permission_policy = ModelPermissionPolicy(Subscriber)
    any_permission_required = ("change",)
    columns = [
        Column("day", label=_("Le")),
        Column("who", label=_("Adresse")),
        Column("means", label=_("Ce que c’est")),
        Column("to_do", label=_("Ce qu’il faut faire")),
        Column("answer", label=_("Réponse du serveur")),
    ]
    list_export: list[str] = []

    def get_base_queryset(self) -> QuerySet[Delivery]:
        return recent_returns()

    def decorate_paginated_queryset(self, object_list: Sequence[Any]) -> Sequence[Any]:
        for row in object_list:
            row.day = date_format(timezone.localtime(row.created_at), "j F")
            row.who = masked(row.subscriber.email)
            row.means, row.to_do = advice_on(row)
        return object_list
