"""The sender of the demonstration: one private file a message, whole or not at all."""

import email
import email.policy
import os
import stat
from pathlib import Path

from django.conf import LazySettings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection

import pytest

from portal.mail import file_backend as folder_module
from portal.mail.file_backend import new_file_name, parse_file_name


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "portal.mail.file_backend.FileEmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "var" / "mail")
    return tmp_path / "var" / "mail"


def message(number: int = 0) -> EmailMessage:
    return EmailMessage(f"Été n° {number}", "Texte", "ptsm@x.example", ["ana@x.example"])


def test_each_message_is_a_file_that_only_its_owner_reads(folder: Path) -> None:
    assert get_connection().send_messages([message(1), message(2)]) == 2
    files = sorted(folder.iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_names_follow_the_order_of_sending(folder: Path) -> None:
    get_connection().send_messages([message(number) for number in range(30)])
    found = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Subject"]
        for path in sorted(folder.iterdir())
    ]
    assert found == [f"Été n° {number}" for number in range(30)]


def test_a_file_is_the_message_as_it_would_have_left(folder: Path) -> None:
    sent = EmailMultiAlternatives("S", "Texte", "ptsm@x.example", ["ana@x.example"])
    sent.attach_alternative("<p>Texte</p>", "text/html")
    sent.extra_headers["Message-ID"] = "<1@x.example>"
    sent.send()
    (path,) = folder.iterdir()
    content = path.read_bytes()
    assert b"\r\n" in content
    assert b"\n" not in content.replace(b"\r\n", b"")
    kept = email.message_from_bytes(content, policy=email.policy.default)
    assert kept["Message-ID"] == "<1@x.example>"
    assert kept.get_body(("html",)).get_content().strip() == "<p>Texte</p>"


def test_a_message_to_nobody_is_not_written(folder: Path) -> None:
    assert get_connection().send_messages([EmailMessage("S", "T", "a@x.example", [])]) == 0
    assert not folder.exists()


def test_a_write_that_fails_is_said_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(folder_module.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        message().send()
    assert list(folder.iterdir()) == []
    assert message().send(fail_silently=True) == 0


def test_a_folder_that_cannot_be_made_is_said(folder: Path) -> None:
    folder.parent.write_text("a file where the folder should be")
    with pytest.raises(OSError, match="var"):
        message().send()


def test_a_name_says_when_a_message_was_written() -> None:
    name = new_file_name()
    assert parse_file_name(name).strftime("%Y%m%dT%H%M%S-%f") == name[:22]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../secret_key",
        "20260101T000000-000000-abcdef12.eml",
        "20269901T000000-000000-abcdef12",
        "20260101T000000-000000-ABCDEF12",
        "20260101T000000-000000-abcdef12\n",
        "٢٠٢٦٠١٠١T000000-000000-abcdef12",
        "a" * 10_000,
    ],
)
def test_any_other_name_says_nothing(name: str) -> None:
    assert parse_file_name(name) is None


def test_nothing_of_a_message_is_readable_before_it_is_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, bool]] = []
    replace = os.replace

    def watch(source: str, target: Path) -> None:
        seen.extend((path.name, path.suffix == ".eml") for path in folder.iterdir())
        replace(source, target)

    monkeypatch.setattr(folder_module.os, "replace", watch)
    message().send()
    assert [is_kept for _name, is_kept in seen] == [False]
