"""What the page of a territory computes: its doors, its council, its actions, its dates."""
