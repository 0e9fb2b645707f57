"""What an app prints: the first and the last part are kept, the rest is only counted."""

KEPT_HEAD_BYTES = 16 * 1024
KEPT_TAIL_BYTES = 16 * 1024


class Output:
    """Collects the bytes of one start of the app up to a limit."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._head = bytearray()
        self._tail = bytearray()
        self.count = 0

    @property
    def over(self) -> bool:
        """True once more was printed than the limit allows."""
        return self.count > self._limit

    def add(self, data: bytes) -> None:
        """Count `data` and keep what belongs to the head or the tail."""
        self.count += len(data)
        room = KEPT_HEAD_BYTES - len(self._head)
        self._head += data[:room]
        self._tail += data[room:] if room > 0 else data
        del self._tail[:-KEPT_TAIL_BYTES]

    def text(self) -> str:
        """The kept parts as text, with a line that says how much is missing between them."""
        missing = self.count - len(self._head) - len(self._tail)
        gap = f"\n[... {missing} bytes left out ...]\n".encode() if missing > 0 else b""
        return bytes(self._head + gap + self._tail).decode("utf-8", "replace")
