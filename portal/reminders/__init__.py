"""Questions sent to one address by a signed link, with reminders: no account, no cookie."""
