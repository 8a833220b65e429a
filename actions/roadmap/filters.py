"""Filters of the roadmap, read from the address."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.choices import ActionStatus
from actions.querysets import ActionQuerySet
from portal.base.choices import Public
from portal.forms.choice_fields import choice_field, get_choices

LATE = "en_retard"
TRANSVERSAL = "transversale"
VIEWS = (("liste", gettext_lazy("Liste")), ("calendrier", gettext_lazy("Calendrier")))


class FilterChip(NamedTuple):
    """A filter in force, and the address of the page without it."""

    label: str
    url: str


class ActionFilterForm(forms.Form):
    """The filters of the roadmap. A value out of the list is dropped, and said.

    ``priorities`` and ``territories`` are read once by the caller; ``pilots`` maps the key
    of an organisation to its name.
    """

    use_required_attribute = False

    priorite = forms.ChoiceField(label=gettext_lazy("Priorité"), required=False)
    statut = forms.ChoiceField(label=gettext_lazy("État"), required=False)
    territoire = forms.ChoiceField(label=gettext_lazy("Territoire"), required=False)
    public = forms.ChoiceField(label=gettext_lazy("Pour qui ?"), required=False)
    pilote = forms.ChoiceField(label=gettext_lazy("Pilote"), required=False)
    vue = forms.ChoiceField(
        label=gettext_lazy("Présentation"), choices=VIEWS, required=False, initial="liste"
    )

    def __init__(
        self,
        data: QueryDict,
        *,
        priorities: Iterable[Any],
        territories: Iterable[Any],
        pilots: dict[str, str],
    ) -> None:
        super().__init__(data, label_suffix="", auto_id="filtre-%s")
        self._offer(
            "priorite",
            _("Toutes"),
            [(str(p.number), str(p)) for p in priorities]
            + [(TRANSVERSAL, _("Actions pour toutes les priorités"))],
        )
        self._offer("statut", _("Tous"), [*ActionStatus.choices, (LATE, _("En retard"))])
        self._offer("territoire", _("Tous"), [(t.slug, t.name) for t in territories])
        self._offer("public", _("Tout le monde"), Public.choices)
        self._offer("pilote", _("Tous"), sorted(pilots.items(), key=lambda pilot: pilot[1]))

    def _offer(self, name: str, everything: str, choices: list[Any]) -> None:
        choice_field(self, name).choices = [("", everything), *choices]

    @property
    def asked(self) -> dict[str, str]:
        """Valid filters in use, without ``vue``, which changes the layout only."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name != "vue"}

    @property
    def view(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("vue") or "liste"

    @property
    def ignored(self) -> list[str]:
        """One sentence for each value that is not in its list."""
        return [
            _("Le filtre « %(filter)s » ne connaît pas cette valeur : il n’est pas appliqué.")
            % {"filter": self.fields[name].label}
            for name in self.errors
        ]

    def visible_filters(self) -> Iterator[Any]:
        """Fields that have at least one choice."""
        for field in self:
            if field.name != "vue" and len(get_choices(self, field.name)) > 1:
                yield field

    def chips(self) -> list[FilterChip]:
        labels = {name: dict(get_choices(self, name))[value] for name, value in self.asked.items()}
        return [
            FilterChip(str(label), self.url_with(**{name: ""})) for name, label in labels.items()
        ]

    def url_with(self, **changes: str) -> str:
        """Address of this page with other filters; « . » is the page without any."""
        query = QueryDict(mutable=True)
        kept = self.asked | ({"vue": self.view} if self.view != "liste" else {})
        query.update({name: value for name, value in (kept | changes).items() if value})
        return f"?{query.urlencode()}" if query else "."

    def apply(self, actions: ActionQuerySet, pages_by_pilot: dict[str, set[int]]) -> ActionQuerySet:
        """``actions`` narrowed by every valid filter."""
        asked = self.asked
        narrowings = {
            "priorite": self._by_priority,
            "statut": lambda found, code: found.late() if code == LATE else found.by_status(code),
            "territoire": lambda found, slug: found.in_territory(slug),
            "public": lambda found, code: found.for_public(code),
            "pilote": lambda found, key: found.filter(pk__in=pages_by_pilot[key]),
        }
        for name, value in asked.items():
            actions = narrowings[name](actions, value)
        return actions

    @staticmethod
    def _by_priority(actions: ActionQuerySet, number: str) -> ActionQuerySet:
        return actions.transversal() if number == TRANSVERSAL else actions.for_priority(number)


def pilot_key(name: str) -> str:
    """An organisation's name as it stands in an address."""
    return slugify(name)[:80]
