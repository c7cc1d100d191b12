"""`appraise` and `python -m appraise`: hands over to the command line, or to the window."""

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

#: One thread for linear algebra: the draws are shared out among threads already. Set before numpy is imported.
for _library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")


class _Stopped(KeyboardInterrupt):
    """Python ends itself by signal, whatever code we give, once it has seen a bare KeyboardInterrupt leave an exec."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stopped


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window on no argument or a file; leave everything else to the command line. The exit code."""
    try:
        if arguments is None:
            signal.signal(signal.SIGINT, _stop)
        code = _handed_over(sys.argv[1:] if arguments is None else list(arguments))
        if arguments is None:  # the program ends now: no signal may spoil what has been said
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
    except KeyboardInterrupt:  # while the program was still loading
        with contextlib.suppress(OSError, AttributeError):
            sys.stderr.write("Stopped. Nothing was written.\n")
        return 130
    return code


def _handed_over(given: Sequence[str]) -> int:
    from appraise import cli

    if len(given) > 1 or (given and _is_word(given[0], cli.COMMANDS)):
        return cli.run(given)
    return cli.guarded(lambda: _window(given[0] if given else None))


def _is_word(word: str, commands: Sequence[str]) -> bool:
    """A command, an option or a slip of the keyboard: anything but a file."""
    if word in commands or word.startswith("-") or not word:
        return True
    bare = not set(word) & {".", os.sep, os.altsep}
    return bare and not os.path.exists(word)  # noqa: PTH110  Path.exists may raise


def _window(name: str | None) -> int:
    from pathlib import Path

    if not _has_display():
        from appraise.cli import USAGE, tell

        return tell("There is no display to open a window on. `appraise --help` lists what works without one.", USAGE)
    from appraise.ui.app import run_window

    return run_window(Path(name) if name is not None else None)


def _has_display() -> bool:
    """Qt ends the whole program where there is none, so we look first."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


if __name__ == "__main__":
    sys.exit(main())
