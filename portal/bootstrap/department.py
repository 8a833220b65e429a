"""The portal of one department: its data made ready, then served."""

import base64
import contextlib
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import time

from portal.bootstrap.environment import VENV
from portal.bootstrap.steps import (
    ROOT,
    VAR,
    Refusal,
    call,
    clean_environment,
    digest,
    read_stamps,
    say,
    write_private,
)


def copy_database(source, target):
    """Copy a SQLite file whole, even while the portal writes in it."""
    target.unlink(missing_ok=True)
    with contextlib.ExitStack() as stack:
        original, copy = (
            stack.enter_context(contextlib.closing(sqlite3.connect(str(path))))
            for path in (source, target)
        )
        original.backup(copy)


class Portal:
    """The data of one department in ``var/``, and the steps that make it ready."""

    #: Seconds before a silent server is spoken of, while its tasks start all the same.
    PATIENCE = 30
    #: Seconds before tasks that died are started again.
    TASKS_PAUSE = 60

    def __init__(self, department, port, var=None, binaries=VENV / "bin"):
        self.department = department
        self.port = port
        self.var = var or VAR / department
        self.binaries = binaries
        self.password_file = self.var / "identifiants.txt"
        self.address = "http://127.0.0.1:{}/".format(port)
        self.env = clean_environment(
            DJANGO_SETTINGS_MODULE="portal.settings.demo",
            PORTAL_DEPARTEMENT=department,
            PORTAL_VAR_DIR=str(self.var),
            PORTAL_BASE_URL=self.address.rstrip("/"),
        )

    def manage(self, what, *arguments):
        return call([self.binaries / "python", "manage.py", *arguments], what, self.env)

    def prepare(self):
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = self.var / "secret_key"
        if not (secret.is_file() and secret.read_text().strip()):
            write_private(secret, base64.urlsafe_b64encode(os.urandom(48)).decode())
        stamps = self.var / "etapes.json"
        done = read_stamps(stamps)
        if not os.environ.get("DATABASE_URL") and not (self.var / "db.sqlite3").exists():
            done = {}
        if not (self.var / "static" / "staticfiles.json").exists():
            done.pop("static", None)
        if not self.password_file.exists():
            done.pop("account", None)
        for name, (inputs, step) in self.steps().items():
            if done.get(name) != inputs:
                step()
                done[name] = inputs
                write_private(stamps, json.dumps(done))

    def steps(self):
        database = os.environ.get("DATABASE_URL", "")
        migrations = digest(["uv.lock", "*/migrations/*.py", "portal/*/migrations/*.py"], database)
        content = digest(["home/demo/**/*", "home/management/**/*.py", "portal/geo/data/*"])
        documents = digest(["search/**/*.py", "*/search_*.py", "*/models/*.py"])
        static = digest(["uv.lock", "portal/static/**/*", "*/static/**/*"])
        return {
            "migrations": (migrations, self.migrate),
            "content": (content + migrations, self.fill),
            "search": (documents + content + migrations, self.index),
            "address": (self.address + content + migrations, self.set_address),
            "account": (database, self.make_account),
            "static": (static, self.collect_static),
        }

    def migrate(self):
        """Bring the database up to date, never leaving a half-made one in its place."""
        say("Préparation de la base de données…")
        database = self.var / "db.sqlite3"
        draft = self.var / "db.nouvelle.sqlite3"
        if os.environ.get("DATABASE_URL"):
            self.migrate_in_place(self.env)
        elif database.exists():
            copy_database(database, self.var / "db.avant-mise-a-jour.sqlite3")
            self.migrate_in_place(self.env)
        else:
            for leftover in self.var.glob(draft.name + "*"):
                leftover.unlink()
            self.migrate_in_place({**self.env, "DATABASE_URL": "sqlite:///{}".format(draft)})
            draft.replace(database)

    def migrate_in_place(self, env):
        what = "Préparation de la base de données"
        manage = [self.binaries / "python", "manage.py"]
        call([*manage, "migrate", "--no-input"], what, env)
        call([*manage, "ensure_groups"], what, env)
        call([*manage, "load_communes", "--departement", self.department], what, env)

    def fill(self):
        what = "Écriture des premiers contenus"
        say(what + "…")
        if self.department == "13":
            done = self.manage(what, "seed_demo")
        else:
            done = self.manage(what, "start_portal", "--departement", self.department)
        for line in done.splitlines():
            say("  " + line)

    def index(self):
        """Saved pages index themselves: this is for what a new version tells of the others."""
        self.manage("Mise à jour de la recherche", "reconcile_search")

    def set_address(self):
        """Sitemap, feeds and shared links give the address that was asked for."""
        self.manage("Choix de l’adresse", "set_address")

    def make_account(self):
        email = "coordination@ptsm{}.example".format(self.department.lower())
        command = ["create_coordinator", email, "--password-file", str(self.password_file)]
        self.manage("Création du compte de coordination", *command)

    def collect_static(self):
        say("Préparation des fichiers de mise en page…")
        self.manage("Préparation des fichiers", "collectstatic", "--no-input", "--clear")

    def start(self, **options):
        """Start the server and return its process; ``answers`` says when it is there."""
        command = [self.binaries / "granian", "--interface", "wsgi", "--workers", "2", "--no-ws"]
        command += ["--host", "127.0.0.1", "--port", self.port, "--log-level", "warning"]
        # Python serves few requests at once: more threads would only wait for one another.
        command += ["--blocking-threads", "4", "--backpressure", "128"]
        command += ["--workers-kill-timeout", "10", "portal.wsgi:application"]
        command = [str(part) for part in command]
        return subprocess.Popen(command, cwd=str(ROOT), env=self.env, **options)

    def start_tasks(self, **options):
        """Start what the portal does by itself (publish at an hour, send…); return its process."""
        command = [str(self.binaries / "python"), "manage.py", "run_tasks"]
        return subprocess.Popen(command, cwd=str(ROOT), env=self.env, **options)

    def serve(self):
        """Serve until Ctrl-C or SIGTERM; each process ends what it is at before it stops."""
        server = self.start()
        processes = [server]
        # Ctrl-C reaches them by itself: here we only wait for their end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: [process.terminate() for process in processes])
        answered = self.answers(server)
        if server.poll() is None:
            processes.append(self.start_tasks())
        if not answered and server.poll() is None:
            say("Le serveur met du temps à répondre : la machine est lente ou occupée. On attend…")
            answered = self.answers(server, patience=None)
        if answered:
            self.welcome()
        code = self.watch(processes)
        for process in processes:
            process.terminate()
            process.wait()
        if code not in (0, -signal.SIGINT, -signal.SIGTERM):
            raise Refusal(
                "Le serveur s’est arrêté ; son message est au-dessus (code {}).".format(code)
            )
        say("\nLe portail est arrêté. Pour le relancer : make run")

    def watch(self, processes):
        """Wait for the end of the server and return its code; tasks that die are started again."""
        server = processes[0]
        died_at = None
        while True:
            try:
                return server.wait(timeout=1)
            except subprocess.TimeoutExpired:
                if died_at is None and self.died(processes[1]):
                    died_at = time.monotonic()
                    say(
                        "Les tâches de fond se sont arrêtées (leur message est au-dessus) : plus "
                        "rien ne part ni ne paraît tout seul. "
                        "Elles repartent dans {} s.".format(self.TASKS_PAUSE)
                    )
                if died_at is not None and time.monotonic() >= died_at + self.TASKS_PAUSE:
                    died_at = None
                    processes[1] = self.start_tasks()

    @staticmethod
    def died(process):
        """Whether a process ended by itself, and not because it was asked to."""
        return process.poll() not in (None, 0, -signal.SIGINT, -signal.SIGTERM)

    def answers(self, server, patience=PATIENCE):
        """Wait for the server's first answer: False when it ends, or after ``patience`` seconds."""
        start = time.monotonic()
        while patience is None or time.monotonic() < start + patience:
            if server.poll() is not None:
                return False
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                with contextlib.closing(connection):
                    connection.request("GET", "/healthz")
                    if connection.getresponse().status == 200:
                        return True
            time.sleep(0.1)
        return False

    def welcome(self):
        say("")
        say("  Le portail ({}) est là :  {}".format(self.department, self.address))
        say("  Pour écrire :            {}admin/".format(self.address))
        say(
            "  Adresse e-mail :         coordination@ptsm{}.example".format(self.department.lower())
        )
        say("  Mot de passe :           dans {}".format(self.password_file.relative_to(ROOT)))
        say("  Pour arrêter :           Ctrl-C")
        say("")
