"""The directory on paper: a booklet of a territory or of a type, and a poster."""
