"""Public forms: every error is named, tied to its field, and nothing typed is lost."""

from django import forms

import pytest

from portal.base.forms import PortalForm


class SampleForm(PortalForm):
    mail = forms.EmailField(label="Votre adresse e-mail", help_text="Exemple : a@b.example")
    role = forms.ChoiceField(
        label="Vous êtes", choices=[("a", "Un proche")], widget=forms.RadioSelect, required=False
    )
    agreed = forms.BooleanField(label="J’accepte")


@pytest.fixture
def html() -> str:
    return SampleForm({"mail": "camille<"}).render()


def test_what_was_typed_is_given_back(html: str) -> None:
    assert 'value="camille&lt;"' in html


def test_the_list_of_errors_comes_first_and_leads_to_each_field(html: str) -> None:
    summary, fields = html.split("</ul></div></div>")
    assert "2 points à corriger" in summary
    assert 'href="#id_mail"' in summary
    assert "Cette adresse n’est pas complète." in summary
    assert "Cochez la case «\xa0J’accepte\xa0»." in summary
    assert 'id="id_mail_error"' in fields


def test_a_field_in_error_is_tied_to_its_message(html: str) -> None:
    assert 'aria-describedby="id_mail_helptext id_mail_error"' in html
    assert 'aria-invalid="true"' in html


def test_an_optional_field_says_so_and_its_choices_have_a_title(html: str) -> None:
    assert "<legend>Vous êtes" in html
    assert html.count("facultatif") == 1


def test_a_form_not_sent_yet_complains_of_nothing() -> None:
    assert "à corriger" not in SampleForm().render()
