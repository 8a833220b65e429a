"""What a page of need computes: the number to call now, the doors of a commune."""
