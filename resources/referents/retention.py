"""Retention: referents who left, never came or are silent, and old view counts."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dateutil.relativedelta import relativedelta

from resources.editor_choices import ReferentState
from resources.models import DailyViews, Referent
from resources.referents import services
from resources.referents.services import VALID_FOR

#: Who left, or never answered: then nothing is kept of them.
LEFT_FOR = timedelta(days=30)
NEVER_CAME_FOR = timedelta(days=180)
#: Without a sign for a year they are asked; then the coordinator is told.
SILENT_FOR = timedelta(days=365)
VIEWS_MONTHS = 25


def delete_old_referents(now: datetime | None = None) -> str:
    """Erase who left thirty days ago, or never answered in six months."""
    now = now or timezone.now()
    over = Referent.objects.filter(
        Q(state=ReferentState.LEFT, left_at__lt=now - LEFT_FOR)
        | Q(state=ReferentState.INVITED, accepted_at=None, invited_at__lt=now - NEVER_CAME_FOR)
    )
    count = 0
    for referent in over:
        services.delete_referent(referent)
        count += 1
    return _("Référents effacés : %(count)d.") % {"count": count} if count else ""


def ask_silent_referents(now: datetime | None = None) -> str:
    """« Toujours là ? »; who does not answer in thirty days is told to the coordinator."""
    now = now or timezone.now()
    asked = told = 0
    for referent in silent_referents(now - SILENT_FOR):
        if _suspend_if_silent(referent, now):
            told += 1
        elif _send_still_there(referent):
            asked += 1
    if not asked and not told:
        return ""
    words = _("Référents à qui l’on demande s’ils sont toujours là : %(asked)d ; sans réponse : "
              "%(told)d.")  # fmt: skip
    return words % {"asked": asked, "told": told}


def silent_referents(since: datetime) -> QuerySet[Referent]:
    """Active referents who have neither signed in, nor accepted, nor answered a link since."""
    return (
        Referent.objects.active()
        .annotate(last_answer=Max("verification_requests__answered_at"))
        .filter(accepted_at__lt=since)
        .exclude(user__last_login__gte=since)
        .filter(Q(last_answer=None) | Q(last_answer__lt=since))
        .select_related("user")
    )


def _send_still_there(referent: Any) -> bool:
    if _asked_at(referent):
        return False
    with transaction.atomic():
        services.ask_still_there(referent)
    return True


def _suspend_if_silent(referent: Any, now: datetime) -> bool:
    asked = _asked_at(referent)
    if asked is None or now <= asked + VALID_FOR:
        return False
    with transaction.atomic():
        services.suspend_silent_referent(referent)
    return True


def _asked_at(referent: Any) -> datetime | None:
    """When they were asked in this silence, if they were: since their last sign of life."""
    login = referent.user.last_login if referent.user else None
    signs = (referent.accepted_at, login, referent.last_answer)
    asked: datetime = referent.invited_at
    return asked if asked > max(sign for sign in signs if sign) else None


def delete_old_views(now: datetime | None = None) -> str:
    """Counts of more than twenty-five months say nothing that is of use."""
    oldest = timezone.localtime(now).date() + relativedelta(months=-VIEWS_MONTHS)
    count, _details = DailyViews.objects.filter(day__lt=oldest).delete()
    return _("Comptes de lectures oubliés : %(count)d.") % {"count": count} if count else ""
