"""The number for suicidal thoughts is written in ``portal.crisis``, and read from there elsewhere.

Reference data and the demonstration keep it: they are texts that editors own afterwards. So does
``pdf.css``, where no template runs; the tests of what is printed read it there.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template import engines

import pytest

from portal.crisis.help_numbers import SUICIDE

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("portal", "home", "actions", "resources", "newsletter", "search")
ELSEWHERE = ("portal/crisis/", "home/reference/", "home/demo/", "portal/docs/")
NUMBER = re.compile(rf"(?<!\d){SUICIDE.number}(?!\d)")
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment .*?endcomment %\}", re.DOTALL)


def sentences(path: Path) -> Iterator[str]:
    """Yield what a file may show: the strings of a module, the text of a template or of data."""
    text = path.read_text()
    if path.suffix != ".py":
        yield TEMPLATE_COMMENT.sub("", text)
        return
    tree = ast.parse(text)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


def product_files() -> Iterator[Path]:
    for package in PACKAGES:
        for suffix in ("py", "yaml", "js"):
            yield from sorted((ROOT / package).rglob(f"*.{suffix}"))
    for suffix in ("html", "txt", "mjml"):
        yield from sorted((ROOT / "templates").rglob(f"*.{suffix}"))


def test_no_module_nor_template_writes_the_number_itself():
    found = [
        name
        for path in product_files()
        if not (name := path.relative_to(ROOT).as_posix()).startswith(ELSEWHERE)
        and "/migrations/" not in name
        and any(NUMBER.search(text) for text in sentences(path))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('TEXT = "Appelez le 3114."', True),
        ('TEXT = f"Appelez le 3114, {name}."', True),
        ('def phone():\n    """Write « 3114 » so."""', False),
    ],
)
def test_strings_are_read_but_not_docstrings(tmp_path, source, shown):
    path = tmp_path / "module.py"
    path.write_text(source)

    assert any(NUMBER.search(text) for text in sentences(path)) is shown


def test_templates_write_a_crisis_number_as_a_link():
    template = engines["django"].from_string(
        '{% crisis_number "suicide" as suicide %}{% crisis_number "medical" as medical %}'
        "{{ suicide.link }}, {{ medical.link }}"
    )

    assert template.render() == (
        '<a href="tel:3114"><bdi class="phone-number" dir="ltr">3114</bdi></a>, '
        '<a href="tel:15"><bdi class="phone-number" dir="ltr">15</bdi></a>'
    )


def test_every_link_to_the_page_of_immediate_help_gives_its_one_name():
    # Components are given its address; others know the tag, or the path.
    by_folder = {"components": r"{{ address }}|{% firstof address '/aide/' %}"}
    names = set()
    for path in (ROOT / "templates").rglob("*.html"):
        address = by_folder.get(path.parent.name, "{% crisis_page_url %}|/aide/")
        names.update(re.findall(rf'<a\b[^>]*href="(?:{address})"[^>]*>(.*?)</a>', path.read_text()))
    assert len(names) >= 3
    assert [name for name in names if "Aide maintenant" not in name] == []
