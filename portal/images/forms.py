from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail.images.forms import BaseImageForm

from PIL import Image


class DecodedImageForm(BaseImageForm):
    """Decodes the whole picture at upload, so that a broken file is a form error.

    Wagtail reads the header only; a truncated file would fail later, as an error 500
    on the page that shows it.
    """

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and "file" in self.changed_data:
            try:
                upload.seek(0)
                with Image.open(upload) as picture:
                    picture.load()
            except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
                raise ValidationError(
                    _(
                        "Cette image est abîmée ou incomplète : elle n’a pas pu être lue "
                        "en entier. Enregistrez-la de nouveau en JPEG ou en PNG, puis réessayez."
                    ),
                    code="unreadable",
                ) from error
            finally:
                upload.seek(0)
        return upload
