"""The first pages in other languages: one in English, one easy to read."""

from functools import partial
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.demo.files import CONTENT, ContentEntry, read_yaml
from home.demo.seeder import TRANSLATIONS, DemoSeeder, publish
from home.demo.text import body_blocks, inline, stream
from home.models import StandardPage


def build_easy_pages(seeder: DemoSeeder) -> None:
    """Easy-to-read pages have their own words and their own drawings, not the source's.

    Pages of text have « body », one idea and one drawing at a time; the others « text ».
    """
    data: ContentEntry = read_yaml(CONTENT / "fr-simple.yaml")
    data.expect(["home", "pages", "free"])
    locale = Locale.objects.get(language_code="fr-simple")
    _home(seeder, locale, data["home"])
    for entry in data["pages"]:
        entry.expect(["page", "title", "summary"], ["short_title", "body", "text"])
        source = _key(entry["page"])

        def make(entry: ContentEntry = entry, source: str = source) -> Page:
            page = _copy(seeder.needed(source, entry), locale, entry)
            page.short_title = entry.get("short_title", "")
            if "text" in entry:
                stream(page, "body", body_blocks(entry["text"], seeder.get))
            else:
                stream(page, "body", [_easy_block(seeder, block) for block in entry["body"]])
            return page

        _translate(seeder, f"{source}:fr-simple", source, make, entry)
    for entry in data["free"]:
        _free_easy_page(seeder, locale, entry)


def _free_easy_page(seeder: DemoSeeder, locale: Locale, entry: ContentEntry) -> None:
    """A page of its own words and shape, tied to the page that says the same, if any."""
    entry.expect(["key", "slug", "title", "summary", "body"], ["short_title", "source"])
    source = seeder.needed(f"page:{entry['source']}", entry) if "source" in entry else None
    key = f"easy:{entry['key']}"

    def make() -> Page:
        page = StandardPage(
            title=entry["title"],
            slug=entry["slug"],
            summary=entry["summary"],
            short_title=entry.get("short_title", ""),
            locale=locale,
        )
        if source is not None:
            page.translation_key = source.translation_key
        stream(page, "body", [_easy_block(seeder, block) for block in entry["body"]])
        return page

    if key in seeder or "source" not in entry or source is not None:
        seeder.page(TRANSLATIONS, key, seeder.get("page:home:fr-simple"), make, entry)
    if key in seeder.fresh:
        publish(seeder.get(key))


def build_english_pages(seeder: DemoSeeder) -> None:
    """The crisis page, translated string by string as a translator would, and its numbers."""
    data: ContentEntry = read_yaml(CONTENT / "en.yaml")
    data.expect(["home", "pages", "help_lines"])
    locale = Locale.objects.get(language_code="en")
    for key, words in data["help_lines"].items():
        seeder.once(
            TRANSLATIONS,
            f"help-line:{key}:en",
            partial(_help_line, seeder, key, locale, words),
            words,
        )
    _home(seeder, locale, data["home"])
    for entry in data["pages"]:
        entry.expect(["page", "strings"])
        key = f"page:{entry['page']}:en"
        if seeder.get(f"page:{entry['page']}") is not None and seeder.get("page:home:en"):
            seeder.once(TRANSLATIONS, key, partial(_by_strings, seeder, entry, locale), entry)


def _home(seeder: DemoSeeder, locale: Locale, entry: ContentEntry) -> None:
    """The home page of a language lists what exists in it: it needs no section."""
    entry.expect(["title", "summary"], ["short_title"])

    def make() -> Page:
        page = _copy(seeder.needed("page:home", entry), locale, entry)
        page.body = []
        page.short_title = entry.get("short_title", "")
        return page

    _translate(seeder, f"page:home:{locale.language_code}", "page:home", make, entry)


def _translate(seeder: DemoSeeder, key: str, source: str, make: Any, entry: ContentEntry) -> None:
    if key in seeder or seeder.get(source) is not None:
        seeder.once(TRANSLATIONS, key, make, entry)
    if key in seeder.fresh:
        publish(seeder.get(key))


def _key(name: str) -> str:
    """« lettre » is a page of the skeleton; « issue:numero-1 » is another one."""
    return name if ":" in name else f"page:{name}"


def _copy(source: Page, locale: Locale, entry: ContentEntry) -> Page:
    page = source.copy_for_translation(locale)
    page.title = entry["title"]
    page.draft_title = entry["title"]
    page.summary = entry["summary"]
    return page


def _easy_block(seeder: DemoSeeder, block: ContentEntry) -> dict[str, Any]:
    block.expect([], ["heading", "idea", "lines", "crisis", "number"])
    if "heading" in block:
        return {"type": "easy_heading", "value": block["heading"]}
    lines = block["crisis"] if "crisis" in block else block["lines"]
    text = "".join(f"<p>{inline(line, seeder.get)}</p>" for line in lines)
    if "crisis" in block:
        return {"type": "easy_crisis", "value": {"text": text}}
    if "number" in block:
        line = seeder.needed(f"help-line:{block['number']}", block)
        return {"type": "easy_number", "value": {"line": line and line.pk, "text": text}}
    return {"type": "easy_idea", "value": {"icon": block["idea"], "text": text}}


def _help_line(seeder: DemoSeeder, key: str, locale: Locale, words: ContentEntry) -> Any:
    words.expect(["situation", "name"], ["details", "hours", "cost"])
    line = seeder.needed(f"help-line:{key}", words).copy_for_translation(locale)
    for name, value in words.items():
        setattr(line, name, value)
    line.full_clean()
    line.save()
    return line


def _by_strings(seeder: DemoSeeder, entry: ContentEntry, locale: Locale) -> Page:
    page = seeder.needed(f"page:{entry['page']}", entry)
    words = {one.expect(["fr", "en"])["fr"]: one["en"] for one in entry["strings"]}
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.context.path == "slug":
            continue
        if segment.string.data not in words:
            raise entry.error(f"il manque la traduction de « {segment.string.data} ».")
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            data=words[segment.string.data],
        )
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    # Published here rather than by the tool, which waits for the end of the transaction.
    publish(target)
    return target
