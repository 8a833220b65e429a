"""The page of the PTSM: what is public of it, and nothing else."""

from typing import Any

from home.demo.files import CONTENT, ContentEntry, read_yaml
from home.demo.seeder import DemoSeeder, publish
from home.demo.text import body_blocks, stream
from home.models import PtsmArticulation

_FACTS = (
    "title", "short_title", "summary", "period_start", "framework", "steering", "publics",
    "publics_text", "lead_role", "governance_intro", "evaluation_intro",
)  # fmt: skip


def fill_ptsm(seeder: DemoSeeder) -> None:
    """Fill and publish the page that the skeleton made, if this run made it."""
    entry: ContentEntry = read_yaml(CONTENT / "ptsm.yaml")
    entry.expect([*_FACTS, "body", "youth", "articulations"])
    if "page:ptsm" not in seeder.fresh:
        return
    page: Any = seeder.get("page:ptsm")
    for name in _FACTS:
        setattr(page, name, entry[name])
    stream(page, "body", body_blocks(entry["body"], seeder.get))
    stream(page, "youth", body_blocks(entry["youth"], seeder.get))
    for one in entry["articulations"]:
        one.expect(["code"], ["text", "page"])
        target = seeder.needed(one["page"], one) if "page" in one else None
        # By its key: a directory entry is not the class that the foreign key names.
        page.articulations.add(
            PtsmArticulation(
                code=one["code"],
                text=one.get("text", ""),
                link_page_id=target.pk if target else None,
                locale_id=page.locale_id,
            )
        )
    publish(page)
