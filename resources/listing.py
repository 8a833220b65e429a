"""The answer of the directory: which entries, in what order, and how to change the question."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, prefetch_related_objects
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.base.pagination import page_of
from resources.filters import DirectoryForm, Place, find_place, types_named, words_of
from resources.lines import Line, line_of
from resources.models.place import short_commune_name
from resources.models.resource import ResourcePage
from resources.models.resource_type import ResourceType
from resources.querysets import ResourceQuerySet

FILTERS = ("type", "pour", "km", "gratuit", "sansrdv", "pmr")
MOST_TYPES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Link:
    """Words and the address they lead to."""

    text: str
    url: str


class Tick(NamedTuple):
    """One box of the filters."""

    code: str
    label: str
    checked: bool


class Listing:
    """One question put to the directory, and all that its page says.

    Built from the directory page and the address's parameters; costs the same number of
    queries whatever the number of entries.
    """

    def __init__(self, directory: Any, query: QueryDict) -> None:
        self.directory = directory
        self.query = query
        self.form = DirectoryForm(query, self.types)

    @cached_property
    def entries(self) -> ResourceQuerySet:
        return ResourcePage.objects.child_of(self.directory).listed()

    @cached_property
    def types(self) -> list[ResourceType]:
        """The types that have an entry, in the language of the page."""
        entries = self.entries.select_related(None).order_by()
        types = list(ResourceType.objects.filter(pk__in=entries.values("type")))
        in_language = {kind.code: kind for kind in types}
        if any(kind.locale_id != self.directory.locale_id for kind in types):
            translated = ResourceType.objects.filter(
                code__in=list(in_language), locale=self.directory.locale_id
            )
            in_language |= {kind.code: kind for kind in translated}
        return sorted(in_language.values(), key=lambda kind: (kind.order, kind.name))

    @cached_property
    def place(self) -> Place:
        return find_place(self.form.asked("ou"))

    @cached_property
    def named_types(self) -> list[ResourceType]:
        """The types that the words name: then the words are not looked for in the texts."""
        return types_named(self.form.asked("q"), self.types)

    @cached_property
    def found(self) -> ResourceQuerySet:
        found = self._by_words(self.entries)
        if codes := self.form.asked("type"):
            found = found.of_types(codes)
        if public := self.form.asked("pour"):
            found = found.for_public(public)
        if self.form.asked("gratuit"):
            found = found.free()
        if self.form.asked("sansrdv"):
            found = found.without_appointment()
        if self.form.asked("pmr"):
            found = found.wheelchair()
        return self._by_place(found)

    def _by_words(self, entries: ResourceQuerySet) -> ResourceQuerySet:
        text = self.form.asked("q")
        if self.named_types:
            return entries.of_types([kind.code for kind in self.named_types])
        return entries.matching_words(words_of(text)) if text else entries

    def _by_place(self, entries: ResourceQuerySet) -> ResourceQuerySet:
        if self.place.point is None or self.place.commune is None:
            return entries.order_by("type__order", "title")
        entries = entries.near(*self.place.point)
        if km := self.form.asked("km"):
            here = Q(distance__lte=int(km)) | entries.covers(self.place.commune)
            return entries.filter(here)
        return entries

    @cached_property
    def page(self) -> Any:
        return page_of(self.found, self.query.get("page"))

    @cached_property
    def lines(self) -> list[Line]:
        names = {kind.code: kind.name for kind in self.types}
        prefetch_related_objects([e for e in self.page if e.has_closures], "closures")
        return [
            line_of(entry, rank, names.get(entry.type.code, entry.type.name), self.place.commune)
            for rank, entry in enumerate(self.page, start=self.page.start_index())
        ]

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def title(self) -> str:
        """« 5 lieux pour « écouter » »"""
        words = {"count": self.count, "text": self.form.asked("q")}
        if not self.count:
            return _("Aucun lieu trouvé")
        if words["text"]:
            return (
                ngettext(
                    "%(count)s lieu pour « %(text)s »",
                    "%(count)s lieux pour « %(text)s »",
                    self.count,
                )
                % words
            )
        return ngettext("%(count)s lieu ou service", "%(count)s lieux et services", self.count) % (
            words
        )

    @property
    def sentence(self) -> str:
        """How the list is ordered, and around what."""
        if not self.count or self.place.commune is None:
            return ""
        name = short_commune_name(self.place.commune.name)
        if km := self.form.asked("km"):
            sentence = _("%(place)s et %(km)s km autour. Du plus proche au plus loin.")
            return sentence % {"km": km, "place": name}
        return _("%(place)s et alentours. Du plus proche au plus loin.") % {"place": name}

    @cached_property
    def messages(self) -> list[str]:
        """What was not understood, said plainly; the rest of the question still counts."""
        said = [str(error) for errors in self.form.errors.values() for error in errors]
        where = self.form.asked("ou")
        if where and self.place.commune is None:
            sentence = _(
                "Nous ne connaissons pas « %(where)s » dans ce département. Vérifiez le nom, ou "
                "écrivez un code postal. Voici les lieux de tout le département."
            )
            said.append(sentence % {"where": where})
        if self.form.asked("km") and not where:
            said.append(_("Pour choisir une distance, dites d’abord où : une commune suffit."))
        return list(dict.fromkeys(said))

    @property
    def other_places(self) -> list[Link]:
        """The other communes of a postcode."""
        return [
            Link(short_commune_name(commune.name), self.url_with(ou=commune.name))
            for commune in self.place.others
        ]

    @cached_property
    def chips(self) -> list[Link]:
        """The filters at work, each with the address that takes it away."""
        chips = []
        for name in FILTERS:
            asked = self.form.asked(name)
            for value in asked if isinstance(asked, list) else [asked]:
                if value:
                    chips.append(Link(self._label(name, value), self.url_without(name, value)))
        return chips

    def _label(self, name: str, value: Any) -> str:
        field = self.form.fields[name]
        if value is True:
            return str(field.label)
        return str(dict(field.choices)[value])

    @property
    def typed_q(self) -> str:
        return self.form.as_typed("q")

    @property
    def typed_ou(self) -> str:
        return self.form.as_typed("ou")

    @property
    def asked_km(self) -> str:
        return self.form.asked("km")

    @property
    def asked_public(self) -> str:
        return self.form.asked("pour")

    @property
    def ticks(self) -> list[Tick]:
        names = ("gratuit", "sansrdv", "pmr")
        return [Tick(n, str(self.form.fields[n].label), bool(self.form.asked(n))) for n in names]

    @property
    def type_ticks(self) -> list[Tick]:
        return self._all_type_ticks[:MOST_TYPES_SHOWN]

    @property
    def more_type_ticks(self) -> list[Tick]:
        return self._all_type_ticks[MOST_TYPES_SHOWN:]

    @property
    def more_are_checked(self) -> bool:
        return any(tick.checked for tick in self.more_type_ticks)

    @cached_property
    def _all_type_ticks(self) -> list[Tick]:
        asked = self.form.asked("type")
        return [Tick(t.query_code, t.name, t.query_code in asked) for t in self.types]

    @property
    def proposals(self) -> list[Link]:
        """What to try when nothing was found, the smallest change first."""
        tries = []
        if self.form.asked("km"):
            tries.append(Link(_("Chercher dans tout le département"), self.url_without("km")))
        tries += [
            Link(_("Retirer le filtre « %(filter)s »") % {"filter": chip.text}, chip.url)
            for chip in self.chips
        ]
        if self.form.asked("q"):
            tries.append(Link(_("Chercher sans ces mots"), self.url_without("q")))
        tries.append(Link(_("Voir tout l’annuaire"), self.directory.url or ""))
        return tries

    @property
    def base(self) -> str:
        """The question without its page number, for the pager."""
        return self._query_without("page").urlencode()

    def url_without(self, name: str, value: Any = None) -> str:
        query = self._query_without("page")
        values = query.getlist(name)
        query.setlist(name, [v for v in values if value not in (None, True) and v.lower() != value])
        return f"{self.directory.url}?{query.urlencode()}".rstrip("?")

    def url_with(self, **changes: str) -> str:
        query = self._query_without("page")
        for name, value in changes.items():
            query[name] = value
        return f"{self.directory.url}?{query.urlencode()}"

    def _query_without(self, name: str) -> QueryDict:
        """A copy of the question, known parameters only."""
        kept = QueryDict(mutable=True)
        for key in ("q", "ou", *FILTERS):
            values = [value.replace("\0", "")[:200] for value in self.query.getlist(key) if value]
            if key != name and values:
                kept.setlist(key, values)
        return kept
