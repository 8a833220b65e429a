"""Each fact that a model says it shares is changed in French, published, and read elsewhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.test import Client

from modelcluster.fields import ParentalKey
from wagtail.documents.models import Document
from wagtail.models import Locale, Page

import pytest
from bs4 import BeautifulSoup

from actions.models import Priority
from home.models import HomePage, StandardPage
from newsletter.models import Topic
from portal.base.fields import CodesField
from portal.base.models import BasePage
from portal.base.translation_fields import TranslatedFact, is_shared
from portal.images.models import CustomImage
from portal.translations.checks import check_translation_fields, translatable_models
from portal.translations.shared_fields import is_child_list, translation_fields
from portal.translations.source_words import mark_words
from tests.factories.actions import PriorityFactory, RecommendationPageFactory
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.home import HelpLineFactory, StandardPageFactory, make_home
from tests.factories.resources import ResourcePageFactory, ResourceTypeFactory, SectorFactory

LANGUAGES = ("en", "fr-simple")
#: What screen readers do not read as text, or browsers draw as text only.
_PLAIN = ("option", "script", "style", "textarea", "title")


def image(name: str) -> CustomImage:
    return CustomImage.objects.bulk_create(
        [CustomImage(title=name, file=f"{name}.png", width=1, height=1)]
    )[0]


#: How a row that a field points to is made.
MAKERS: dict[str, Callable[[Any, int], Any]] = {
    "Commune": lambda _home, n: CommuneFactory(code=f"1300{n}", name=f"Ville {n}"),
    "CustomImage": lambda _home, n: image(f"image-{n}"),
    "Document": lambda _home, n: Document.objects.create(title=f"Document {n}", file=f"{n}.pdf"),
    "HelpLine": lambda _home, n: HelpLineFactory(number=f"311{n}"),
    "Page": lambda home, n: StandardPageFactory(parent=home, slug=f"page-{n}"),
    "Priority": lambda _home, n: PriorityFactory(number=n + 50),
    "RecommendationPage": lambda home, n: RecommendationPageFactory(parent=home, slug=f"reco-{n}"),
    "ResourcePage": lambda home, n: ResourcePageFactory(parent=home),
    "ResourceType": lambda _home, n: ResourceTypeFactory(code=f"TYPE{n}"),
    "Sector": lambda _home, n: SectorFactory(),
    "Territory": lambda _home, n: TerritoryFactory(name=f"Pays {n}", slug=f"pays-{n}"),
    "Topic": lambda _home, n: Topic.objects.create(code=f"sujet-{n}", name=f"Sujet {n}"),
}

SIMPLE_VALUES: dict[type[models.Field], Callable[[int], Any]] = {
    models.BooleanField: bool,
    models.DateTimeField: lambda n: datetime(2026, 5, 1 + n, 9, tzinfo=UTC),
    models.DateField: lambda n: date(2026, 5, 1 + n),
    models.DecimalField: lambda n: Decimal(n + 1),
    models.FloatField: lambda n: float(n + 1),
    models.IntegerField: lambda n: n + 1,
    models.URLField: lambda n: f"https://exemple.fr/{n}",
    models.EmailField: lambda n: f"accueil{n}@exemple.fr",
}


class Values:
    """Two values for each field of any model, and the rows that they point to."""

    def __init__(self, home: Page) -> None:
        self._home = home
        self._made: dict[tuple[str, int], Any] = {}

    def value(self, field: Any, n: int) -> Any:
        if field.related_model:
            return self._row(field.related_model, n)
        if isinstance(field, CodesField):
            return [field.flatchoices[n][0]] if field.flatchoices else [f"code{n}"]
        if field.choices:
            return field.flatchoices[n % len(field.flatchoices)][0]
        for kind, make in SIMPLE_VALUES.items():
            if isinstance(field, kind):
                return make(n)
        return f"{field.name} {n}"[-(field.max_length or 50) :]

    def _row(self, model: Any, n: int) -> Any:
        key = (model.__name__, n)
        if key not in self._made:
            self._made[key] = MAKERS[model.__name__](self._home, n)
        return self._made[key]

    def fill(self, instance: Any, n: int, is_all: bool) -> None:
        """Write the facts of an instance and of its rows; all that must be filled, at first."""
        for said, field in translation_fields(type(instance)):
            if is_child_list(field):
                self._fill_list(instance, field, n)
            elif field.many_to_many and is_shared(said):
                setattr(instance, field.name, [self.value(field, n)])
            elif (is_shared(said) or isinstance(said, TranslatedFact) or is_all) and (
                not field.many_to_many and field.name not in KEPT
            ):
                _set(instance, field, self.value(field, n))

    def _fill_list(self, instance: Any, relation: Any, n: int) -> None:
        if relation.related_model._meta.app_label.startswith("wagtail"):
            return
        rows = list(getattr(instance, relation.name).all())
        row = rows[0] if rows else relation.related_model()
        if hasattr(row, "locale_id"):
            row.locale_id = instance.locale_id
            self.fill(row, n, is_all=not rows)
        else:
            for field in row._meta.concrete_fields:
                if not isinstance(field, ParentalKey) and field.name not in {"id", "sort_order"}:
                    setattr(row, field.name, self.value(field, n))
        setattr(instance, relation.name, [row])


#: What a page is by itself, in each language.
KEPT = {"title", "slug", "seo_title", "search_description", "show_in_menus", "locale"}


def _set(instance: Any, field: Any, value: Any) -> None:
    if not hasattr(field, "stream_block"):
        setattr(instance, field.name, value)


def facts_of(instance: Any, path: str = "") -> dict[str, Any]:
    """What an instance and its rows say of each fact, as the database holds it."""
    found: dict[str, Any] = {}
    for said, field in translation_fields(type(instance)):
        name = f"{path}{field.name}"
        if is_child_list(field):
            if not field.related_model._meta.app_label.startswith("wagtail"):
                for row in getattr(instance, field.name).all():
                    found |= facts_of(row, f"{name}.") if hasattr(row, "locale_id") else _raw(row)
        elif is_shared(said) and field.many_to_many:
            found[name] = {row.pk for row in getattr(instance, field.name).all()}
        elif is_shared(said) or isinstance(said, TranslatedFact):
            found[name] = getattr(instance, field.attname)
    return found


def _raw(row: Any) -> dict[str, Any]:
    own = [
        field
        for field in row._meta.concrete_fields
        if not isinstance(field, ParentalKey) and field.name not in {"id", "sort_order"}
    ]
    return {f"{type(row).__name__}.{field.name}": getattr(row, field.attname) for field in own}


def has_facts_of_its_own(model: Any) -> bool:
    return any(
        is_shared(said) or is_child_list(field)
        for said, field in translation_fields(model)
        if said not in BasePage.override_translatable_fields
        and not (is_child_list(field) and field.related_model._meta.app_label.startswith("wagtail"))
    )


ROOTS = [
    model
    for model in translatable_models()
    if has_facts_of_its_own(model)
    and not any(isinstance(field, ParentalKey) for field in model._meta.fields)
]
#: What every page has is tried on one that has nothing else.
ROOTS.append(StandardPage)


@pytest.fixture
def home(db: None) -> HomePage:
    home = make_home()
    for code in LANGUAGES:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        home.copy_for_translation(locale).save_revision().publish()
    return home


def publish(instance: Any) -> None:
    if hasattr(instance, "save_revision"):
        instance.save_revision(clean=False).publish()
    else:
        instance.save()


@pytest.mark.parametrize("model", ROOTS, ids=lambda model: model.__name__)
def test_a_fact_changed_in_french_is_read_in_every_language(
    model: Any, home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is written here is no true phone nor a true date: nothing is validated."""
    monkeypatch.setattr(model, "full_clean", lambda *_args, **_kwargs: None)
    if issubclass(model, Page):
        monkeypatch.setattr(model, "publication_problems", lambda *_args, **_kwargs: {})
    values = Values(home)
    page = model(locale=Locale.get_default())
    if issubclass(model, Page):
        page.title = page.draft_title = page.slug = "page"
    values.fill(page, 0, is_all=True)
    if isinstance(page, Page):
        home.add_child(instance=page)
    else:
        page.save()
    publish(page)
    for code in LANGUAGES:
        translated = page.copy_for_translation(Locale.objects.get(language_code=code))
        if not isinstance(page, Page):
            translated.save()
        publish(translated)

    page = model.objects.get(pk=page.pk)
    before = facts_of(page)
    values.fill(page, 1, is_all=False)
    publish(page)

    told = facts_of(model.objects.get(pk=page.pk))
    unchanged = {name for name, value in told.items() if before[name] == value}
    assert unchanged == set()
    for version in page.get_translations():
        assert facts_of(version) == told
    assert len(page.get_translations()) == len(LANGUAGES)
    if isinstance(page, Page):
        english = page.get_translation(Locale.objects.get(language_code="en"))
        assert read_in_english(english, told) == []


def read_in_english(page: Page, told: dict[str, Any]) -> list[str]:
    """The French words that the page of another language says with the voice of its own."""
    answer = Client().get(page.url)
    assert answer.status_code == 200
    html = BeautifulSoup(answer.content, "html.parser")
    assert html.html["lang"] == "en"
    words = {value for value in told.values() if isinstance(value, str) and " " in value}
    return [
        str(text)
        for text in html.body.find_all(string=lambda text: any(word in text for word in words))
        if text.find_parent(lang=True)["lang"] != "fr" and text.parent.name not in _PLAIN
    ]


def test_french_words_are_marked_where_they_are_read_and_nowhere_else() -> None:
    html = (
        "<title>Le soir</title><p title='Le soir'> Le soir\n</p><p>Fermé\u00a0: Le soir, "
        "sur rendez-vous.</p><option>Le soir</option><p>le soirée</p><p>GEM 13</p>"
        "<script>'Le soir'</script><p>L’eau &amp; le pain</p><p>LE SOIR</p>"
    )
    words = ["Le soir", "Le soir, sur rendez-vous", "L’eau & le pain"]
    fr = '<span lang="fr">'
    assert mark_words(html, words) == (
        f"<title>Le soir</title><p title='Le soir'> {fr}Le soir</span>\n</p><p>Fermé\u00a0: "
        f"{fr}Le soir, sur rendez-vous</span>.</p><option>Le soir</option><p>le soirée</p>"
        f"<p>GEM 13</p><script>'Le soir'</script><p>{fr}L’eau &amp; le pain</span></p>"
        f"<p>{fr}LE SOIR</span></p>"
    )
    assert mark_words(html, []) == html


def test_the_check_stops_a_field_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [one for one in Priority.override_translatable_fields if one.field_name != "article"]
    monkeypatch.setattr(Priority, "override_translatable_fields", said)
    (error,) = check_translation_fields()
    assert error.id == "translations.E001"
    assert "« article »" in error.msg
