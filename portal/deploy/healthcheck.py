"""Whether the portal of this container answers: ends with 0 when it does."""

import http.client
import os
import sys

try:
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4
    )
    connection.request(
        "GET", "/healthz", headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]}
    )
    sys.exit(connection.getresponse().status != http.client.OK)
except (OSError, http.client.HTTPException) as error:
    sys.exit(str(error))
