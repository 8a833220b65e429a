"""The limits of public forms and of public data: how often each may be used.

A network is often a whole hospital, a school or a mobile carrier: what is read with a browser has
limits that only a program reaches. What sends a message to an address that anybody may have typed
does not fail open: without a count, no message.
"""

from datetime import timedelta

from portal.api.rates import Rate

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
QUARTER = timedelta(minutes=15)

RATE_LIMITS = {
    # Public data. A network is often a whole hospital, or the server of a partner's site.
    "search_api": Rate(300, MINUTE, "network"),
    # Each question is asked to all the portals of a region.
    "region_questions": Rate(60, MINUTE, "network"),
    "hsds_api": Rate(300, MINUTE, "network"),
    # Files that hold everything: a robot needs one a day.
    "data_files": Rate(60, MINUTE, "network"),
    "hsds_files": Rate(60, MINUTE, "network"),
    # A page of another site with a frame is read by many people from one hospital.
    "embedded_frames": Rate(600, MINUTE, "network"),
    # A person types some ten letters a second at most. Counted by batches: SQLite has one writer,
    # and half of these requests take less time than a write.
    "search_suggestions": Rate(600, MINUTE, "network", batch=12),
    # Some forty full screens, each of thirty tiles asked for at once.
    "map_tiles": Rate(1200, MINUTE, "network", batch=24),
    # Searches without a result, noted for editors: who asks more is a program, or fills the table.
    "unanswered_searches": Rate(60, HOUR, "network", fails_open=False),
    #
    # Forms.
    "contact_messages": Rate(10, HOUR, "network"),
    "error_reports": Rate(10, HOUR, "network"),
    # By then the coordinator knows.
    "error_reports_of_entry": Rate(10, DAY, "entry"),
    # A department has some a month.
    "error_reports_of_all": Rate(100, DAY, "everybody"),
    "entry_proposals": Rate(5, HOUR, "network"),
    "entry_proposals_of_all": Rate(40, DAY, "everybody"),
    "letter_requests": Rate(20, HOUR, "network"),
    # A new link for who was asked to verify an entry: a message leaves.
    "verification_links": Rate(10, HOUR, "network", fails_open=False),
    # The same for who leads an action.
    "pilot_links": Rate(10, HOUR, "network", fails_open=False),
    #
    # Messages to an address that somebody typed: a form must not flood a stranger's mailbox.
    "letter_messages_a_day": Rate(1, DAY, "address", fails_open=False),
    "letter_messages_a_month": Rate(3, timedelta(days=30), "address", fails_open=False),
    # More within an hour, and somebody plays with the form.
    "letter_messages_to_all": Rate(200, HOUR, "everybody", fails_open=False),
    "acknowledgements": Rate(3, DAY, "address", fails_open=False),
    "acknowledgements_to_all": Rate(30, HOUR, "everybody", fails_open=False),
    #
    # Signing in. Anybody may have typed the address of an account: what strangers use up is not
    # what its owner needs, who comes from a device or a network that signed in before.
    "account_forms": Rate(60, MINUTE, "network", fails_open=False),
    "password_checks": Rate(10, QUARTER, "account", fails_open=False),
    # Windows one after the other: ten guesses at most in any quarter of an hour.
    "wrong_passwords": Rate(5, QUARTER, "account", fails_open=False),
    "wrong_passwords_at_known_place": Rate(5, QUARTER, "account", fails_open=False),
    "wrong_passwords_of_network": Rate(10, MINUTE, "network", fails_open=False),
    "wrong_codes": Rate(5, QUARTER, "account", fails_open=False),
    "wrong_codes_at_known_place": Rate(5, QUARTER, "account", fails_open=False),
    "codes_of_application": Rate(1, DAY, "account", fails_open=False),
    # Codes and links to new passwords, together; the rest is for known places.
    "sign_in_messages_an_hour": Rate(3, HOUR, "account", fails_open=False),
    "sign_in_messages_a_day": Rate(10, DAY, "account", fails_open=False),
    "strangers_messages_an_hour": Rate(2, HOUR, "account", fails_open=False),
    "strangers_messages_a_day": Rate(7, DAY, "account", fails_open=False),
    "messages_to_unknown_address": Rate(1, DAY, "address", fails_open=False),
    # Not a limit: that an account was signed in to from a network (portal.sign_in.known_places).
    "known_networks": Rate(1, timedelta(days=90), "account"),
}
