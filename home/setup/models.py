"""What the first hour remembers: steps left for later, files of FINESS, the day of the opening."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.imports.models import ImportRun


class SetupStepNote(models.Model):
    """What people did of a step: looked at it, left it for later.

    Never whether it is done: that is asked of the portal itself (``home.setup.steps``).
    """

    unseen_by_readers = True
    personal_fields = ()

    step = models.SlugField(_("étape"), primary_key=True)
    seen_at = models.DateTimeField(_("regardée le"), null=True)
    put_off_at = models.DateTimeField(_("remise à plus tard le"), null=True)

    class Meta:
        verbose_name = _("étape de la première heure")
        verbose_name_plural = _("étapes de la première heure")

    def __str__(self) -> str:
        return self.step


class PortalOpening(models.Model):
    """The life of this portal before it opens, then the moment when somebody opened it.

    There is one row at most. A portal without a row was set up before this screen existed, and is
    taken to be open.
    """

    unseen_by_readers = True
    personal_fields = ()

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    began_at = models.DateTimeField(_("commencé le"), default=timezone.now)
    opened_at = models.DateTimeField(_("ouvert le"), null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ouvert par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    mail_test_code = models.CharField(max_length=40, blank=True)
    mail_test_sent_at = models.DateTimeField(null=True)
    mail_test_received_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("ouverture du portail")
        verbose_name_plural = _("ouverture du portail")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="home_setup_one_opening")
        ]

    def __str__(self) -> str:
        return str(_("Ouvert") if self.opened_at else _("En préparation"))


class FinessImportState(models.TextChoices):
    """How far a file of FINESS is on its way to the import."""

    ASKED = "demande", _("Demandé")
    RECEIVING = "arrive", _("En cours de réception")
    RECEIVED = "recu", _("Reçu")
    FAILED = "echec", _("Pas reçu")


class FinessImport(models.Model):
    """A file of FINESS that somebody asked for, then the import that it became.

    ``address_rank`` tells which address of ``PORTAL_FINESS_URLS`` is being tried; the bytes
    received so far wait in a file of ``VAR_DIR``, and ``validator`` (an ETag or a date) makes sure
    that what follows belongs to the same file. ``publishes``: once it is written, the new
    entries about which there is no doubt are published.
    """

    unseen_by_readers = True
    personal_fields = ()

    State = FinessImportState

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=8, choices=FinessImportState, default=State.ASKED)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    address_rank = models.PositiveSmallIntegerField(default=0)
    validator = models.CharField(max_length=200, blank=True)
    received = models.PositiveBigIntegerField(default=0)
    expected = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    #: Why each address that was tried gave nothing, in French.
    reasons = models.JSONField(default=list)
    run = models.OneToOneField(
        ImportRun, null=True, on_delete=models.SET_NULL, related_name="finess_import"
    )
    publishes = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("fichier FINESS")
        verbose_name_plural = _("fichiers FINESS")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"FINESS {timezone.localtime(self.asked_at):%d/%m/%Y}"

    @property
    def is_on_its_way(self) -> bool:
        return self.state in (self.State.ASKED, self.State.RECEIVING)
