"""What the code prints, told to the host line by line."""

from __future__ import annotations

import codecs
import io
import threading

from .run_end import shielded


class Lines(io.RawIOBase):
    """Cuts what is written into lines, and sends no more than the host would show."""

    def __init__(self, send) -> None:
        super().__init__()
        self._send = send
        self._lock = threading.RLock()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        #: Characters that may still be sent; below 0 once it was more.
        self._left = -1

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        return shielded(self._write, bytes(data))

    def close(self) -> None:
        """Stays open: later runs print too."""

    def begin_run(self, max_bytes: int) -> None:
        with self._lock:
            self._left = max_bytes

    def end_run(self) -> None:
        """Sends a last line without an end. What comes later is of no run."""
        with self._lock:
            if self._rest and self._left >= 0:
                self._tell([self._rest])
            self._rest, self._left = "", -1

    def _write(self, data: bytes) -> int:
        with self._lock:
            text = self._decoder.decode(data)
            if self._left < 0:
                return len(data)
            *lines, self._rest = (self._rest + text).split("\n")
            if lines:
                self._tell(lines)
            if len(self._rest) > self._left >= 0:
                self._tell([self._rest])
                self._rest = ""
            return len(data)

    def _tell(self, lines: list[str]) -> None:
        texts = []
        for line in lines:
            # One character too many lets the host say that something was cut.
            texts.append(line[: self._left + 1])
            self._left -= len(line) + 1
            if self._left < 0:
                break
        self._send({"type": "output", "texts": texts})


def text_stream(lines: Lines) -> io.TextIOWrapper:
    """A stream for `print`."""
    return io.TextIOWrapper(lines, encoding="utf-8", errors="backslashreplace", write_through=True)
