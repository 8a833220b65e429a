"""The memory of what came from files: each import, and what it wrote."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.imports.choices import ImportState


class ImportRun(models.Model):
    """One file that somebody asked to import: its plan, its progress, its report."""

    unseen_by_readers = True
    personal_fields = ()

    State = ImportState

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("sorte"), max_length=20)
    file_name = models.CharField(_("fichier"), max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandé par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("état"), max_length=8, choices=ImportState, default=ImportState.READY
    )
    options = models.JSONField(default=dict)
    #: The file, compressed; emptied once the import is over.
    content = models.BinaryField(default=bytes)
    #: Of the plan that was shown: what is written is what was seen.
    digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("fini le"), null=True)

    class Meta:
        app_label = "base"
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"


class ImportedObject(models.Model):
    """What the last import of a source wrote in an object.

    A field that no longer holds it was changed by a person, and is theirs.
    """

    unseen_by_readers = True
    personal_fields = ()

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    target = GenericForeignKey("content_type", "object_id")
    values = models.JSONField(default=dict)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "base"
        verbose_name = _("objet importé")
        verbose_name_plural = _("objets importés")
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="base_one_import_per_key")
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="base_imported_target")]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"
