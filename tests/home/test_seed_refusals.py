"""A data file that the portal cannot use changes nothing, and the message says where."""

from io import StringIO

from django.core.management import CommandError, call_command

from wagtail.models import Locale

import pytest

from home.demo import files
from home.models import HomePage, SeededObject
from portal.base.models import PortalSettings
from tests.factories.home import put_welcome_page_back


@pytest.fixture(autouse=True)
def _as_on_the_first_day(db: None) -> None:
    put_welcome_page_back()


def test_an_unknown_key_is_refused_with_its_file_and_line(tmp_path, monkeypatch) -> None:
    path = tmp_path / "priorities.yaml"
    text = (files.REFERENCE / "priorities.yaml").read_text()
    path.write_text(text.replace("  aim: Un médecin", "  amï: Un médecin"))
    line = path.read_text().split("number: 3")[0].count("\n") + 1
    monkeypatch.setattr("home.demo.snippets.REFERENCE", tmp_path)
    for name in ("resource_types.yaml", "help_lines.yaml", "glossary.csv", "lexicon.yaml"):
        (tmp_path / name).write_bytes((files.REFERENCE / name).read_bytes())
    with pytest.raises(CommandError, match=f"priorities.yaml, ligne {line}.*« amï »"):
        call_command("seed_demo")
    assert not SeededObject.objects.exists()


def test_the_demonstration_of_another_department_is_refused(settings) -> None:
    settings.PORTAL_DEPARTEMENT = "59"
    with pytest.raises(CommandError, match="start_portal --departement 59"):
        call_command("seed_demo")
    assert not Locale.objects.filter(language_code="ar").exists()


@pytest.mark.parametrize("code", ["13x", "99", "", "Nord", "\x00"])
def test_an_unknown_department_is_refused_in_one_french_sentence(code: str) -> None:
    with pytest.raises(CommandError, match=r"n’existe pas\. Donnez son code"):
        call_command("start_portal", departement=code)
    assert not HomePage.objects.exists()


def test_another_department_than_the_setting_s_is_told(settings) -> None:
    settings.PORTAL_DEPARTEMENT = "13"
    out = StringIO()
    call_command("start_portal", departement="2a", stdout=out)
    assert "PORTAL_DEPARTEMENT=2A" in out.getvalue()
    assert PortalSettings.load().in_department == "en Corse-du-Sud"
