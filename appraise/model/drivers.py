"""Which uncertain fact moves a line: its driver, in any spelling of it, or the line itself."""

from appraise.model.appraisal.lines import Line


def driver_name(line: Line) -> str:
    """The driver of a line without differences of case and of spaces; empty: it has none."""
    return " ".join(line.driver.casefold().split())


def driver_of(line: Line) -> str:
    """The name of the fact that moves a line; a driver that is not shared is another fact in every option."""
    driver = driver_name(line)
    if not driver:
        return f"line|{line.id}"
    return f"driver|{driver}" if line.shared else f"own driver|{len(line.option)}|{line.option}|{driver}"
