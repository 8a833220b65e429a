"""An issue as a message."""

from home.models import HomePage
from newsletter.mail.issue import render_issue
from tests.factories.newsletter import IssuePageFactory, LetterIndexPageFactory


def test_an_issue_is_one_message_in_html_and_in_text(home_page: HomePage) -> None:
    letter = LetterIndexPageFactory(parent=home_page)
    issue = IssuePageFactory(parent=letter, number=12, title="L’annuaire & vous")
    issue.body = [{"type": "heading", "value": "Trois dates"}]
    rendered = render_issue(issue)
    assert rendered.subject == "L’annuaire & vous"
    assert ">L’annuaire &amp; vous</h1>" in rendered.html
    assert ">Trois dates</h2>" in rendered.html
    assert "L’annuaire & vous\n=================\n" in rendered.text
    assert "Trois dates\n-----------\n" in rendered.text
