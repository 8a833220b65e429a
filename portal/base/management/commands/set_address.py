from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wagtail.models import Site

DEFAULT_PORTS = {"http": 80, "https": 443}


class Command(BaseCommand):
    help = "Donne aux pages l’adresse publique du portail (PORTAL_BASE_URL)."

    def handle(self, *args: Any, **options: Any) -> None:
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            raise CommandError("Aucun site : lancez d’abord seed_demo ou start_portal.")
        site.hostname = address.hostname or "localhost"
        site.port = address.port or DEFAULT_PORTS.get(address.scheme, 80)
        site.save()
        self.stdout.write(f"Les pages ont pour adresse {site.root_url}")
