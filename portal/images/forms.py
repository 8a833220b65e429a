from struct import error as StructError
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _

from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from PIL import Image

from portal.images.cleaning import AnimatedImageError, cleaned_copy

HEIC = ".heic"
# What Pillow raises on files made to break it.
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    AttributeError,
    StructError,
    Image.DecompressionBombError,
)


class DecodedImageField(WagtailImageField):
    """Image field that decodes the whole picture and keeps a copy without metadata.

    Wagtail reads the header only, and a truncated file then fails at upload or on the page that
    shows it. The metadata of a camera (place, date, device) may say where somebody lives.
    """

    default_error_messages = {
        "animated": _(
            "Les images animées ne sont pas acceptées : on ne peut pas les mettre en "
            "pause. Enregistrez une image fixe, en PNG ou en JPEG."
        ),
        "unreadable": _(
            "Cette image est abîmée ou incomplète : elle n’a pas pu être lue "
            "en entier. Enregistrez-la de nouveau en JPEG ou en PNG, puis réessayez."
        ),
    }

    def to_python(self, data: Any) -> Any:
        try:
            upload = super().to_python(data)
            if not isinstance(upload, UploadedFile):
                return upload
            upload.seek(0)
            content, mime_type = cleaned_copy(upload)
        except AnimatedImageError as error:
            raise ValidationError(self.error_messages["animated"], code="animated") from error
        except ValidationError:
            raise
        except UNREADABLE as error:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from error
        name = upload.name or "image"
        if name.lower().endswith(HEIC) and mime_type == "image/jpeg":
            name = f"{name.rpartition('.')[0]}.jpg"
        return SimpleUploadedFile(name, content, content_type=mime_type)


class DecodedImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" not in self.fields:
            return  # the words of a picture already sent
        stock = self.fields["file"]
        self.fields["file"] = DecodedImageField(
            label=stock.label,
            help_text=stock.help_text,
            required=stock.required,
            widget=stock.widget,
        )
