"""The letter and the agenda: what leaves soon, what does not leave, what came back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail.permissions import page_permission_policy

from newsletter.admin.returns_report import (
    dropped_since_a_week,
    newly_dropped,
    recent_returns,
    returns_to_read,
)
from newsletter.date_format import format_when
from newsletter.digest import get_letter_page, may_compose
from newsletter.models import EventPage, IssuePage, Mailing
from portal.text.date_format import format_moment
from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    register_todo_source,
)
from portal.todo.wording import say_day, say_since

TRANSLATED = False

State = Mailing.State
_OPEN = (State.SENDING, State.PAUSED, State.SCHEDULED)
#: Before this, nobody has to think of what comes.
_NEAR = timedelta(days=7)
#: Without a letter for this long, the next one is to be begun.
_NEXT_LETTER_AFTER = timedelta(days=60)


class _Letter(TodoSource):
    kind = gettext_lazy("La lettre")
    subject = Subject.CONTENT
    icon = "mail"

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("newsletter.add_mailing"))


@register_todo_source
class Mailings(_Letter):
    """Those that stand still, or leave soon."""

    name = "mailings"
    order = 25

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return Mailing.objects.filter(state__in=_OPEN)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        for mailing in self.waiting(user, now).defer("html", "text").order_by("send_at"):
            if item := _mailing(mailing, now):
                yield item


@register_todo_source
class Issues(_Letter):
    """An issue that nobody received yet, then the next one to begin."""

    name = "issues"
    order = 110

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        issues = IssuePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
        latest = issues.select_related("mailing").defer("body").order_by("-date", "-pk").first()
        if latest:
            yield from _issue(latest, user, now)


def _mailing(mailing: Mailing, now: datetime) -> TodoItem | None:
    url = reverse("letter_mailings:progress", args=[mailing.pk])
    key = f"mailing:{mailing.pk}:{mailing.state}"
    if mailing.problem or mailing.state == State.PAUSED:
        return TodoItem(
            key,
            _("« %(title)s » n’avance pas") % {"title": mailing.title},
            mailing.problem or _("L’envoi est en pause : des personnes ne l’ont pas reçue."),
            TodoStep(_("Voir l’envoi"), url),
            mailing.send_at,
            Urgency.TODAY,
            longest=_NEAR,
        )
    if mailing.state == State.SCHEDULED and mailing.send_at - now < _NEAR:
        words = _("Dernier moment pour la relire : elle part %(moment)s.")
        return TodoItem(
            key,
            _("« %(title)s » part %(day)s")
            % {
                "title": mailing.title,
                "day": say_day(timezone.localdate(mailing.send_at), timezone.localdate(now)),
            },
            words % {"moment": format_moment(mailing.send_at)},
            TodoStep(_("Relire avant le départ"), url),
            mailing.send_at,
            Urgency.TODAY,
        )
    return None


def _issue(latest: IssuePage, user: Any, now: datetime) -> Iterator[TodoItem]:
    """The latest issue is to be sent, or it is time for the next one."""
    today = timezone.localdate(now)
    age = today - latest.date
    if not hasattr(latest, "mailing") and age < _NEXT_LETTER_AFTER:
        yield TodoItem(
            f"issue:{latest.pk}",
            _("« %(title)s » est publiée, pas envoyée") % {"title": latest.title},
            _("En ligne %(since)s ; personne ne l’a reçue.")
            % {"since": say_since(latest.date, today)},
            TodoStep(_("Envoyer la lettre"), reverse("letter_mailings:send", args=[latest.pk])),
            latest.date,
        )
    elif age > _NEXT_LETTER_AFTER and may_compose(user, get_letter_page()):
        yield TodoItem(
            f"next_letter:{latest.pk}",
            _("La prochaine lettre est à composer"),
            _("La dernière, « %(title)s », date d’il y a %(weeks)s semaines.")
            % {
                "title": latest.title,
                "weeks": age.days // 7,
            },
            TodoStep(_("Composer depuis ce qui a changé"), reverse("letter_compose:index")),
            latest.date + _NEXT_LETTER_AFTER,
        )


class _Returns(TodoSource):
    kind = gettext_lazy("Retours de la lettre")
    subject = Subject.CONTENT
    icon = "mail"
    order = 120

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("newsletter.change_subscriber"))


@register_todo_source
class DroppedAddresses(_Returns):
    """Those that were dropped this week, because no letter reached them."""

    name = "letter_dropped"

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return dropped_since_a_week()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        count = newly_dropped()
        words = ngettext(
            "Une adresse ne reçoit plus la lettre depuis cette semaine",
            "%(count)s adresses ne reçoivent plus la lettre depuis cette semaine",
            count,
        )
        yield TodoItem(
            "letter_dropped",
            words % {"count": count},
            _("Si vous connaissez la personne, demandez sa nouvelle adresse."),
            TodoStep(_("Voir les retours"), reverse("letter_returns")),
        )


@register_todo_source
class UnclearReturns(_Returns):
    """Answers of mail servers that only a person understands."""

    name = "letter_unclear"

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return recent_returns()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        count = returns_to_read()
        if not count:
            return
        words = ngettext(
            "Un retour que le portail ne comprend pas, à lire",
            "%(count)s retours que le portail ne comprend pas, à lire",
            count,
        )
        yield TodoItem(
            "letter_unclear",
            words % {"count": count},
            _("Ces personnes restent inscrites. Si l’adresse n’existe plus, effacez-la."),
            TodoStep(_("Voir les retours"), reverse("letter_returns")),
        )


@register_todo_source
class NearEvents(TodoSource):
    """The dates of the week: what a reader would still look for in their pages."""

    name = "near_events"
    kind = gettext_lazy("Agenda")
    subject = Subject.CONTENT
    icon = "calendar"
    order = 60

    def is_for(self, user: Any) -> bool:
        return bool(page_permission_policy.user_has_any_permission(user, ["publish"]))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return _near_events(now)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        today = timezone.localdate(now)
        for event in _near_events(now):
            missing = _missing(event)
            why = (
                _("%(when)s. Le public n’y lit pas : %(missing)s.")
                if missing
                else _("%(when)s. Relisez la page, et rappelez la date si c’est utile.")
            )
            yield TodoItem(
                key=f"event:{event.pk}:{event.start:%Y%m%d}",
                title=_("%(title)s, %(day)s")
                % {
                    "title": event.title,
                    "day": say_day(timezone.localdate(event.start), today),
                },
                why=why
                % {
                    "when": format_when(event.start, event.end, event.all_day),
                    "missing": ", ".join(missing),
                },
                step=TodoStep(
                    _("Relire la page"), reverse("wagtailadmin_pages:edit", args=[event.pk])
                ),
                since=event.start,
                urgency=Urgency.TODAY if missing else Urgency.WEEK,
            )


def _near_events(now: datetime) -> QuerySet:
    return EventPage.objects.upcoming().filter(
        locale__language_code=settings.LANGUAGE_CODE, start__lt=now + _NEAR, start__gt=now
    )


def _missing(event: EventPage) -> list[str]:
    facts = (
        (event.place or event.online_url, _("où c’est")),
        (event.registration or event.registration_url, _("comment s’inscrire")),
        (event.access or event.access_details, _("comment chacun peut venir")),
    )
    return [words for fact, words in facts if not fact]
