"""The database and the caches."""

from .environment import VAR_DIR, env
from .redis_url import shared_cache

# SQLite is the embedded default. IMMEDIATE and a time-out let the web process and the
# worker write side by side; mmap is left off on purpose (corruption seen with WAL).
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
# Kept between requests: opening one costs 2 to 8 ms. On SQLite, the last one that closes writes the
# journal back to the file. One that the server has closed is opened anew, and no reader sees it.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "portal.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Longer than the writing of a large import: whoever saves meanwhile waits for it.
        "timeout": 20,
        # Each thread has a connection, with 8 MB of the file in memory at most.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000; "
            "PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    # Our queries join many tables and return few rows. PostgreSQL would spend half a second
    # compiling them, start helpers for a few milliseconds of work, sort small lists on disk and
    # shun indexes as if disks still turned.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options",
        "-c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=16MB -c random_page_cost=1.1",
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What one process has at hand of the two others.
NEARBY_CACHE = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "nearby",
    "OPTIONS": {"MAX_ENTRIES": 500},
}
# Shared by the processes of one machine; several machines share Redis. Whole pages have a folder of
# their own: what else is kept is not thrown away for them.
CACHES = {
    name: (
        shared_cache(env.str("REDIS_URL"), name)
        if env.str("REDIS_URL", default="")
        else {
            "BACKEND": "portal.cache.forgiving.ForgivingFileCache",
            "LOCATION": VAR_DIR / folder,
            "OPTIONS": {"MAX_ENTRIES": most},
        }
    )
    for name, folder, most in (("default", "cache", 1000), ("pages", "pages", 2000))
} | {"nearby": NEARBY_CACHE}
# Whole public pages are kept for readers without a cookie (portal.cache.page_cache).
PORTAL_PAGE_CACHE = env.bool("PORTAL_PAGE_CACHE", default=True)
