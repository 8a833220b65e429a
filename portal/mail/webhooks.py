"""What mail services say of the messages that they carried: bounces, complaints.

A receiver of ``anymail.signals.tracking`` does the rest. Only the two services that the
portal can use and that call back are heard: each other address of anymail would be one
more door.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent
from anymail.webhooks.base import AnymailCoreWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView

# What anymail raises on a body of another shape, or meant for another of its addresses.
NOT_AN_EVENT = (
    *(AnymailError, ImproperlyConfigured, ValueError, LookupError),
    *(TypeError, AttributeError, RecursionError),
)


class _AnswersPolitely(AnymailCoreWebhookView):
    """400 rather than 500 for what is no event, so that nobody fills our logs with errors."""

    def parse_events(self, request: HttpRequest) -> list[AnymailTrackingEvent]:
        try:
            return super().parse_events(request)
        except NOT_AN_EVENT as error:
            raise AnymailWebhookValidationFailure("Not an event of this service") from error


class _Brevo(_AnswersPolitely, BrevoTrackingWebhookView):
    pass


class _Mailjet(_AnswersPolitely, MailjetTrackingWebhookView):
    pass


HEARD: dict[str, type[AnymailCoreWebhookView]] = {"brevo": _Brevo, "mailjet": _Mailjet}


@csrf_exempt
def tracking(request: HttpRequest, service: str, **kwargs: Any) -> HttpResponse:
    """Found only when a secret is set: without one, anybody could unsubscribe anybody."""
    if service not in HEARD or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    return HEARD[service].as_view()(request)
