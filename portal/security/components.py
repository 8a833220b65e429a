"""What the portal is made of: uv.lock, and whether what runs is what it says."""

import tomllib
from collections import defaultdict
from importlib.metadata import distributions
from pathlib import Path

from packaging.utils import canonicalize_name


def locked_versions(root: Path) -> dict[str, set[str]]:
    """The versions of each library of ``uv.lock``, by its canonical name; not the portal's own.

    Several when a version of Python needs another.
    """
    lock = tomllib.loads((root / "uv.lock").read_text())
    versions: dict[str, set[str]] = defaultdict(set)
    for one in lock["package"]:
        if "registry" in one.get("source", {}):
            versions[one["name"]].add(one["version"])
    return versions


def differing_versions(root: Path) -> dict[str, tuple[str, str]]:
    """Installed libraries of another version than the lock's: what runs, and what is locked."""
    locked = locked_versions(root)
    installed = {canonicalize_name(one.metadata["Name"]): one.version for one in distributions()}
    return {
        name: (version, ", ".join(sorted(locked[name])))
        for name, version in sorted(installed.items())
        if name in locked and version not in locked[name]
    }
