from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pillow_heif import register_heif_opener


class ImagesConfig(AppConfig):
    name = "portal.images"
    label = "images"
    verbose_name = _("Images")

    def ready(self) -> None:
        # Pillow reads HEIC, what an iPhone writes, with this only.
        register_heif_opener()
