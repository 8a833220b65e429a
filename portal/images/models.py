import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.images.alt_text import alt_text_problem


class CustomImage(AbstractImage):
    """An image of the portal, with the credit to show beside it."""

    personal_fields = ("uploaded_by_user",)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    credit = models.CharField(
        _("crédit"),
        max_length=120,
        blank=True,
        help_text=_("Auteur et licence, par exemple « Ville de Martigues, CC BY 4.0 »."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    @property
    def default_alt_text(self) -> str:
        """What the editor proposes beside the image: its description, if somebody wrote one.

        Never its title, which is at first the name of a file: a wrong word is worse than none.
        """
        words = self.description.strip()
        return "" if alt_text_problem(words, self) else words

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class Rendition(AbstractRendition):
    personal_fields = ()

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="images_rendition_unique",
            ),
        ]
