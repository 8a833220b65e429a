"""An issue as the editor's screen shows it before it leaves."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from csp.constants import SELF, UNSAFE_INLINE

from newsletter.mail.issue import IssueMessage, RenderedIssue, render_issue
from newsletter.mail.links import SINCE_HERE
from portal.base.date_format import format_date

# Styles of a message stand in its tags. The editor alone sees them, in a frame of the portal.
_CSP = {"style-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:"], "script-src": [SELF]}


def preview_of(issue: IssueMessage, *, as_text: bool = False) -> HttpResponse:
    """What somebody who asked for the letter today would receive."""
    rendered = render_issue(issue)
    page = _text_page(issue, rendered) if as_text else rendered.html
    page = page.replace(SINCE_HERE, format_date(timezone.localdate()))
    # Whatever the name by which the editor reached the portal, its pictures are here.
    page = page.replace(f'src="{settings.WAGTAILADMIN_BASE_URL.rstrip("/")}/', 'src="/')
    response = HttpResponse(page)
    response._csp_replace = _CSP  # type: ignore[attr-defined]
    return response


def _text_page(issue: IssueMessage, rendered: RenderedIssue) -> str:
    return render_to_string(
        "newsletter/admin/text_preview.html",
        {"issue": issue, "language": issue.locale.language_code, "text": rendered.text},
    )
