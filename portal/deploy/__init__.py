"""What puts the portal online on a Debian machine: ``sudo ./portal/deploy/install``.

Only the standard library, with what ``portal.bootstrap`` has: it runs before anything is installed.
"""
