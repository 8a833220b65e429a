from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.utils import translation

CODES = (404, 500, 503)


class Command(BaseCommand):
    help = (
        "Write the error pages as plain files into STATIC_ROOT/errors, for the web server "
        "to show when the portal does not answer. Run it after collectstatic."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.STATIC_ROOT) / "errors"
        folder.mkdir(parents=True, exist_ok=True)
        with translation.override(settings.LANGUAGE_CODE):
            for code in CODES:
                target = folder / f"{code}.html"
                draft = target.with_suffix(".part")
                draft.write_text(render_to_string(f"{code}.html"), encoding="utf-8")
                draft.replace(target)
                self.stdout.write(str(target))
