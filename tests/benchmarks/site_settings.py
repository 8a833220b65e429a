"""The demonstration's settings, with a view that says « hello » and nothing else."""

from portal.settings.demo import *  # noqa: F403

# Whoever asks for it, and behind nginx as well.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.benchmarks.site_urls"
