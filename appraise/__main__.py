"""`appraise` and `python -m appraise`: hands over to the command line, or to the window."""

import sys
from collections.abc import Sequence
from pathlib import Path

from appraise import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window on no argument or a file; leave everything else to the command line. The exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if len(given) > 1 or (given and (given[0] in cli.COMMANDS or given[0].startswith("-"))):
        return cli.run(given)
    return cli.guarded(lambda: _window(Path(given[0]) if given else None))


def _window(path: Path | None) -> int:
    from appraise.ui.app import run_window

    return run_window(path)


if __name__ == "__main__":
    sys.exit(main())
