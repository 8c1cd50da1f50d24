"""What ends a run before its code does."""


class EndOfRun(KeyboardInterrupt):
    """Ends the code: no `except Exception` catches it, and event loops let it pass."""


class Stopped(EndOfRun):
    """The host wants the run to end."""


class FinalAnswer(EndOfRun):
    """The code has given its final answer."""


class LimitError(RuntimeError):
    """A limit of the sandbox was reached."""

    def __init__(self, message: str, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


def inside(function, *args):
    """Calls what the code of the run has a part in: only in there it can be interrupted."""
    return function(*args)


def shielded(function, *args):
    """Calls what must not be interrupted, though the code of the run has called it."""
    return function(*args)


def is_interruptible(frame) -> bool:
    """Whether the code of the run is at work in this frame, rather than the guest for it."""
    while frame is not None:
        if frame.f_code is shielded.__code__:
            return False
        if frame.f_code is inside.__code__:
            return True
        frame = frame.f_back
    return False
