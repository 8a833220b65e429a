"""The editor's screens of the governance: meetings, decisions to follow."""
