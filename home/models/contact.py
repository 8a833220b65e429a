from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from home.choices import ContactSubject
from home.forms import ContactForm, about
from portal.base.editor_forms import EditorForm
from portal.base.fields import StreamField
from portal.blocks import BODY_BLOCKS
from search.models import SearchablePage


class ContactPage(SearchablePage):
    """Serves whoever wants to write to the people of the PTSM."""

    personal_fields = ()
    page_description = _("« Nous écrire » : un formulaire qui mène à l’adresse du PTSM.")
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("à côté du formulaire"))
    thanks = RichTextField(
        _("après l’envoi"),
        blank=True,
        features=["bold", "link"],
        help_text=_("Quand la personne aura une réponse, et de qui."),
    )

    class Meta:
        verbose_name = _("page de contact")
        verbose_name_plural = _("pages de contact")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("body"),
        FieldPanel("thanks"),
    ]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("body"),
        TranslatableField("thanks"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["form"] = kwargs.get("form") or ContactForm(initial=about(request.GET))
        context["is_sent"] = kwargs.get("is_sent", False)
        return context

    def structured_data(self) -> list[dict[str, Any]]:
        return [
            {
                "@context": "https://schema.org",
                "@type": "ContactPage",
                "name": self.title,
                "url": self.full_url,
            }
        ]


class ContactMessageQuerySet(models.QuerySet):
    """Querysets of contact messages."""

    def to_forget(self) -> Self:
        """Messages that were answered, and those older than ``KEPT_FOR``."""
        oldest = timezone.now() - KEPT_FOR
        return self.filter(models.Q(answered_on__isnull=False) | models.Q(received_at__lt=oldest))


KEPT_FOR = timedelta(days=182)


class ContactMessage(models.Model):
    """What somebody wrote, kept until it is answered so that no breakdown of mail loses it."""

    unseen_by_readers = True
    personal_fields = ("name", "email", "message")
    base_form_class = EditorForm

    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(_("sujet"), max_length=16, choices=ContactSubject)
    name = models.CharField(_("nom"), max_length=80, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    message = models.TextField(_("message"))
    received_at = models.DateTimeField(_("reçu le"), default=timezone.now, editable=False)
    mailed_at = models.DateTimeField(
        _("transmis par e-mail le"), null=True, blank=True, editable=False
    )
    #: The last message of the queue that carries it; none once the queue has forgotten it.
    outgoing = models.OneToOneField(
        "base.OutgoingMessage",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    answered_on = models.DateField(
        _("répondu le"),
        null=True,
        blank=True,
        help_text=_("Une fois la réponse faite, le message est effacé : il n’est plus utile."),
    )

    objects = ContactMessageQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("subject", read_only=True),
                FieldPanel("received_at", read_only=True),
                FieldPanel("mailed_at", read_only=True),
                FieldPanel("name", read_only=True),
                FieldPanel("email", read_only=True),
                FieldPanel("message", read_only=True),
            ],
            heading=_("Message"),
        ),
        FieldPanel("answered_on"),
    ]

    class Meta:
        verbose_name = _("message reçu")
        verbose_name_plural = _("messages reçus")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} ({timezone.localtime(self.received_at):%d/%m/%Y})"
