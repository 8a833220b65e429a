"""Draft of an entry from a proposal: the page model of its type, filled with its fields."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from wagtail.log_actions import log
from wagtail.rich_text import RichText

from resources.choices import SectorAudience
from resources.listing.models import DirectoryPage
from resources.models import (
    ClsmPage,
    CmpPage,
    CorrectionState,
    EntryProposal,
    GemPage,
    ResourcePage,
    ResourceType,
)

TRANSLATED = False

_OWN_PAGES: tuple[type[ResourcePage], ...] = (GemPage, CmpPage, ClsmPage)


def get_source_directory() -> DirectoryPage | None:
    """Where new entries go: the directory in the language that is written first."""
    pages = DirectoryPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return pages.order_by("path").first()


@transaction.atomic
def create_draft(
    proposal: EntryProposal, kind: ResourceType, directory: DirectoryPage, user: Any
) -> ResourcePage:
    """A draft that nobody sees before it is published; ``ValidationError`` when it cannot be."""
    page = _build_page(proposal, kind)
    page.live, page.owner = False, user
    directory.add_child(instance=page)
    revision = page.save_revision(user=user)
    log(page, "wagtail.create", user=user, revision=revision, content_changed=True)
    proposal.entry = page
    if proposal.state == CorrectionState.RECEIVED:
        proposal.state = CorrectionState.CHECKING
    proposal.save(update_fields=["entry", "state"])
    return page


def _build_page(proposal: EntryProposal, kind: ResourceType) -> ResourcePage:
    commune = proposal.commune
    postcodes = commune.postcode_list if commune else []
    words = RichText(linebreaks(proposal.text, autoescape=True))
    page = _page_model(kind)(
        title=proposal.name,
        type=kind,
        commune=commune,
        postcode=postcodes[0] if len(postcodes) == 1 else "",
        address_street=proposal.address[:160],
        phone=proposal.phone,
        website=proposal.website,
        source=_("Proposition reçue par le portail"),
        source_date=timezone.localdate(proposal.received_at),
        description=[("paragraph", words)] if proposal.text else [],
    )
    if isinstance(page, CmpPage):
        page.audience = SectorAudience.INFANTO_JUVENILE if kind.code == "CMPEA" else ""
    return page


def _page_model(kind: ResourceType) -> type[ResourcePage]:
    return next((page for page in _OWN_PAGES if kind.code in page.type_codes), ResourcePage)
