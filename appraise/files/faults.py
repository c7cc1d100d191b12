"""What can be wrong with a file, in words for the person who opened or saved it."""


class FileFault(Exception):
    """Something about a file that the user must read. `sentence` says what, where and how to mend it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CannotWrite(FileFault):
    """Nothing was written; whatever stood there before is whole."""


class AlreadyThere(CannotWrite):
    """A file of that name exists and nobody said that it may be replaced."""


class ChangedOnDisk(FileFault):
    """The file on disk is no longer the one that was opened. Nothing was written."""
