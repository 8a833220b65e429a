"""``sudo ./portal/deploy/install`` brings a bare Debian to a portal that answers over nginx.

One machine for the whole file, whose tests follow one another as its days do: installed, read,
stopped, brought up to date, given a version that does not work, given a second department.
"""

import http.client
import json
import os
import ssl
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.install.machine import Machine, what_is_missing, why_no_system
from tests.servers.smtp import Sink

HOST = "sante-mentale.example.org"
CONTACT = f"contact@{HOST}"
#: A picture as an editor sends it, and the one that pages show, under the account of the site.
UPLOAD = """
from io import BytesIO
from PIL import Image as Picture
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
file = BytesIO()
Picture.new("RGB", (40, 30), "teal").save(file, "PNG")
image = get_image_model()(title="Essai", file=ImageFile(file, "essai.png"))
image.save()
print("URL", image.get_rendition("width-20").url, image.file.url)
"""
#: Where nginx lets an authority read what certbot has put there.
PEBBLE = {
    "listenAddress": "127.0.0.1:14000",
    "managementListenAddress": "127.0.0.1:15000",
    "certificate": "/srv/fullchain.pem",
    "privateKey": "/srv/privkey.pem",
    "httpPort": 80,
    "tlsPort": 443,
}


class Portal:
    """The machine, a mail server that it can reach, and what the installation said."""

    def __init__(self, machine: Machine, sink: Sink, said: str) -> None:
        self.machine, self.sink, self.said = machine, sink, said

    def get(self, path: str, host: str = HOST) -> tuple[int, str]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", 443, timeout=60, context=context)
        with closing(connection):
            connection.request("GET", path, headers={"Host": host})
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")

    def install(self, options: str = "") -> tuple[int, str]:
        done = self.machine.run(f"./portal/deploy/install {options}", EMAIL_URL=self.sink.url)
        print(done.stdout)
        return done.returncode, done.stdout

    def shell(self, code: str, umask: str = "0077") -> str:
        self.machine.write("/tmp/essai.py", code)  # noqa: S108
        return self.machine.must(
            f"umask {umask}; portail-ptsm 13 shell --no-imports < /tmp/essai.py"
        )

    def publish(self, change: str, message: str) -> None:
        """A new version, in the repository that the machine follows."""
        self.machine.must(
            "rm -rf /tmp/travail && git clone -q -b main /srv/portail.git /tmp/travail"
            f" && cd /tmp/travail && {change} && git -c user.name=Essai -c user.email=e@x.example"
            f" commit -qam '{message}' && git push -q"
        )

    def version(self) -> str:
        return self.machine.must("git rev-parse HEAD").strip()


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    missing = what_is_missing() or why_no_system()
    if missing:
        pytest.skip(f"Impossible d’essayer l’installation ici : {missing}.")
    with Sink() as sink, Machine() as machine:
        options = f"--departement 13 --domaine {HOST} --courriel {CONTACT}"
        # The narrowest umask that an administrator may have.
        done = machine.run(f"umask 077; ./portal/deploy/install {options}", EMAIL_URL=sink.url)
        print(done.stdout)
        assert done.returncode == 0, (
            done.stdout + machine.run("tail -40 var/installation.log").stdout
        )
        yield Portal(machine, sink, done.stdout)


def test_one_command_brings_a_portal_that_answers(portal: Portal) -> None:
    for path in ("/", "/annuaire/", "/compte/login/"):
        status, text = portal.get(path)
        assert status == 200
        assert "tel:3114" in text
    assert "ne mène pas encore à cette machine" in portal.said
    assert portal.sink.recipients == [CONTACT]
    account = portal.machine.read("/var/lib/portail-ptsm/13/identifiants.txt")
    assert account.startswith(f"{CONTACT}\n")
    assert portal.machine.must("stat -c %a /etc/portail-ptsm/13.env").strip() == "640"


def test_an_uploaded_image_is_served_whatever_the_umask(portal: Portal) -> None:
    said = portal.shell(UPLOAD)
    rendition, original = said.partition("URL ")[2].split()[:2]
    assert portal.get(rendition)[0] == 200
    assert portal.get(original)[0] == 404


def test_a_question_is_in_no_log_and_in_no_cache(portal: Portal) -> None:
    assert portal.get("/annuaire/?q=envie+de+mourir&ou=Aubagne")[0] == 200
    kept = portal.machine.must("cat /var/log/nginx/portail* /var/log/portail*; ls /var/cache/nginx")
    found = portal.machine.run("grep -rl mourir /var/log /var/cache/nginx").stdout
    assert "GET /annuaire/" in kept
    assert found == ""


def test_a_stopped_portal_gives_the_numbers_in_french(portal: Portal) -> None:
    portal.machine.must("systemctl stop portail-ptsm@13 portail-ptsm-taches@13")
    status, text = portal.get("/annuaire/?q=triste")
    assert status == 503
    assert "Le portail revient bientôt" in text
    assert all(f'href="{number}"' in text for number in ("tel:3114", "tel:15", "tel:112"))
    assert "killed after" not in portal.machine.must("cat /var/log/portail*.log")
    portal.machine.must("systemctl start portail-ptsm@13 portail-ptsm-taches@13")


def test_run_again_it_brings_the_newest_version(portal: Portal) -> None:
    before = portal.version()
    portal.publish("echo >> README.md", "Nouvelle version")
    code, said = portal.install()
    assert code == 0
    assert "Sauvegarde du 13" in said
    assert portal.version() != before
    assert portal.get("/")[0] == 200


def test_a_version_that_does_not_work_goes_away_by_itself(portal: Portal) -> None:
    before = portal.version()
    portal.shell(
        "from home.models import HomePage\npage = HomePage.objects.first()\n"
        "page.title = 'Avant la panne'\npage.save()\n"
    )
    portal.publish("echo '{% panne %}' > templates/home/home_page.html", "Version en panne")
    code, said = portal.install()
    assert code == 1
    assert "la précédente revient, avec ses données" in said
    assert "Rien n’a changé" in said
    assert portal.version() == before
    assert portal.get("/")[0] == 200
    titles = portal.shell(
        "from home.models import HomePage\nprint(list(HomePage.objects.values_list('title')))"
    )
    assert "Avant la panne" in titles


def test_a_second_department_has_its_own_process_and_database(portal: Portal) -> None:
    other = "sante-mentale-59.example.org"
    options = f"--departement 59 --domaine {other} --courriel contact@{other} --sqlite"
    assert portal.install(options)[0] == 0
    assert portal.get("/", host=other)[0] == 200
    assert portal.get("/", host=HOST)[0] == 200
    portal.machine.must("systemctl stop portail-ptsm@59")
    assert portal.get("/annuaire/", host=other)[0] == 503
    assert portal.get("/annuaire/", host=HOST)[0] == 200


def test_certbot_brings_a_signed_certificate_once_the_name_leads_here(portal: Portal) -> None:
    """Debian's certbot, and in the place of Let's Encrypt pebble, its own server for tests."""
    machine = portal.machine
    machine.must("apt-get install -q -y --no-install-recommends pebble")
    machine.must(f"echo '127.0.0.1 {HOST}' >> /etc/hosts; cp /etc/portail-ptsm/tls/13/*.pem /srv")
    machine.write("/srv/pebble.json", json.dumps({"pebble": PEBBLE}))
    machine.write(
        "/etc/letsencrypt/cli.ini", "server = https://127.0.0.1:14000/dir\nno-verify-ssl = true\n"
    )
    machine.must(
        "PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 setsid pebble -config /srv/pebble.json"
        " > /var/log/pebble.log 2>&1 &"
    )
    ask = (
        f"from portal.deploy import certificate as c; c.ask_for_signed('13', '{HOST}', '{CONTACT}')"
    )
    said = machine.must(f'python3 -c "{ask}"')
    assert f"Certificat signé pour {HOST}" in said, said
    machine.must("systemctl reload nginx")
    assert "Pebble" in machine.must(
        f"echo | openssl s_client -connect 127.0.0.1:443 -servername {HOST} 2> /dev/null"
        " | openssl x509 -noout -issuer"
    )
    assert "signé, et renouvelé tout seul" in machine.must(f'python3 -c "{ask}"')
    assert "Congratulations" in machine.must("certbot renew --dry-run --no-random-sleep-on-renew")


def test_what_is_missing_is_asked_for_before_anything_is_done(portal: Portal) -> None:
    done = portal.machine.run("./portal/deploy/install --departement 84")
    assert done.returncode == 1
    assert "--domaine" in done.stdout
    assert portal.machine.run("ls /etc/portail-ptsm/84.env").returncode != 0


# A whole machine takes as long as it takes.
pytestmark = [pytest.mark.timeout(0)]
if not os.environ.get("PORTAL_TEST_INSTALL"):  # Run by its name, by mistake.
    pytestmark.append(pytest.mark.skip(reason="make test-install"))
