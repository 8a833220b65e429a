"""Many processes that use limits at the same instant: a scene of its own, on a database apart."""

import itertools
import json
import os
import secrets
import sys
from datetime import timedelta

import django


def main(processes: int, networks: int) -> None:
    """Print how many uses of one network, and guesses of one account, passed.

    So many other networks have come before. Each process uses the limit of one network twenty
    times and guesses one password ten times, each time from a network of its own.
    """
    django.setup()
    from django.conf import settings
    from django.test import RequestFactory
    from django.utils import timezone

    from portal.api.models import RateLimitWindow
    from portal.api.throttling import consume
    from portal.sign_in.limits import password_attempt
    from tests.faults.processes import at_once

    factory = RequestFactory()

    def coming_from(number: int) -> object:
        return factory.post("/", REMOTE_ADDR=f"10.{number // 250}.{number % 250}.1")

    now = timezone.now()
    RateLimitWindow.objects.bulk_create(
        RateLimitWindow(key=key, name="letter_requests", count=20, ends_at=now + timedelta(hours=1))
        for key in (secrets.token_hex(16) for _ in range(networks))
    )
    turn = itertools.count()

    def answer() -> int:
        number = next(turn)
        if number % 3:
            return 200 if consume("letter_requests", coming_from(60_000)) == 0 else 400
        elsewhere = coming_from(os.getpid() % 200 * 250 + number)
        return 300 if password_attempt(elsewhere, "a@exemple.example") else 400

    answers = at_once(processes, answer, times=30)
    allowed = settings.RATE_LIMITS["letter_requests"].amount
    sys.stdout.write(
        json.dumps({"allowed": allowed, "uses": answers[2], "guesses": answers[3]}) + "\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
