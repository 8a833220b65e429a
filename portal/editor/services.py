"""What the editor needs in the database of a new portal."""

from wagtail.models import Collection, Page

#: What Wagtail calls « Root » on the editor's screens.
SITE_NAME = "Tout le site"
FILES_NAME = "Tous les fichiers"


def name_roots() -> list[str]:
    """Give French names to the two roots of Wagtail; no address shows them."""
    Page.objects.filter(depth=1, title="Root").update(title=SITE_NAME, draft_title=SITE_NAME)
    Collection.objects.filter(depth=1, name="Root").update(name=FILES_NAME)
    return []
