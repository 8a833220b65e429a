from django.core.management import CommandError, call_command

from wagtail.models import Site

import pytest

from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("https://sante-mentale.example.org", "https://sante-mentale.example.org"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
    ],
)
def test_pages_take_the_address_that_was_asked_for(settings, address: str, root: str) -> None:
    make_home()
    settings.WAGTAILADMIN_BASE_URL = address
    call_command("set_address", verbosity=0)
    assert Site.objects.get(is_default_site=True).root_url == root


def test_without_a_site_one_is_told_what_to_do_first() -> None:
    Site.objects.all().delete()
    with pytest.raises(CommandError, match="start_portal"):
        call_command("set_address", verbosity=0)
