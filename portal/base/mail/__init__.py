"""How mail leaves the portal: addresses, the demonstration's folder, the domain's records."""
