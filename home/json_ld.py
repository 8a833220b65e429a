"""JSON-LD of help lines (schema.org)."""

from typing import Any

from portal.crisis.models import HelpLine


def help_line_data(line: HelpLine) -> dict[str, Any]:
    """The organisation that answers, and how to reach it."""
    contact = {
        "@type": "ContactPoint",
        "contactType": line.situation,
        "telephone": line.number,
        "url": line.link,
        "areaServed": "FR",
        "description": ". ".join(filter(None, [line.details, line.hours, line.cost])),
    }
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": line.name,
        "contactPoint": {name: fact for name, fact in contact.items() if fact},
    }
