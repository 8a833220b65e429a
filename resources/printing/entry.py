"""An entry of the booklet: the facts of its page that are of use on paper."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.geo.names import fold, short_commune_name
from resources.entry.hours import hours_text
from resources.entry.labels import verification_label
from resources.entry.presenter import EntryFact, EntryPresenter
from resources.entry.services import service_lines
from resources.entry_fields import PropertySource, source
from resources.models import ResourcePage

TRANSLATED = False

#: How many letters a fact has at most to share a line with others.
SHORT = 48


@dataclass(frozen=True, slots=True)
class BookletEntry:
    """An entry of the booklet; ``commune`` is empty when it may not be said.

    ``brief`` facts are so short that they share lines.
    """

    anchor: str
    title: str
    url: str
    kind: str
    commune: str
    summary: str
    phone: str
    warning: str
    facts: tuple[EntryFact, ...]
    brief: tuple[EntryFact, ...]
    verified: str
    source: str

    @property
    def sort_key(self) -> tuple[Any, ...]:
        return (not self.commune, *commune_sort_key(self.commune), fold(self.title))


def commune_sort_key(name: str) -> tuple[str, int, str]:
    """Marseille, then its 2nd arrondissement, then its 10th."""
    head, _space, tail = name.rpartition(" ")
    number = "".join(character for character in tail if character.isdigit())
    return (fold(head), int(number), "") if head and number else (fold(name), 0, "")


def booklet_entry(entry: ResourcePage) -> BookletEntry:
    """``entry`` as ``querysets.with_specific_facts`` reads it."""
    presenter = EntryPresenter(entry)
    facts = [fact for one in FACTS for fact in one.read(presenter) if fact.definition]
    return BookletEntry(
        anchor=f"fiche-{entry.pk}",
        url=entry.url or "",
        facts=tuple(fact for fact in facts if not _is_brief(fact)),
        brief=tuple(fact for fact in facts if _is_brief(fact)),
        **{name: one.read(presenter) for name, one in HEADING.items()},
    )


def _is_brief(fact: EntryFact) -> bool:
    """Whether it may share a line with others: paper is dear."""
    return fact.term != _("Adresse") and len(f"{fact.term} {fact.definition}") <= SHORT


def _commune(presenter: EntryPresenter) -> str:
    commune = presenter.entry.public_commune
    return short_commune_name(commune.name) if commune else ""


def _sentences(sentences: list[str]) -> SafeString:
    """Those of the page; some are HTML already."""
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))


#: What stands above and below the facts: attribute of ``BookletEntry``, and what fills it.
HEADING: dict[str, PropertySource] = {
    "title": source("title", lambda presenter: presenter.entry.title),
    "kind": source("type", lambda presenter: presenter.entry.type.name),
    "commune": source("commune masked_place", _commune),
    "summary": source("summary", lambda presenter: presenter.entry.summary),
    "phone": source("phone", lambda presenter: presenter.entry.phone),
    "warning": source("status is_example", lambda presenter: presenter.warning),
    "verified": source(
        "verified_on verified_by_role verification_frequency",
        lambda presenter: verification_label(presenter.entry)[0].rstrip("."),
    ),
    "source": source("source", lambda presenter: presenter.entry.source),
}
#: The facts in their order. What the page tells by a link only is of no use on paper.
FACTS: tuple[PropertySource, ...] = (
    source(
        "address_street address_extra postcode address_is_masked getting_there accessibility",
        lambda presenter: [fact for fact in presenter.coming if not fact.url],
    ),
    source(
        "opening_hours hours_note closures.since closures.until closures.message",
        lambda presenter: [EntryFact(_("Horaires"), hours_text(presenter.entry))],
    ),
    source(
        "publics audience age_min age_max relatives_welcome sectors covers_department"
        " coverage_territories coverage_communes territory",
        lambda presenter: [EntryFact(_("Pour qui"), _sentences(presenter.for_whom))],
    ),
    source(
        "first_contact",
        lambda presenter: [EntryFact(_("Premier contact"), presenter.entry.first_contact)],
    ),
    source(
        "first_delay first_delay_declared_on",
        lambda presenter: [EntryFact(_("Premier rendez-vous"), presenter.delay)],
    ),
    source(
        "services.name services.publics services.age_min services.age_max services.cost"
        " services.access_modes services.first_delay services.first_delay_declared_on"
        " services.phone services.opening_hours",
        lambda presenter: [
            EntryFact(_("Ce qu’on peut y demander"), " ".join(service_lines(presenter.entry)))
        ],
    ),
    source("email", lambda presenter: [_email(presenter.entry.email)]),
    source(
        "cost cost_details access_modes is_remote spoken_languages phones.label phones.number "
        "website operator parent_structure hospital",
        lambda presenter: presenter.practical,
    ),
)
#: The fields of an entry that the booklet does not print, and why.
LEFT_OUT = {
    **dict.fromkeys(
        ("first_visit", "description", "services.uuid", "services.summary", "notices",
         "acceslibre_url", "source_date"),
        "paper is dear and ages: the page has it, its address is printed",
    ),
    **dict.fromkeys(("lat", "lon"), "a point is for maps"),
    **dict.fromkeys(
        (
            "uuid", "short_title", "acronym", "listing_image", "listing_image_alt",
            "listing_image_is_decorative", "content_updated_on", "owner_role",
            "agrees_to_call", "seeks_referent", "finess", "siret", "is_ptsm_partner",
        ),
        "it is not for who looks for help",
    ),
    "is_emergency": "it chooses the group where the entry stands",
    **dict.fromkeys(
        (
            "members_association", "sponsor", "manager", "is_self_managed",
            "membership", "activities", "presidency", "coordinator_role",
            "coordinator_email", "created_in", "working_groups", "achievements",
        ),
        "only one type of page has it; an entry of the booklet has what all have",
    ),
}  # fmt: skip


def _email(address: str) -> EntryFact:
    return EntryFact(_("E-mail"), address, f"mailto:{address}")
