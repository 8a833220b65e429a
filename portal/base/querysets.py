"""Queryset methods for pages of any type."""

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from wagtail.models import Page, get_page_models


def with_menu_title(pages: QuerySet[Page]) -> QuerySet[Page]:
    """The same pages, each with ``menu_title``: its short title, else its title.

    Every page type keeps its short title in its own table; reading them all here costs
    one query, where ``specific()`` costs one per type.
    """
    short_titles = [
        NullIf(f"{model._meta.model_name}__short_title", Value(""), output_field=CharField())
        for model in get_page_models()
        if any(field.name == "short_title" for field in model._meta.local_fields)
    ]
    if not short_titles:
        return pages.annotate(menu_title=F("title"))
    return pages.annotate(menu_title=Coalesce(*short_titles, "title"))
