"""Collected by ``make test-install`` only: these tests bring a whole machine up."""

import os

if not os.environ.get("PORTAL_TEST_INSTALL"):
    collect_ignore_glob = ["test_*.py"]
