"""The memory of a setting up: what is made once, and never made or touched again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from wagtail.models import Page

from home.demo.files import ContentEntry, ContentError
from home.models import SeededObject


@dataclass(frozen=True, slots=True)
class SeedKind:
    """What is counted in the report, with its French agreement."""

    one: str
    many: str
    feminine: bool = True

    def made(self, number: int) -> str:
        """« 69 fiches créées »"""
        noun = self.many if number > 1 else self.one
        return f"{number} {noun} {self.agree('créé', number)}"

    def agree(self, participle: str, number: int) -> str:
        return participle + ("e" if self.feminine else "") + ("s" if number > 1 else "")


PAGES = SeedKind("page", "pages")
TERRITORIES = SeedKind("territoire", "territoires", feminine=False)
TYPES = SeedKind("type de lieu", "types de lieux", feminine=False)
PRIORITIES = SeedKind("priorité", "priorités")
HELP_LINES = SeedKind("numéro d’aide", "numéros d’aide", feminine=False)
TERMS = SeedKind("mot du lexique", "mots du lexique", feminine=False)
SEARCH_WORDS = SeedKind("entrée de mots pour chercher", "entrées de mots pour chercher")
ENTRIES = SeedKind("fiche de l’annuaire", "fiches de l’annuaire")
SECTORS = SeedKind("secteur de psychiatrie", "secteurs de psychiatrie", feminine=False)
RECOMMENDATIONS = SeedKind("recommandation", "recommandations")
ACTIONS = SeedKind("fiche-action", "fiches-actions")
NEWS = SeedKind("actualité", "actualités")
EVENTS = SeedKind("événement", "événements", feminine=False)
TOPICS = SeedKind("sujet de la lettre", "sujets de la lettre", feminine=False)
ISSUES = SeedKind("numéro de la lettre", "numéros de la lettre", feminine=False)
SUBSCRIBERS = SeedKind("abonné d’exemple", "abonnés d’exemple", feminine=False)
REFERENTS = SeedKind("référent d’exemple", "référents d’exemple", feminine=False)
NOTICES = SeedKind("message daté", "messages datés", feminine=False)
PROPOSED = SeedKind("modification proposée", "modifications proposées")
CORRECTIONS = SeedKind("message sur l’annuaire", "messages sur l’annuaire", feminine=False)
TRANSLATIONS = SeedKind("traduction", "traductions")
SETTINGS = SeedKind("jeu de réglages", "jeux de réglages", feminine=False)


class DemoSeeder:
    """Makes each object once, under a key that never changes, and counts.

    ``once`` returns the object whether it was made now or before, so that others can point
    to it; None when an editor deleted it. ``fresh`` holds the keys made by this run: only
    those may be filled further.
    """

    def __init__(self) -> None:
        self.made: Counter[SeedKind] = Counter()
        self.kept: Counter[SeedKind] = Counter()
        self.removed: Counter[SeedKind] = Counter()
        self.skipped: list[str] = []
        self.fresh: set[str] = set()
        self._known = {seeded.key: seeded for seeded in SeededObject.objects.all()}
        self._objects = self._load()

    def _load(self) -> dict[str, models.Model]:
        """Every object made before that still stands, in one query a model."""
        by_type: dict[int, list[SeededObject]] = {}
        for seeded in self._known.values():
            by_type.setdefault(seeded.content_type_id, []).append(seeded)
        found = {}
        for type_id, rows in by_type.items():
            model = ContentType.objects.get_for_id(type_id).model_class()
            if model is None:
                continue
            objects = model._base_manager.in_bulk([row.object_id for row in rows])
            by_id = {str(pk): one for pk, one in objects.items()}
            found |= {row.key: by_id[row.object_id] for row in rows if row.object_id in by_id}
        return found

    def get(self, key: str) -> Any:
        """The object of this key, or None: never made, or deleted since."""
        return self._objects.get(key)

    def __contains__(self, key: str) -> bool:
        """Whether an object was ever made under this key."""
        return key in self._known

    def once(
        self, kind: SeedKind, key: str, make: Callable[[], models.Model], entry: ContentEntry
    ) -> Any:
        if key in self._known:
            found = self.get(key)
            (self.removed if found is None else self.kept)[kind] += 1
            return found
        try:
            made = make()
        except ValidationError as error:
            raise entry.error(error) from error
        return self._remember(kind, key, made)

    def page(
        self,
        kind: SeedKind,
        key: str,
        parent: Page | None,
        make: Callable[[], Page],
        entry: ContentEntry,
    ) -> Any:
        """As ``once``, for a page to add under another; it stays a draft until published."""
        if key not in self._known and parent is None:
            self.skipped.append(f"« {key} » : la page au-dessus a été supprimée.")
            return None

        return self.once(kind, key, lambda: _add(parent, make()), entry)

    def _remember(self, kind: SeedKind, key: str, made: models.Model) -> models.Model:
        seeded = SeededObject.objects.create(
            key=key, content_type=ContentType.objects.get_for_model(made), object_id=str(made.pk)
        )
        self._known[key] = seeded
        self._objects[key] = made
        self.fresh.add(key)
        self.made[kind] += 1
        return made

    def needed(self, key: str, entry: ContentEntry) -> Any:
        """The object that an entry points to; None when an editor deleted it."""
        if key not in self._known:
            raise ContentError(f"{entry.where} : « {key} » n’existe pas.")
        return self.get(key)

    def report(self) -> Iterator[str]:
        """« 69 fiches créées, 0 inchangée », one line a kind."""
        for kind in dict.fromkeys([*self.made, *self.kept, *self.removed]):
            kept, removed = self.kept[kind], self.removed[kind]
            line = f"{kind.made(self.made[kind])}, {kept} {kind.agree('inchangé', kept)}"
            if removed:
                plural = "s" if removed > 1 else ""
                line += f", {removed} suppression{plural} respectée{plural}"
            yield f"{line}."
        yield from self.skipped


def _add(parent: Page | None, page: Page) -> Page:
    page.live = False
    cast(Page, parent).add_child(instance=page)
    return page


def publish(page: Page) -> None:
    """Publish through a revision, as an editor would; the data is checked once more."""
    page.save_revision().publish(skip_permission_checks=True)
