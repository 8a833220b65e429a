"""Pages and snippets in another language, through wagtail-localize.

What an editor does on the translation screen, done from a dictionary: the demo content
uses it, and so may an import of translations.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource


class UntranslatedStrings(ValueError):
    """Some strings of the source have no translation: nothing was published."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = strings
        super().__init__("Untranslated: " + " | ".join(strings))


def open_language(
    home: Page, language: str, *, title: str, summary: str = "", slug: str = ""
) -> Page:
    """Give a language its home page, which lists what can be read in it.

    In: the French home page, and the words of the new one. Out: the published home page of
    that language; the same one when it exists already, left as it is.
    """
    locale, _created = Locale.objects.get_or_create(language_code=language)
    existing = home.get_translation_or_none(locale)
    if existing is not None:
        return existing.specific
    translated = home.specific.copy_for_translation(locale)
    translated.title = translated.draft_title = title
    translated.slug = slug or f"{home.slug}-{language}"
    translated.seo_title = translated.search_description = translated.short_title = ""
    translated.summary = summary
    translated.body = []
    translated.alias_of = None
    translated.save_revision().publish()
    return translated


@transaction.atomic
def translate(instance: Any, language: str, strings: Mapping[str, str]) -> Any:
    """Publish ``instance`` in another language.

    In: a page or a snippet, the language, and for each string of the source (as the
    translation screen shows it) its translation; the slug is one of them. Out: the
    translated instance. A string without translation raises UntranslatedStrings; give it
    its own text to keep it, a name for instance.
    """
    locale, _created = Locale.objects.get_or_create(language_code=language)
    if isinstance(instance, Page) and not instance.get_parent().has_translation(locale):
        raise ValueError(f"Translate « {instance.get_parent()} » into {language} first.")
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
    missing = [s.string.data for s in segments if s.string.data not in strings]
    if missing:
        raise UntranslatedStrings(missing)
    for segment in segments:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": strings[segment.string.data]},
        )
    translation.save_target(publish=True)
    return source.get_translated_instance(locale)


def strings_to_translate(instance: Any) -> list[str]:
    """The strings that ``translate`` asks for, in the order of the page."""
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    segments = StringSegment.objects.filter(source=source).select_related("string")
    return [segment.string.data for segment in segments.order_by("order")]
