"""« Avant d’ouvrir »: what is looked at before a portal is shown, each computed when asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.models import Locale, Page, ReferenceIndex

from actions.models import ActionPage
from home.emergency_doors import emergency_areas
from home.setup.pages import LEGAL_PAGES, seeded_page
from newsletter.models import Subscriber
from portal.backups.folder import newest_archive
from portal.base.models import PortalSettings
from portal.base.publication import find_placeholders
from portal.crisis.models import HelpLine
from portal.review.help_line_review import late_lines
from portal.review.help_line_views import HelpReviewView
from portal.sign_in.second_factor import count_accounts
from portal.text.date_format import format_moment
from resources.models import Referent, ResourcePage

#: A backup that is older says nothing of what was written since.
FRESH_BACKUP = timedelta(hours=30)
_NAMED = 5


@dataclass(frozen=True, slots=True)
class OpeningCheck:
    """One line of the list: what was found, and where it is mended.

    ``blocks``: nobody may open while it is not so, for readers would be misled or endangered.
    """

    title: str | Promise
    is_good: bool
    sentence: str
    url: str = ""
    blocks: bool = False

    @property
    def is_blocking(self) -> bool:
        return self.blocks and not self.is_good


def opening_checks() -> list[OpeningCheck]:
    """The whole list, what blocks the opening first."""
    found = [check() for check in _CHECKS]
    return sorted(found, key=lambda one: (one.is_good, not one.blocks))


def _identity() -> OpeningCheck:
    portal = PortalSettings.load()
    missing = [
        str(label)
        for label, value in (
            (_("la structure"), portal.operator),
            (_("l’adresse e-mail"), portal.contact_email),
        )
        if not value
    ]
    said = (
        _("Il manque : %(names)s.") % {"names": ", ".join(missing)} if missing else portal.operator
    )
    url = reverse("setup:step", args=["qui-etes-vous"])
    return OpeningCheck(_("Qui tient ce portail"), not missing, said, url, blocks=True)


def _examples() -> OpeningCheck:
    """Nothing invented for the demonstration may be shown as true."""
    entries = ResourcePage.objects.live().filter(is_example=True).count()
    entries += ActionPage.objects.live().filter(is_example=True).count()
    people = Subscriber.objects.filter(email__endswith=".example").count()
    people += Referent.objects.filter(email__endswith=".example").count()
    notice = bool(PortalSettings.load().demo_notice)
    is_demo = bool(getattr(settings, "PORTAL_IS_DEMO", False))
    is_good = not (entries or people or notice)
    if is_good:
        said = _("Aucune fiche d’exemple en ligne, aucune adresse d’exemple.")
    else:
        said = _("Fiches d’exemple en ligne : %(entries)s ; adresses d’exemple : %(people)s.") % {
            "entries": entries,
            "people": people,
        }
    if is_demo and is_good:
        said += " " + _("Ce portail tourne sur cette machine seulement (make run).")
    return OpeningCheck(_("Exemples retirés"), is_good, said, blocks=True)


def _placeholders() -> OpeningCheck:
    """A page that is shown never holds « À écrire » (publication refuses it): drafts are named."""
    pages = Page.objects.filter(depth__gt=1, locale=Locale.get_default()).specific()
    shown, drafts = [], []
    for page in pages.exclude(latest_revision=None).filter(live=False):
        if find_placeholders(page.get_latest_revision_as_object()):
            drafts.append(page)
    for page in pages.filter(live=True, alias_of=None).not_exact_type(ResourcePage):
        if find_placeholders(page):
            shown.append(page)
    left = shown or drafts
    if not left:
        return OpeningCheck(_("Textes à écrire"), True, _("Il n’en reste aucun."))
    names = ", ".join(f"« {page.draft_title} »" for page in left[:_NAMED])
    more = "…" if len(left) > _NAMED else ""
    words = (
        _("À écrire, et déjà en ligne : %(names)s.")
        if shown
        else _("En brouillon, donc jamais montrées : %(names)s.")
    )
    url = reverse("wagtailadmin_pages:edit", args=[left[0].pk])
    return OpeningCheck(
        _("Textes à écrire"), False, words % {"names": names + more}, url, blocks=bool(shown)
    )


def _legal() -> OpeningCheck:
    missing = [
        str(label)
        for key, label in LEGAL_PAGES.items()
        if not ((page := seeded_page(key)) and page.live)
    ]
    said = (
        _("Pas encore publiées : %(names)s.") % {"names": ", ".join(missing)}
        if missing
        else _("Publiées toutes les trois.")
    )
    url = reverse("setup:step", args=["pages-legales"])
    return OpeningCheck(_("Pages légales"), not missing, said, url, blocks=True)


def _crisis_numbers() -> OpeningCheck:
    public = HelpLine.objects.public().filter(is_crisis=True)
    late = late_lines(timezone.localdate()).filter(is_crisis=True).count()
    title = _("Numéros d’urgence vérifiés")
    url = reverse(HelpReviewView.index_url_name)
    if not public.exists():
        return OpeningCheck(title, False, _("Aucun numéro d’urgence publié."), url, blocks=True)
    if late:
        said = ngettext(
            "%(count)s numéro d’urgence n’a pas été relu à sa source depuis un mois.",
            "%(count)s numéros d’urgence n’ont pas été relus à leur source depuis un mois.",
            late,
        )
        return OpeningCheck(title, False, said % {"count": late}, url, blocks=True)
    return OpeningCheck(title, True, _("Tous relus à leur source depuis moins d’un mois."))


def _local_doors() -> OpeningCheck:
    areas = emergency_areas(Locale.get_default().pk)
    empty = [area.name for area in areas if area.name and not (area.doors or area.hospitals)]
    title = _("Portes d’urgence du département")
    url = reverse("fiches:index")
    if not any(area.doors or area.hospitals for area in areas):
        said = _("Aucun lieu où aller en urgence n’est indiqué : la page « Aide » n’en montre pas.")
        return OpeningCheck(title, False, said, url)
    if empty:
        names = ", ".join(empty[:_NAMED]) + ("…" if len(empty) > _NAMED else "")
        said = _("Aucune pour : %(names)s.") % {"names": names}
        return OpeningCheck(title, False, said, url)
    return OpeningCheck(title, True, _("Chaque territoire a une porte ou un hôpital à appeler."))


def _directory() -> OpeningCheck:
    count = ResourcePage.objects.live().in_source_language().filter(is_example=False).count()
    words = ngettext("%(count)s lieu en ligne.", "%(count)s lieux en ligne.", count)
    said = words % {"count": count} if count else _("Aucun lieu en ligne.")
    url = reverse("setup:step", args=["annuaire"])
    return OpeningCheck(_("Annuaire"), bool(count), said, url, blocks=True)


def _backup() -> OpeningCheck:
    newest = newest_archive()
    title = _("Sauvegarde")
    if newest is None:
        return OpeningCheck(title, False, _("Aucune n’a été faite."), blocks=True)
    said = _("La dernière : %(moment)s, %(size)s.") % {
        "moment": format_moment(newest.moment),
        "size": filesizeformat(newest.size),
    }
    return OpeningCheck(title, timezone.now() - newest.moment <= FRESH_BACKUP, said, blocks=True)


def _second_factor() -> OpeningCheck:
    counts = count_accounts()
    without = counts.editors - counts.protected
    words = ngettext(
        "%(count)s compte n’a qu’un mot de passe.",
        "%(count)s comptes n’ont qu’un mot de passe.",
        without,
    )
    said = words % {"count": without} if without else _("Tous les comptes en ont une.")
    return OpeningCheck(_("Deuxième preuve d’identité"), not without, said, reverse("mfa_index"))


def _licence() -> OpeningCheck:
    """Places that came from elsewhere say from where, as their licence asks."""
    entries = ResourcePage.objects.live().in_source_language().filter(is_example=False)
    without = entries.filter(source="").count()
    words = ngettext(
        "%(count)s fiche en ligne ne dit pas d’où elle vient.",
        "%(count)s fiches en ligne ne disent pas d’où elles viennent.",
        without,
    )
    said = words % {"count": without} if without else _("Chaque fiche en ligne cite sa source.")
    return OpeningCheck(_("Licence des données"), not without, said, reverse("fiches:index"))


def _dead_links() -> OpeningCheck:
    """Links of shown pages towards pages that readers cannot open."""
    dead = list(_links_to_hidden_pages())
    if not dead:
        return OpeningCheck(
            _("Liens entre vos pages"), True, _("Aucun ne mène à une page absente.")
        )
    names = ", ".join(
        f"« {source.title} » → « {target.title} »" for source, target in dead[:_NAMED]
    )
    more = "…" if len(dead) > _NAMED else ""
    said = _("Mènent à une page qui n’est pas en ligne : %(names)s.") % {"names": names + more}
    url = reverse("wagtailadmin_pages:edit", args=[dead[0][0].pk])
    return OpeningCheck(_("Liens entre vos pages"), False, said, url)


def _links_to_hidden_pages() -> Iterator[tuple[Page, Page]]:
    shown = {page.pk: page for page in Page.objects.live().filter(depth__gt=1)}
    hidden = {str(page.pk): page for page in Page.objects.filter(live=False)}
    rows = ReferenceIndex.objects.filter(
        to_object_id__in=hidden, object_id__in=[str(pk) for pk in shown]
    )
    pages = {Page._meta.model_name}
    seen = set()
    for row in rows.select_related("base_content_type", "to_content_type"):
        if row.base_content_type.model not in pages:
            continue
        if not issubclass(row.to_content_type.model_class() or object, Page):
            continue
        pair = (int(row.object_id), row.to_object_id)
        if pair not in seen:
            seen.add(pair)
            yield shown[pair[0]], hidden[pair[1]]


_CHECKS: tuple[Callable[[], OpeningCheck], ...] = (
    _identity,
    _examples,
    _directory,
    _crisis_numbers,
    _local_doors,
    _legal,
    _placeholders,
    _dead_links,
    _backup,
    _second_factor,
    _licence,
)
