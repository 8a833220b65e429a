"""Sentences above the results: titles, what was understood, what was not, a spelling suggestion."""

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.crisis.help_numbers import MEDICAL, SUICIDE
from portal.geo.departments import departments
from portal.geo.names import short_commune_name
from portal.geo.place import Place, PlaceMode
from portal.geo.service_area import has_commune
from resources.listing.query import QueryLink, QueryParams
from resources.listing.results import SearchAnswers
from search.contracts import QueryPart, QueryPartKind


class ResultSummary:
    """Sentences and links about what was understood; it reads, and asks nobody."""

    def __init__(self, question: QueryParams, answers: SearchAnswers) -> None:
        self.question = question
        self.answers = answers

    @property
    def place(self) -> Place | None:
        return self.answers.understood.place

    @property
    def places_title(self) -> str:
        """« 5 lieux pour Aubagne »: the number and the commune, nothing else."""
        count, place = self.answers.entries.total, self.place
        if not count and self.answers.hours_unknown.total:
            return _("Aucun lieu dont on sait qu’il est ouvert à ce moment")
        if not count:
            return _("Aucun lieu trouvé")
        if place is None or not has_commune(place) or place.is_outside:
            sentence = ngettext("%(count)s lieu ou service", "%(count)s lieux et services", count)
            return sentence % {"count": count}
        sentence = ngettext(
            "%(count)s lieu pour %(place)s", "%(count)s lieux pour %(place)s", count
        )
        return sentence % {"count": count, "place": short_commune_name(place.name)}

    @property
    def pages_title(self) -> str:
        """« 3 réponses du portail »"""
        count = self.answers.pages.total
        if not count:
            return _("Aucune réponse trouvée")
        sentence = ngettext("%(count)s réponse du portail", "%(count)s réponses du portail", count)
        return sentence % {"count": count}

    @property
    def sentence(self) -> str:
        """How the list is ordered, and around what."""
        place, understood = self.place, self.answers.understood
        if not self.answers.entries.total or place is None or place.point is None:
            return ""
        words = {"place": short_commune_name(place.name), "km": self._km(place)}
        order = (
            _("D’abord ce qui répond le mieux, puis du plus proche au plus loin.")
            if understood.likely_types or understood.promoted
            else _("Du plus proche au plus loin.")
        )
        return f"{self._around(place) % words} {order}"

    def _km(self, place: Place) -> int | None:
        return self.answers.entries.understood.filters.km

    def _around(self, place: Place) -> str:
        if self.question.form.asked("pres") and not self.question.place:
            return _("À %(km)s km autour de vous.") if self._km(place) else _("Autour de vous.")
        if self._km(place):
            return _("%(place)s et %(km)s km autour.")
        return _("%(place)s et alentours.")

    @cached_property
    def messages(self) -> list[str]:
        """What was not understood, said plainly; the rest of the question still counts."""
        form = self.question.form
        said = [str(error) for errors in form.errors.values() for error in errors]
        if form.is_too_long():
            said.append(_("Ce texte est long : quelques mots suffisent."))
        said += filter(None, (self._unknown_place(), self._other_department(), self._widened()))
        if form.asked("km") and self.place is None and not self.question.place:
            said.append(_("Pour choisir une distance, dites d’abord où : une commune suffit."))
        return list(dict.fromkeys(said))

    def _widened(self) -> str:
        """What no place is known for, though it was asked."""
        if not self.answers.is_widened:
            return ""
        understood = self.answers.understood
        kinds = {QueryPartKind.PRACTICAL, QueryPartKind.LANGUAGE}
        if understood.filters.public != self.question.filters.public:
            kinds.add(QueryPartKind.PUBLIC)
        labels = [part.label for part in understood.parts if part.kind in kinds]
        sentence = _("Aucun lieu n’est connu pour « %(what)s ». Voici les autres : demandez-leur.")
        return sentence % {"what": ", ".join(labels)} if labels else ""

    def _unknown_place(self) -> str:
        where = self.answers.understood.unknown_place
        sentence = _(
            "Nous ne connaissons pas « %(where)s » dans ce département. Vérifiez le nom, ou "
            "écrivez un code postal. Voici les lieux de tout le département."
        )
        return sentence % {"where": where} if where else ""

    def _other_department(self) -> str:
        place = self.place
        if place is None or not place.is_outside:
            return ""
        own = departments().get(settings.PORTAL_DEPARTEMENT)
        name = (
            f"{place.name} ({place.department})"
            if place.mode is not PlaceMode.DEPARTMENT
            else place.name
        )
        sentence = _(
            "%(place)s : ce portail ne connaît qu’un seul département, %(own)s. Là-bas, un médecin "
            "ou la mairie vous dira quel est le CMP de votre secteur. Les numéros %(suicide)s "
            "et %(medical)s répondent partout en France."
        )
        return sentence % {
            "place": name,
            "own": own.name if own else "",
            "suicide": SUICIDE.number,
            "medical": MEDICAL.number,
        }

    @property
    def understood(self) -> list[QueryLink]:
        """What the words meant, each with the question that takes it back."""
        parts = self.answers.understood.parts
        return [QueryLink(_capital(self._label(part)), self._without(part)) for part in parts]

    def _label(self, part: QueryPart) -> str:
        """A distance that was ticked is told by its own chip."""
        if part.kind is QueryPartKind.PLACE and self.place and self.question.form.asked("km"):
            return short_commune_name(self.place.name)
        return part.label

    def _without(self, part: QueryPart) -> str:
        """Without a place, a distance says nothing."""
        if part.kind is QueryPartKind.PLACE:
            words = {"ou": ""} if part.from_place_field else {"q": part.rest}
            return self.question.with_(km="", **words)
        return self.question.with_(q=part.rest)

    @property
    def other_places(self) -> list[QueryLink]:
        """The other places that the same words may mean."""
        return [
            QueryLink(_name(place), self._at(place))
            for place in self.answers.understood.place_choices
        ]

    def _at(self, place: Place) -> str:
        """The same question at another place: its name leaves the words for the field."""
        name = f"{place.name}, {place.department}" if place.is_outside else place.name
        parts = self.answers.understood.parts
        spoken = [
            part.rest
            for part in parts
            if part.kind is QueryPartKind.PLACE and not part.from_place_field
        ]
        text = spoken[0] if spoken else self.question.form.asked("q")
        return self.question.with_(q=text, ou=name)

    @property
    def suggestion(self) -> QueryLink | None:
        """« Vouliez-vous dire … »: the question with its typing errors mended."""
        answer = self.answers.pages if self.answers.is_pages_only else self.answers.entries
        mended, text = answer.suggestion, answer.understood.text
        # To correct how somebody says that they want to die would hurt them.
        if not mended or answer.understood.crisis or answer.understood.quiet:
            return None
        asked = self.question.form.asked("q")
        if text in asked:
            return QueryLink(mended, self.question.with_(q=asked.replace(text, mended, 1)))
        where = self.question.place or (self.place.name if self.place else "")
        return QueryLink(mended, self.question.with_(q=mended, ou=where))


def _name(place: Place) -> str:
    name = short_commune_name(place.name)
    return f"{name} ({place.department})" if place.is_outside and place.department else name


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
