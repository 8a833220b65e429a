"""News and dates of the agenda."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from home.demo.files import CONTENT, ContentEntry, read_entries
from home.demo.seeder import EVENTS, NEWS, DemoSeeder, publish
from home.demo.text import body_blocks, stream
from newsletter.models import EventPage, NewsPage, NewsRelatedPage


def build_news(seeder: DemoSeeder) -> None:
    index = seeder.get("page:actualites")
    for entry in read_entries(CONTENT / "news.yaml"):
        entry.expect(["key", "date", "title", "summary", "body"], ["related"])
        key = f"news:{entry['key']}"

        def make(entry: ContentEntry = entry) -> NewsPage:
            facts = {name: entry[name] for name in ("date", "title", "summary")}
            return NewsPage(slug=entry["key"], **facts)

        page = seeder.page(NEWS, key, index, make, entry)
        if key in seeder.fresh:
            stream(page, "body", body_blocks(entry["body"], seeder.get))
            for related in entry.get("related", []):
                if target := seeder.needed(f"page:{related}", entry):
                    page.related_pages.add(NewsRelatedPage(target_id=target.pk))
            publish(page)


def build_events(seeder: DemoSeeder) -> None:
    index = seeder.get("page:agenda")
    facts = ("title", "summary", "place", "publics", "cost", "registration", "access", "organiser")
    for entry in read_entries(CONTENT / "events.yaml"):
        entry.expect(["key", "is_example", "in_days", "start", "end", "body", *facts])
        key = f"event:{entry['key']}"

        def make(entry: ContentEntry = entry) -> EventPage:
            return EventPage(
                slug=entry["key"],
                start=_moment(entry, "start"),
                end=_moment(entry, "end"),
                **{name: entry[name] for name in facts},
            )

        page = seeder.page(EVENTS, key, index, make, entry)
        if key in seeder.fresh:
            stream(page, "body", body_blocks(entry["body"], seeder.get))
            publish(page)


def _moment(entry: ContentEntry, name: str) -> Any:
    """An example is always to come: so many days after it is set up, at this hour of Paris."""
    day = timezone.localdate() + timedelta(days=entry["in_days"])
    hour = time.fromisoformat(entry[name])
    return timezone.make_aware(datetime.combine(day, hour))
