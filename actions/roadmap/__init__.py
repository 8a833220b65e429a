"""The page of the roadmap: its filters, its list by priority, its years."""
