"""What imports that make pages share: how a page is checked, why one is kept, how one is named."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What the tree and Wagtail give: asked of the database again, it would be a query each.
_NOT_CLEANED = {
    "page_ptr", "path", "depth", "slug", "content_type", "owner", "locale", "translation_key",
    "listing_image", "latest_revision", "live_revision", "locked_by", "alias_of", "draft_title",
    "numchild", "url_path",
}  # fmt: skip


def page_errors(
    page: Any,
    known: Collection[str],
    label_of: Callable[[str], str],
    also: Callable[[Any], str] = lambda page: "",
) -> list[str]:
    """What its models refuse in a page that is not written, without a query for each row.

    ``known``: keys whose rows the books have found; ``also`` refuses in a sentence what makes
    no sense of fields that are right one by one; ``label_of``: empty for what is no column.
    """
    page.get_parent = lambda *args, **kwargs: None
    page.slug = "brouillon"  # the true one is chosen when it is written
    try:
        page.clean_fields(exclude={*_NOT_CLEANED, *known})
        if refusal := also(page):
            return [refusal]
        page.clean()
    except ValidationError as mistake:
        return [
            f"{label} : {message}" if (label := label_of(name)) else message
            for name, messages in mistake.message_dict.items()
            for message in messages
        ]
    return []


def page_lock_reason(page: Any, in_review: bool) -> str:
    """Why an import does not touch a page; empty when it may."""
    if page.locked:
        return _("Fiche verrouillée par une personne : gardée telle quelle.")
    if in_review:
        return _("Une modification de cette fiche attend sa relecture : gardée telle quelle.")
    return ""


def free_slug(base: str, taken: Collection[str]) -> str:
    """This slug, or the first that follows it and that no sibling has."""
    slug, rank = base, 1
    while slug in taken:
        rank += 1
        slug = f"{base}-{rank}"
    return slug
