"""The report of a period as a Word document."""

from django.utils.translation import gettext as _

from home.period_report.report import ReportContent
from portal.base.models import PortalSettings
from portal.exports.word import WordDocument
from portal.text.date_format import format_date


def write_report(content: ReportContent) -> WordDocument:
    report = content.report
    portal = PortalSettings.load()
    document = WordDocument(str(report), portal.site_name)
    days = {"start": format_date(report.start), "end": format_date(report.until)}
    document.text(_("Du %(start)s au %(end)s. Chiffres pris sur le portail.") % days)
    if portal.demo_notice:
        document.text(portal.demo_notice)
    if report.words:
        document.heading(_("Les mots de la coordination"))
        document.text(report.words)
    document.heading(_("En bref"))
    document.bullets(content.sentences)
    document.heading(_("Les tableaux"))
    for table in content.tables:
        document.table(table)
    if report.explanation:
        document.heading(_("Ce qui explique ces chiffres"))
        document.text(report.explanation)
    return document
