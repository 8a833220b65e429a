"""Preview of an issue's message in the editor."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from newsletter.mail.issue import IssueMessage, RenderedIssue, render_issue
from newsletter.mail.links import SINCE_HERE
from portal.text.date_format import format_date


def render_preview(issue: IssueMessage, *, as_text: bool = False) -> SafeString:
    """What somebody who asked for the letter today would receive, as a page."""
    rendered = render_issue(issue)
    page = _text_page(issue, rendered) if as_text else rendered.html
    page = page.replace(SINCE_HERE, format_date(timezone.localdate()))
    # Whatever the name by which the editor reached the portal, its pictures are here.
    page = page.replace(f'src="{settings.WAGTAILADMIN_BASE_URL.rstrip("/")}/', 'src="/')
    return mark_safe(page)  # noqa: S308  # made by templates


def _text_page(issue: IssueMessage, rendered: RenderedIssue) -> str:
    return render_to_string(
        "newsletter/admin/text_preview.html",
        {"issue": issue, "language": issue.locale.language_code, "text": rendered.text},
    )
