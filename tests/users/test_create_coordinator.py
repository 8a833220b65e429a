"""The first account of a portal."""

from pathlib import Path

from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

import pytest

from portal.users.models import User

pytestmark = pytest.mark.django_db
EMAIL = "coordination@ptsm13.example"


def test_the_password_is_written_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "identifiants.txt"
    call_command("create_coordinator", EMAIL, password_file=path, verbosity=0)
    email, password = path.read_text().split()
    assert path.stat().st_mode & 0o777 == 0o600
    assert authenticate(username=email, password=password) == User.objects.get()


def test_an_account_already_there_keeps_its_password(tmp_path: Path) -> None:
    path = tmp_path / "identifiants.txt"
    call_command("create_coordinator", EMAIL, password_file=path, verbosity=0)
    before = path.read_text()
    call_command("create_coordinator", EMAIL.upper(), password_file=path, verbosity=0)
    assert path.read_text() == before
    assert User.objects.count() == 1


def test_a_lost_password_file_gives_a_new_password(tmp_path: Path) -> None:
    path = tmp_path / "identifiants.txt"
    call_command("create_coordinator", EMAIL, password_file=path, verbosity=0)
    before = path.read_text()
    path.unlink()
    call_command("create_coordinator", EMAIL, password_file=path, verbosity=0)
    assert path.read_text() != before
    assert User.objects.count() == 1


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="n’est pas une adresse e-mail"):
        call_command("create_coordinator", "coordination", password_file=tmp_path / "x")


def test_the_daily_account_can_do_its_work_and_is_no_superuser(tmp_path: Path) -> None:
    call_command("create_coordinator", EMAIL, password_file=tmp_path / "x", verbosity=0)
    user = User.objects.get()
    assert not user.is_superuser
    for right in ("wagtailadmin.access_admin", "newsletter.add_mailing", "users.add_user"):
        assert user.has_perm(right)
    assert not user.has_perm("auth.change_group")


def test_an_administrator_is_made_when_asked_for(tmp_path: Path) -> None:
    call_command(
        "create_coordinator", EMAIL, password_file=tmp_path / "x", administrator=True, verbosity=0
    )
    assert User.objects.get().is_superuser
