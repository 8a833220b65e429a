"""Cells that no spreadsheet runs as a formula, and back."""

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def escape_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: ``'=1+1`` instead of ``=1+1``."""
    return f"'{cell}" if _is_dangerous(cell) else cell


def unescape_formula(cell: str) -> str:
    """What a cell held before ``escape_formula``, so that what was exported can be read again."""
    return cell[1:] if cell.startswith("'") and _is_dangerous(cell) else cell


def _is_dangerous(cell: str) -> bool:
    # One that already begins with « ' » gets one more, so that taking one off is always right.
    return cell.lstrip("'").startswith(_FORMULA)
