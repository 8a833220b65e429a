"""What the small script adds, on a page that works without it."""

from django.conf import settings

import pytest
from playwright.sync_api import Page, expect

SCRIPT = settings.BASE_DIR / "portal" / "static" / "portal" / "js" / "main.js"
PAGE = """
<button data-print hidden>Imprimer</button>
<form data-validate action="#sent">
  <div class="field"><label for="mail">E-mail</label>
    <input id="mail" type="email" required data-missing="Écrivez votre adresse."
           data-wrong="Cette adresse n’est pas complète." aria-describedby="mail_helptext">
    <span class="error" id="mail_error"></span></div>
  <button>Envoyer</button>
</form>
"""


@pytest.fixture
def form(page: Page) -> Page:
    page.set_content(PAGE)
    page.add_script_tag(content=SCRIPT.read_text())
    return page


def test_a_button_that_prints_shows_only_when_it_works(page: Page) -> None:
    page.set_content(PAGE)
    expect(page.get_by_text("Imprimer")).to_be_hidden()
    page.add_script_tag(content=SCRIPT.read_text())
    expect(page.get_by_text("Imprimer")).to_be_visible()


def test_a_missing_answer_is_said_with_the_words_of_the_page(form: Page) -> None:
    form.get_by_text("Envoyer").click()
    mail = form.get_by_label("E-mail")
    expect(form.locator("#mail_error")).to_have_text("Écrivez votre adresse.")
    expect(mail).to_be_focused()
    expect(mail).to_have_attribute("aria-invalid", "true")
    expect(mail).to_have_attribute("aria-describedby", "mail_helptext mail_error")


def test_a_mended_answer_is_no_longer_complained_of(form: Page) -> None:
    mail = form.get_by_label("E-mail")
    mail.fill("camille")
    form.get_by_text("Envoyer").click()
    expect(form.locator("#mail_error")).to_have_text("Cette adresse n’est pas complète.")
    mail.fill("camille@domaine.example")
    expect(form.locator("#mail_error")).to_be_empty()
    assert mail.get_attribute("aria-invalid") is None


def test_the_list_of_errors_of_the_server_is_read_first(page: Page) -> None:
    page.set_content('<div class="error-summary" tabindex="-1">Un point à corriger</div>' + PAGE)
    page.add_script_tag(content=SCRIPT.read_text())
    expect(page.locator(".error-summary")).to_be_focused()
