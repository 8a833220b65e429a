"""What a department chooses for its portal, and what the machine gives it."""

from .environment import env

# How many web servers, under our control, add a visitor's address to X-Forwarded-For.
# With none the header is ignored: anyone can write it.
PORTAL_TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", default=0)

# Which department this portal speaks for: its INSEE code. No other file names one.
PORTAL_DEPARTEMENT = env.str("PORTAL_DEPARTEMENT", default="13")

# The background of the map: the portal asks for its images, keeps them, and gives them to
# readers, whom the source never sees. Empty: a map without a background.
PORTAL_TILES_URL = env.str(
    "PORTAL_TILES_URL",
    default=(
        "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
        "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    ),
)
PORTAL_TILES_ATTRIBUTION = env.str("PORTAL_TILES_ATTRIBUTION", default="© IGN")
PORTAL_TILES_MAX_BYTES = env.int("PORTAL_TILES_MAX_BYTES", default=500 * 1024**2)

# Whether browsers keep the crisis page, the pages of needs and the last selection, for the day when
# there is no network. Switched off, they take away the copies that they have.
PORTAL_OFFLINE_COPIES = env.bool("PORTAL_OFFLINE_COPIES", default=True)

# Where the national list of establishments (FINESS) is fetched, the first that answers: the daily
# file of FINESS+, then t_finess, then the historical file, frozen since May 2026.
PORTAL_FINESS_URLS: list[str] = env.list(
    "PORTAL_FINESS_URLS",
    default=[
        "https://www.data.gouv.fr/api/1/datasets/r/cd493959-fb03-41e5-9347-0edd14dfbc22",
        "https://www.data.gouv.fr/fr/datasets/r/796dfff7-cf54-493a-a0a7-ba3c2024c6f3",
        "https://www.data.gouv.fr/api/1/datasets/r/98f3161f-79ff-4f16-8f6a-6d571a80fea2",
    ],
)

# How often each process writes how many times entries were read, in seconds; 0: never.
PORTAL_VIEWS_EVERY = env.int("PORTAL_VIEWS_EVERY", default=60)

# What is kept of the people who must never be written to again is made with this secret.
# Empty: with SECRET_KEY, whose change would then forget them.
PORTAL_HASH_KEY = env.str("PORTAL_HASH_KEY", default="")

# Who was erased, as such hashes, to erase them again after a restore: a file to keep apart
# from the database's backups. Empty: effacements.jsonl in VAR_DIR.
PORTAL_ERASURE_JOURNAL = env.str("PORTAL_ERASURE_JOURNAL", default="")

# Archives of the database and the media (manage.py backup). Empty: backups in VAR_DIR.
PORTAL_BACKUP_DIR = env.str("PORTAL_BACKUP_DIR", default="")
# Only its holder opens them; a key that « manage.py backup --new-key » made. Empty: anybody may.
PORTAL_BACKUP_KEY = env.str("PORTAL_BACKUP_KEY", default="")
# One made each night by the jobs, and the newest tried each week.
PORTAL_NIGHTLY_BACKUP = env.bool("PORTAL_NIGHTLY_BACKUP", default=False)
# The certificate of the web server (fullchain.pem), for /readyz to say when it ends. Empty: unseen.
PORTAL_CERTIFICATE_FILE = env.str("PORTAL_CERTIFICATE_FILE", default="")
# Portals that the regional search may ask though they are not public: « http://127.0.0.1:8000 ».
PORTAL_REGION_ORIGINS: list[str] = env.list("PORTAL_REGION_ORIGINS", default=[])
# Whoever gives it reads the figures of /metrics. Empty: there is no such address.
PORTAL_METRICS_TOKEN = env.str("PORTAL_METRICS_TOKEN", default="")
