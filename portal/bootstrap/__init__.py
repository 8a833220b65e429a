"""What ``make`` calls: prepares the portal with Python alone, then serves it.

Only the standard library, and only what an old Python 3 can read, so that it can be refused
in one clear line. Each step leaves a stamp when it is done: a second start redoes nothing,
and a start that was killed in the middle takes up where it stopped.
"""
