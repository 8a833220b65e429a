from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.utils import translation

#: The template of each page that the web server shows by itself, by the code of the answer.
PAGES = {
    "400": "400.html",
    "404": "404.html",
    "413": "413.html",
    "429": "errors/too_many_requests.html",
    "500": "500.html",
    "503": "503.html",
}


class Command(BaseCommand):
    help = (
        "Write the error pages as plain files into STATIC_ROOT/errors, for the web server "
        "to show when the portal does not answer. Run it after collectstatic."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.STATIC_ROOT) / "errors"
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
        with translation.override(settings.LANGUAGE_CODE):
            for code, template in PAGES.items():
                target = folder / f"{code}.html"
                draft = target.with_suffix(".part")
                draft.write_text(render_to_string(template), encoding="utf-8")
                # The web server reads it under an account of its own.
                draft.chmod(settings.FILE_UPLOAD_PERMISSIONS)
                draft.replace(target)
                self.stdout.write(str(target))
