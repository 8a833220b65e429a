"""The codes of the second step (``MFA_FORMS``), counted in the database."""

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator

from portal.sign_in.limits import code_attempt, is_first_use


class CountedCodeMixin(forms.BaseAuthenticateForm):
    def clean_code(self) -> str:
        """Refuse one attempt too many, a wrong code, and a code that was used already.

        allauth keeps the codes that were used in the cache, which may forget them.
        """
        was_right = code_attempt(context.request, self.user)
        if was_right is None:
            raise get_account_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        is_of_application = self.authenticator.type == Authenticator.Type.TOTP
        if is_of_application and not is_first_use(self.user, "".join(code.split())):
            raise get_adapter().validation_error("incorrect_code")
        was_right()
        return code


class SecondStepForm(CountedCodeMixin, forms.AuthenticateForm):
    """The second step of signing in."""


class SecondStepAgainForm(CountedCodeMixin, forms.ReauthenticateForm):
    """The second step again, before something that matters."""
