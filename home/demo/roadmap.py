"""Recommendations and action sheets."""

from functools import partial

from actions.models import ActionPage, ActionResource, RecommendationPage
from home.demo.example_action import fill_example
from home.demo.files import CONTENT, ContentEntry, read_entries
from home.demo.seeder import ACTIONS, RECOMMENDATIONS, DemoSeeder, publish
from home.demo.text import rich_text, stream


def build_recommendations(seeder: DemoSeeder) -> None:
    index = seeder.get("page:recommandations")
    fields = ("origin", "number", "title", "summary", "text", "source")
    for entry in read_entries(CONTENT / "recommendations.yaml"):
        entry.expect(["key", *fields])
        key = f"recommendation:{entry['key']}"

        def make(entry: ContentEntry = entry) -> RecommendationPage:
            facts = {name: entry[name] for name in fields}
            return RecommendationPage(slug=entry["key"], **facts)

        page = seeder.page(RECOMMENDATIONS, key, index, make, entry)
        if key in seeder.fresh:
            publish(page)


def build_actions(seeder: DemoSeeder) -> None:
    index = seeder.get("page:actions")
    for entry in read_entries(CONTENT / "actions.yaml"):
        entry.expect(
            ["key", "reference", "status", "title", "summary", "why", "source"],
            [
                "priority", "objectives", "publics", "recommendations", "related",
                "whole_department", "example",
            ],
        )  # fmt: skip
        key = f"action:{entry['key']}"
        page = seeder.page(ACTIONS, key, index, partial(_action, seeder, entry), entry)
        if key in seeder.fresh:
            _link(seeder, page, entry)
            if "example" in entry:
                fill_example(page, entry["example"])
            publish(page)


def _action(seeder: DemoSeeder, entry: ContentEntry) -> ActionPage:
    facts = ("reference", "status", "title", "summary", "publics", "whole_department", "source")
    action = ActionPage(slug=entry["key"], **{name: entry[name] for name in facts if name in entry})
    if number := entry.get("priority"):
        action.priority = seeder.needed(f"priority:{number}", entry)
    action.why = rich_text(entry["why"], seeder.get)
    objectives = [{"type": "objective", "value": text} for text in entry.get("objectives", [])]
    stream(action, "objectives", objectives)
    return action


def _link(seeder: DemoSeeder, action: ActionPage, entry: ContentEntry) -> None:
    answered = [
        seeder.needed(f"recommendation:{key}", entry) for key in entry.get("recommendations", [])
    ]
    action.recommendations = [page for page in answered if page]
    for key in entry.get("related", []):
        if place := seeder.needed(f"resource:{key}", entry):
            action.linked_resources.add(ActionResource(resource_id=place.pk))
