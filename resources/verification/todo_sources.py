"""What keeps the directory true: today's calls, addresses and hours to mend."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail.models import PageLogEntry

from portal.mail.models import OutgoingMessage
from portal.text.date_format import format_date
from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    register_todo_source,
)
from portal.todo.wording import say_number
from resources.editor_choices import VerificationMethod
from resources.models import DirectorySettings, Referent, Verification
from resources.moderation.viewsets import POLICY as MAY_READ
from resources.verification.returned_addresses import unreachable_entries
from resources.verification.schedule import UNREACHABLE, entries_to_ask, entries_to_call
from resources.verification.untold_hours import (
    get_untold_entries,
    get_untold_help_lines,
    has_untold_hours,
)
from resources.verification.viewsets import POLICY as MAY_CALL

TRANSLATED = False

#: What one person can call in a day, beside the rest.
CALLS_A_DAY = 10


def _may_call(user: Any) -> bool:
    return bool(MAY_CALL.user_has_any_permission(user, ["change"]))


@register_todo_source
class TodaysCalls(TodoSource):
    """Some calls a day, not all of them at once; those made today count."""

    name = "calls"
    kind = gettext_lazy("Appels du jour")
    subject = Subject.DIRECTORY
    icon = "mobile-alt"
    order = 50

    def is_for(self, user: Any) -> bool:
        return _may_call(user)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        today = timezone.localdate(now)
        waiting = list(entries_to_call(now, today).values_list("pk", "title", "phone"))
        if not waiting or (left := CALLS_A_DAY - _calls_made_on(today)) <= 0:
            return
        batch = waiting[:left]
        yield TodoItem(
            key="calls",
            title=ngettext(
                "%(count)s structure à appeler", "%(count)s structures à appeler", len(batch)
            )
            % {"count": say_number(len(batch)).capitalize()},
            why=_why_call(len(waiting), len(batch), today),
            step=TodoStep(_("Ouvrir la liste d’appels"), reverse("directory_calls")),
            since=now,
            urgency=Urgency.TODAY,
            template="resources/verification/admin/todo_calls.html",
            unfolds=_("Appeler et noter ici"),
            context={"calls": [_call(*row) for row in batch]},
        )


def _calls_made_on(day: date) -> int:
    """The calls of a day: answered, or in vain."""
    vain = PageLogEntry.objects.filter(action=UNREACHABLE, timestamp__gte=_midnight(day)).count()
    return vain + Verification.objects.filter(on=day, how=VerificationMethod.PHONE).count()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _call(pk: int, title: str, phone: str) -> dict[str, str]:
    return {
        "title": title,
        "phone": phone,
        "done_url": reverse("directory_call_verified", args=[pk]),
        "vain_url": reverse("directory_call_unreachable", args=[pk]),
    }


def _why_call(total: int, batch: int, today: date) -> str:
    if total <= batch:
        return _("Aucun message ne peut les joindre : un appel suffit.")
    words = _(
        "Aucun message ne peut les joindre. À %(batch)s par jour, les %(total)s seront faites "
        "le %(day)s."
    )
    last = _add_working_days(today, -(-(total - batch) // CALLS_A_DAY))
    return words % {"batch": CALLS_A_DAY, "total": total, "day": format_date(last, "j F")}


def _add_working_days(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


@register_todo_source
class UnaskedStructures(TodoSource):
    """While no request leaves, somebody is to decide that they do."""

    name = "unasked_structures"
    kind = gettext_lazy("Vérifications")
    subject = Subject.DIRECTORY
    icon = "check"
    order = 80

    def is_for(self, user: Any) -> bool:
        return _may_call(user)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        if DirectorySettings.load().asks_structures:
            return
        count = entries_to_ask(timezone.localdate(now)).count()
        if not count:
            return
        words = ngettext(
            "Une structure à interroger : les demandes ne partent pas encore",
            "%(count)s structures à interroger : les demandes ne partent pas encore",
            count,
        )
        url = reverse("wagtailsettings:edit", args=["resources", "directorysettings"])
        yield TodoItem(
            key="unasked_structures",
            title=words % {"count": count},
            why=_("Chaque structure recevrait un message pour dire si sa fiche est juste."),
            step=TodoStep(_("Décider"), url),
        )


@register_todo_source
class UnreachablePeople(TodoSource):
    """Referents and structures whose address refuses what is sent."""

    name = "unreachable_people"
    kind = gettext_lazy("Adresses")
    subject = Subject.DIRECTORY
    icon = "mail"
    order = 60

    def is_for(self, user: Any) -> bool:
        return _may_call(user)

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return OutgoingMessage.objects.exclude(returned_at=None)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        step = TodoStep(_("Voir lesquelles"), reverse("returned_addresses"))
        referents = Referent.objects.unreachable().count()
        if referents:
            words = ngettext(
                "L’adresse d’un référent ne reçoit plus",
                "Les adresses de %(count)s référents ne reçoivent plus",
                referents,
            )
            why = _("Appelez la structure, corrigez l’adresse.")
            yield TodoItem("unreachable:referents", words % {"count": referents}, why, step)
        boxes = unreachable_entries().count()
        if boxes:
            words = ngettext(
                "L’adresse d’une structure ne reçoit plus",
                "Les adresses de %(count)s structures ne reçoivent plus",
                boxes,
            )
            why = _("Appelez-la, corrigez la fiche.")
            yield TodoItem("unreachable:boxes", words % {"count": boxes}, why, step)


@register_todo_source
class UntoldHours(TodoSource):
    """Hours that the portal cannot put into words."""

    name = "untold_hours"
    kind = gettext_lazy("Horaires")
    subject = Subject.DIRECTORY
    icon = "time"
    order = 70

    def is_for(self, user: Any) -> bool:
        return bool(MAY_READ.user_has_any_permission(user, ["publish"]))

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        if not has_untold_hours():
            return
        count = get_untold_entries().count()
        why = _("Le public ne lit pas si c’est ouvert.")
        if count:
            words = ngettext(
                "Une fiche a des horaires que le portail ne sait pas dire",
                "%(count)s fiches ont des horaires que le portail ne sait pas dire",
                count,
            )
            step = TodoStep(_("Voir lesquelles"), reverse("untold_hours"))
            yield TodoItem("untold_hours", words % {"count": count}, why, step)
        for line in get_untold_help_lines():
            words = _("Les horaires du numéro d’aide « %(line)s » ne peuvent pas être dits")
            step = TodoStep(_("Voir les numéros"), reverse("help_review"))
            yield TodoItem(f"untold_line:{line.pk}", words % {"line": line}, why, step)
