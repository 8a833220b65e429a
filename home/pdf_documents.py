"""The reports of periods as PDFs: written by the job once somebody has asked for one."""

from collections.abc import Iterator
from functools import partial

from django.template.loader import render_to_string
from django.utils import timezone

from home.models import PeriodReport
from home.period_report.report import ReportContent
from home.period_report.views import pdf_name
from portal.base.models import PortalSettings
from portal.pdf.registry import PdfDocument, public_base_url, register_pdfs

TRANSLATED = False


def period_report_documents() -> Iterator[PdfDocument]:
    base_url = public_base_url()
    for report in PeriodReport.objects.all():
        pages = partial(_pages, report, base_url)
        yield PdfDocument(pdf_name(report), str(report), pages, base_url, is_listed=False)


def _pages(report: PeriodReport, base_url: str) -> list[str]:
    portal = PortalSettings.load()
    context = {
        "report": report,
        "content": ReportContent(report),
        "portal": portal,
        "place": portal.department_name,
        "site": base_url.split("//")[-1].rstrip("/"),
        "today": timezone.localdate(),
    }
    return [render_to_string("printing/period_report.html", context)]


register_pdfs(period_report_documents)
