from typing import Any

from home.demo.portal import seed_demo
from home.management.setup import SetupCommand


class Command(SetupCommand):
    help = (
        "Met en place la démonstration. Peut être relancée : ce qui existe, ce qui a été changé "
        "et ce qui a été supprimé ne sont jamais touchés."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.set_up(seed_demo, options)
