"""What long work raises when the caller asks it to stop."""


class Cancelled(Exception):
    """The caller asked to stop; nothing was kept."""
