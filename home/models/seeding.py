from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class SeededObject(models.Model):
    """An object made by a first set-up, so that no later one makes it again.

    The editors own the object from then on: one that they change is left as it is, one that they
    delete is not made again.
    """

    unseen_by_readers = True
    personal_fields = ()

    key = models.CharField(_("clé"), max_length=160, unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(_("objet"), max_length=40)
    seeded_at = models.DateTimeField(_("mis en place le"), auto_now_add=True)

    class Meta:
        verbose_name = _("objet mis en place")
        verbose_name_plural = _("objets mis en place")

    def __str__(self) -> str:
        return self.key
