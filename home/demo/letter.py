"""The subjects of the letter, its first issue, and a few people who get it."""

from typing import Any

from home.demo.files import CONTENT, REFERENCE, ContentEntry, read_entries, read_yaml
from home.demo.seeder import ISSUES, SUBSCRIBERS, TOPICS, DemoSeeder, publish
from home.demo.text import body_blocks, rich_text, stream
from newsletter.models import IssuePage, Subscriber, Topic
from newsletter.services.subscription import add_by_staff
from portal.geo.models import Territory
from portal.mail.addresses import normalise

_FACTS = ("number", "date", "title", "summary", "preheader")


def build_topics(seeder: DemoSeeder) -> None:
    """What a subscriber may choose from, in any department."""
    for rank, entry in enumerate(read_yaml(REFERENCE / "topics.yaml"), start=1):
        entry.expect(["code", "name", "details"])

        def make(entry: ContentEntry = entry, rank: int = rank) -> Topic:
            topic = Topic(**entry, order=rank * 10)
            topic.full_clean()
            topic.save()
            return topic

        seeder.once(TOPICS, f"topic:{entry['code']}", make, entry)


def build_issues(seeder: DemoSeeder) -> None:
    letter = seeder.get("page:lettre")
    for entry in read_entries(CONTENT / "letter.yaml"):
        entry.expect(["key", "blocks", *_FACTS])
        key = f"issue:{entry['key']}"

        def make(entry: ContentEntry = entry) -> IssuePage:
            return IssuePage(slug=entry["key"], **{name: entry[name] for name in _FACTS})

        page = seeder.page(ISSUES, key, letter, make, entry)
        if key in seeder.fresh:
            blocks = [raw for block in entry["blocks"] for raw in _blocks(seeder, block)]
            stream(page, "body", blocks)
            publish(page)


def build_subscribers(seeder: DemoSeeder) -> None:
    """Examples, who are said to be so: their addresses cannot exist."""
    for entry in read_entries(CONTENT / "subscribers.yaml"):
        entry.expect(["key", "address", "topics"], ["territory"])

        def make(entry: ContentEntry = entry) -> Subscriber:
            return add_by_staff(
                normalise(entry["address"]),
                topics=Topic.objects.filter(code__in=entry["topics"]),
                territory=Territory.objects.filter(name=entry.get("territory")).first(),
                proof="Exemple de la démonstration : cette personne n’existe pas.",
            )

        seeder.once(SUBSCRIBERS, f"subscriber:{entry['key']}", make, entry)


def _blocks(seeder: DemoSeeder, block: ContentEntry) -> list[dict[str, Any]]:
    """The raw blocks of one entry; none when the page that it is about was deleted."""
    known = ["edito", "news", "action", "entries", "events", "heading", "text", "button"]
    block.expect([], known)
    ((kind, value),) = block.items()
    if kind == "text":
        return body_blocks(value, seeder.get)
    if kind == "edito":
        value = {**value, "text": rich_text(value["text"], seeder.get)}
    elif kind in ("entries", "events"):
        value = _list(seeder, kind, value)
    elif isinstance(value, ContentEntry):
        page = seeder.needed(value["page"], value)
        if page is None:
            return []
        value = {**value, "page": page.pk}
    return [{"type": kind, "value": value}]


def _list(seeder: DemoSeeder, kind: str, value: ContentEntry) -> dict[str, Any]:
    """A block that lists pages: bare keys, or keys with a sentence."""
    value.expect(["title", "pages"])
    lines = []
    for line in value["pages"]:
        key = line["page"] if isinstance(line, ContentEntry) else line
        if page := seeder.needed(key, value):
            lines.append({**line, "page": page.pk} if isinstance(line, ContentEntry) else page.pk)
    return {"title": value["title"], kind: lines}
