"""Financial years, which run from April to March, by name."""


def label(first_year: int, offset: int = 0) -> str:
    """The financial year `offset` years after the one that starts in April `first_year`: "2027/28"."""
    year = first_year + offset
    return f"{year}/{(year + 1) % 100:02d}"


def short_label(first_year: int, offset: int = 0) -> str:
    """The same in the short form of table heads: "27/28"."""
    year = first_year + offset
    return f"{year % 100:02d}/{(year + 1) % 100:02d}"


def labels(first_year: int, years: int) -> tuple[str, ...]:
    """The names of `years` financial years from year 0."""
    return tuple(label(first_year, offset) for offset in range(years))
