"""What other languages do with each field of an action."""

from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.translation_fields import TranslatedFact

TRANSLATIONS = [
    *(
        TranslatableField(name)
        for name in (
            "why",
            "objectives",
            "participation_text",
            "source",
            "steps",
            "notes",
            "indicators",
            "documents",
            "linked_resources",
        )
    ),
    TranslatedFact("status_reason"),
    *(
        SynchronizedField(name, overridable=False)
        for name in (
            "reference",
            "priority",
            "recommendations",
            "dimensions",
            "publics",
            "whole_department",
            "territories",
            "participation",
            "contact_email",
            "status",
            "start",
            "planned_end",
            "actual_end",
            "review_on",
            "is_example",
            "partners",
            "funders",
        )
    ),
]
