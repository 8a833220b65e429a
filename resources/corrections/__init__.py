"""What anybody tells of the directory without an account: a mistake, a place that is missing."""
