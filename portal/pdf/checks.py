"""Say when this machine cannot make documents to print."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from portal.pdf.render import missing_packages


@register("paper")
def documents_can_be_made(**_kwargs: Any) -> list[CheckMessage]:
    packages = missing_packages()
    if not packages:
        return []
    return [
        Warning(
            "No document to print can be made: a library is missing on this machine.",
            hint=f"sudo apt-get install {' '.join(packages)}",
            id="portal.W201",
        )
    ]
