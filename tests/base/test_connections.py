"""A request does not pay for opening the database, and no reader meets a connection that died."""

from django.db import connection


def test_connections_are_kept_between_requests_and_looked_at_before_they_serve_again() -> None:
    assert connection.settings_dict["CONN_MAX_AGE"] > 0
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True
