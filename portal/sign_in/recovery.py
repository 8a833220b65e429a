"""Who has lost their phone and their recovery codes: somebody else removes their second factor."""

from datetime import timedelta

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from allauth.mfa.models import Authenticator

from portal.mail.queue import enqueue
from portal.users.models import User

LOG_ACTION = "sign_in.remove_second_factor"
NOTICE_VALIDITY = timedelta(days=7)


def remove_second_factor(user: User, by: User | None = None) -> bool:
    """Remove the second factors and recovery codes of an account, and write so to its owner.

    Its sessions open the editor no more: the next sign-in asks for a new factor. ``by``: who did
    it, for the history; None on the server. False when there was nothing to remove.
    """
    removed, _kinds = Authenticator.objects.filter(user_id=user.pk).delete()
    if not removed:
        return False
    log(instance=user, action=LOG_ACTION, user=by)
    with translation.override("fr"):
        enqueue(
            user.email,
            kind="account/second_factor_removed",
            subject=_("Votre deuxième étape de connexion a été retirée"),
            text=render_to_string(
                "account/email/second_factor_removed.txt", {"at": timezone.now(), "by": by}
            ),
            valid_for=NOTICE_VALIDITY,
            at_once=True,
        )
    return True
