from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "portal.mail"
    label = "portal_mail"
    verbose_name = _("Courrier")

    def ready(self) -> None:
        from portal.mail.wagtail_messages import queue_wagtail_messages

        queue_wagtail_messages()
