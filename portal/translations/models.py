"""What a translation was last read against."""

from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TranslationStateQuerySet(models.QuerySet):
    """Sentences about the state of translations."""

    def of(self, translations: Collection[Any]) -> Self:
        """Those of pages or snippets of one model."""
        models_ = {type(one).get_translation_model() for one in translations}
        types = ContentType.objects.get_for_models(*models_).values()
        keys = [one.pk for one in translations]
        return self.filter(content_type__in=types, object_id__in=keys)

    def to_review(self) -> Self:
        """Those whose source says something else since, the oldest change first."""
        return self.filter(changed_at__isnull=False).order_by("changed_at", "pk")


class TranslationState(models.Model):
    """Whether a translation still says what its source says.

    ``read_texts`` are the texts of the source when somebody last made or read the translation
    against it, ``source_texts`` those that are published; both by path, see
    ``portal.translations.texts``. Kept here, since revisions may be purged.
    """

    unseen_by_readers = True
    personal_fields = ("read_by", "changed_by")
    #: It is no use of the page that an editor should be told of before deleting it.
    wagtail_reference_index_ignore = True

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    translation = GenericForeignKey("content_type", "object_id")
    read_texts = models.JSONField(default=dict)
    source_texts = models.JSONField(default=dict)
    read_at = models.DateTimeField(_("relue le"), default=timezone.now)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    #: When the source first said something else; empty while the translation follows it.
    changed_at = models.DateTimeField(_("à revoir depuis"), null=True, db_index=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = TranslationStateQuerySet.as_manager()

    class Meta:
        app_label = "base"
        verbose_name = _("état d’une traduction")
        verbose_name_plural = _("états des traductions")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="one_state_a_translation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"

    def follow(self, texts: dict[str, str], user: Any = None) -> None:
        """Note what the source says now, and since when it is not what was translated."""
        self.source_texts = texts
        if self.read_texts == texts:
            self.changed_at = self.changed_by = None
        elif self.changed_at is None:
            self.changed_at, self.changed_by = timezone.now(), user

    def mark_read(self, user: Any = None) -> None:
        """Somebody has read the translation against its source: it says the same."""
        self.read_texts = self.source_texts
        self.read_at, self.read_by = timezone.now(), user
        self.changed_at = self.changed_by = None
