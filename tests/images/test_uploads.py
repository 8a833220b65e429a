"""What happens to the pictures that people send."""

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest
from PIL import Image

from portal.images.alt_text import alt_text_problem
from portal.images.models import CustomImage
from tests.factories.users import UserFactory

GPS, ORIENTATION, SOFTWARE = 0x8825, 0x0112, 0x0131


def picture(
    kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: object
) -> bytes:
    output = BytesIO()
    Image.new(mode, size).save(output, kind, **options)
    return output.getvalue()


def noise(kind: str) -> bytes:
    output = BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(output, kind)
    return output.getvalue()


def animated(kind: str) -> bytes:
    output = BytesIO()
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in range(0, 250, 50)]
    frames[0].save(output, kind, save_all=True, append_images=frames[1:])
    return output.getvalue()


# Each is made when its test runs: the largest weighs 11 MB.
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "truncated jpeg": ("a.jpg", lambda: noise("JPEG")[:4000]),
    "truncated png": ("a.png", lambda: noise("PNG")[:4000]),
    "truncated webp": ("a.webp", lambda: noise("WEBP")[:2000]),
    "truncated gif": ("a.gif", lambda: noise("GIF")[:4000]),
    "121 megapixels": ("a.png", lambda: picture("PNG", "L", (11_000, 11_000))),
    "html called png": ("a.png", lambda: b"<html><script>alert(1)</script></html>"),
    "garbage after a right start": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 500),
    "zero byte": ("a.jpg", lambda: b""),
    "eleven megabytes": ("a.jpg", lambda: picture("JPEG") + b"\0" * 11 * 1024**2),
    "svg": ("a.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    "svg called png": ("a.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "heic": ("a.heic", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 300),
    "heic called jpg": ("a.jpg", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 300),
    "animated gif": ("a.gif", lambda: animated("GIF")),
    "animated webp": ("a.webp", lambda: animated("WEBP")),
    "png called jpg that is a bmp": ("a.jpg", lambda: picture("BMP")),
}


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def send(editor: Client, name: str, content: bytes) -> object:
    file = SimpleUploadedFile(name, content)
    return editor.post(reverse("wagtailimages:add"), {"title": "Une image", "file": file})


def send_many(editor: Client, name: str, content: bytes) -> dict:
    file = SimpleUploadedFile(name, content)
    answer = editor.post(
        reverse("wagtailimages:add_multiple"), {"title": "Une image", "files[]": file}
    )
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_picture_is_a_clear_message_on_both_screens(editor: Client, case: str) -> None:
    name, make = REFUSED[case]
    content = make()
    answer = send(editor, name, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    many = send_many(editor, name, content)
    assert many["success"] is False
    assert many["error_message"].strip()
    assert not CustomImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("encres.jpg", picture("JPEG", "CMYK")),
        ("gris.jpg", picture("JPEG", "L")),
        ("seize-bits.png", picture("PNG", "I;16")),
        ("palette.png", picture("PNG", "P")),
        ("transparent.png", picture("PNG", "RGBA")),
        ("transparent.webp", picture("WEBP", "RGBA")),
        ("fixe.gif", picture("GIF", "P")),
        ("profil-casse.jpg", picture("JPEG", icc_profile=b"ceci n'est pas un profil")),
        ("../../ailleurs.png", picture("PNG")),
        ("é" * 200 + ".png", picture("PNG")),
        ("CON.png", picture("PNG")),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_an_unusual_picture_is_kept_and_can_be_shown(
    editor: Client, name: str, content: bytes
) -> None:
    assert send(editor, name, content).status_code == 302
    image = CustomImage.objects.get()
    assert image.get_rendition("width-20|format-webp").width == 20
    assert image.get_rendition("fill-10x10|format-jpeg").width == 10
    assert ".." not in image.file.name
    assert send_many(editor, name, content)["success"] is True


def test_where_and_when_a_photo_was_taken_is_not_kept(editor: Client) -> None:
    exif = Image.Exif()
    exif[SOFTWARE] = "Telephone de Camille"
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[2] = (43.0, 17.0, 30.0)
    content = picture("JPEG", exif=exif)
    assert b"Camille" in content
    send(editor, "photo.jpg", content)
    image = CustomImage.objects.get()
    with image.file.open() as stored:
        kept = stored.read()
    assert b"Camille" not in kept
    with Image.open(BytesIO(kept)) as again:
        assert not again.getexif()
        # Turned upright: a phone held upright writes a lying picture and how to turn it.
        assert again.size == (20, 40)
    assert (image.width, image.height) == (20, 40)
    assert image.file_size == len(kept)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_words_hidden_in_a_picture_are_not_kept(editor: Client, kind: str) -> None:
    exif = Image.Exif()
    exif[SOFTWARE] = "Telephone de Camille"
    send(editor, f"photo.{kind.lower()}", picture(kind, exif=exif))
    with CustomImage.objects.get().file.open() as stored:
        assert b"Camille" not in stored.read()


def test_a_script_hidden_behind_a_picture_is_not_kept(editor: Client) -> None:
    send(editor, "photo.gif", picture("GIF", "P") + b"<script>alert(1)</script>")
    with CustomImage.objects.get().file.open() as stored:
        assert b"script" not in stored.read()


def heic(orientation: int = 1) -> bytes:
    """As an iPhone writes one: turned, with the place where it was taken."""
    output = BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[GPS] = {1: "N", 2: (43.0, 17.0, 0.0)}
    Image.new("RGB", (60, 40), "navy").save(output, "HEIF", exif=exif.tobytes())
    return output.getvalue()


@pytest.mark.parametrize("name", ["IMG_0012.HEIC", "photo.heic"])
def test_a_photograph_of_an_iphone_becomes_a_jpeg(editor: Client, name: str) -> None:
    answer = send(editor, name, heic())
    assert answer.status_code == 302, answer.context["form"].errors
    image = CustomImage.objects.get()
    assert image.file.name.endswith(".jpg")
    with Image.open(image.file.open()) as kept:
        assert kept.format == "JPEG"
        assert kept.size == (60, 40)
        assert not kept.getexif()
    assert image.get_rendition("width-30").alt == ""


@pytest.mark.parametrize(
    ("words", "is_asked"),
    [
        ("", True),
        ("   ", True),
        ("IMG_0012", True),
        ("IMG-20261015-WA0003", True),
        ("DSC00123", True),
        ("Capture d’écran 2026-10-15", True),
        ("Screenshot 2026-10-15 at 10.00", True),
        ("accueil-gem.png", True),
        ("accueil gem", True),  # the file is « accueil-gem.png »
        ("La salle d’accueil du GEM, avec son canapé", False),
        ("Photo de groupe devant le GEM en 2026", False),
        ("Image de la fête", False),
        ("Le plan d’accès", False),
    ],
)
def test_words_that_say_nothing_of_an_image_are_asked_again(words: str, is_asked: bool) -> None:
    image = SimpleNamespace(file=SimpleNamespace(name="original_images/accueil-gem.png"))
    problem = alt_text_problem(words, image)
    assert ("Que montre cette image" in str(problem)) is is_asked


def test_the_editor_is_given_no_words_to_begin_with(db: None) -> None:
    image = CustomImage(title="IMG_0012", file="original_images/IMG_0012.jpg")
    assert image.default_alt_text == ""
    image.description = "IMG_0012.jpg"
    assert image.default_alt_text == ""
    image.description = "La porte d’entrée, rue des Lilas"
    assert image.default_alt_text == "La porte d’entrée, rue des Lilas"
