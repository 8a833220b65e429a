"""What the portal says of itself: its department, its name, its site, its languages."""

from dataclasses import asdict
from typing import Any

from django.conf import settings

from wagtail.models import Locale, Page, Site

from home.demo.files import ContentEntry, ContentError
from home.demo.seeder import SETTINGS, DemoSeeder
from portal.base.models import PortalSettings
from portal.geo.departments import Department as GeoDepartment
from portal.geo.departments import department_of_code


class DepartmentSetup(GeoDepartment):
    """A department that fills the texts of a new portal."""

    __slots__ = ()

    def say(self, text: str) -> str:
        """Fill ``{department}``, ``{in_department}`` and ``{of_department}``."""
        return (
            text.replace("{department}", self.name)
            .replace("{in_department}", self.in_department)
            .replace("{of_department}", self.of_department)
        )

    def say_all(self, value: Any) -> Any:
        """The same through the lists and mappings of a data file."""
        if isinstance(value, str):
            return self.say(value)
        if isinstance(value, list):
            return [self.say_all(one) for one in value]
        if isinstance(value, ContentEntry):
            said = {key: self.say_all(one) for key, one in value.items()}
            return ContentEntry(said, path=value.path, line=value.line)
        return value


def find_department(code: str) -> DepartmentSetup:
    """The department of this INSEE code; « 1 » and « 2a » are understood."""
    found = department_of_code(code)
    if found is None:
        raise ContentError(
            f"le département « {code} » n’existe pas. Donnez son code : 13, 59, 2A, 974…"
        )
    return DepartmentSetup(**asdict(found))


def ensure_languages() -> Locale:
    """Have a Wagtail locale for each language of the portal; return the main one."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    return Locale.objects.get(language_code=settings.LANGUAGE_CODE)


def build_settings(
    seeder: DemoSeeder, department: DepartmentSetup, entry: ContentEntry | None = None
) -> None:
    entry = entry if entry is not None else ContentEntry(path="departments.csv")
    entry.expect([], ["site_name", "tagline", "operator", "demo_notice"])

    def make() -> PortalSettings:
        portal = PortalSettings.load()
        portal.department_name = department.name
        portal.in_department = department.in_department
        for name, value in entry.items():
            setattr(portal, name, value)
        portal.full_clean()
        portal.save()
        return portal

    seeder.once(SETTINGS, "settings", make, entry)


def make_home_the_site_root(home: Page) -> None:
    """Serve this home page, in place of the welcome page that Wagtail brings."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        return
    welcome = site.root_page
    site.root_page = home
    site.save()
    # Only Wagtail's own page: it has no type of ours and nothing under it.
    if welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
