"""What becomes of referents who left, never came, or are silent; and of old counts of views."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.dates import add_months
from resources.models import DailyViews, Referent, VerificationRequest
from resources.referents import services
from resources.referents.services import VALID_FOR

State = Referent.State
#: Who left, or never answered: then nothing is kept of them.
LEFT_FOR = timedelta(days=30)
NEVER_CAME_FOR = timedelta(days=180)
#: Without a sign for a year they are asked; then the coordinator is told.
SILENT_FOR = timedelta(days=365)
VIEWS_MONTHS = 25


def forget_referents(now: datetime | None = None) -> str:
    """Erase who left thirty days ago, or never answered in six months."""
    now = now or timezone.now()
    over = Referent.objects.filter(
        Q(state=State.LEFT, left_at__lt=now - LEFT_FOR)
        | Q(state=State.INVITED, accepted_at=None, invited_at__lt=now - NEVER_CAME_FOR)
    )
    count = 0
    for referent in over:
        services.remove(referent)
        count += 1
    return _("Référents effacés : %(count)d.") % {"count": count} if count else ""


def ask_the_silent(now: datetime | None = None) -> str:
    """« Toujours là ? »; who does not answer in thirty days is told to the coordinator."""
    now = now or timezone.now()
    asked = told = 0
    for referent in silent(now - SILENT_FOR):
        told += _give_up(referent, now)
        asked += _ask(referent, now)
    if not asked and not told:
        return ""
    words = _("Référents à qui l’on demande s’ils sont toujours là : %(asked)d ; sans réponse : "
              "%(told)d.")  # fmt: skip
    return words % {"asked": asked, "told": told}


def silent(since: datetime) -> QuerySet[Referent]:
    """Active referents who have neither signed in, nor accepted, nor answered a link since."""
    answered = VerificationRequest.objects.filter(referent=OuterRef("pk"), answered_at__gte=since)
    return (
        Referent.objects.active()
        .filter(accepted_at__lt=since)
        .exclude(user__last_login__gte=since)
        .exclude(Exists(answered))
    )


@transaction.atomic
def _ask(referent: Referent, now: datetime) -> bool:
    if not referent.is_active or _is_asked(referent):
        return False
    services.ask_again(referent)
    return True


@transaction.atomic
def _give_up(referent: Referent, now: datetime) -> bool:
    if not _is_asked(referent) or now <= referent.invited_at + VALID_FOR:
        return False
    services.fall_silent(referent)
    return True


def _is_asked(referent: Referent) -> bool:
    """Whether the question was put in this silence: an invitation after the last acceptance."""
    return bool(referent.invited_at and referent.invited_at > referent.accepted_at + SILENT_FOR)


def forget_views(now: datetime | None = None) -> str:
    """Counts of more than twenty-five months say nothing that is of use."""
    oldest = add_months(timezone.localtime(now).date(), -VIEWS_MONTHS)
    count, _details = DailyViews.objects.filter(day__lt=oldest).delete()
    return _("Comptes de lectures oubliés : %(count)d.") % {"count": count} if count else ""
