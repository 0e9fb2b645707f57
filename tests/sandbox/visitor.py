"""One plain HTTP request to the app in a box, over a connection that the channel makes."""

import http.client

from sandbox.channel import Channel

PATIENCE_SECONDS = 30


class _Connection(http.client.HTTPConnection):
    def __init__(self, channel: Channel) -> None:
        super().__init__("app", timeout=PATIENCE_SECONDS)
        self.sock = channel.connect()
        self.sock.settimeout(PATIENCE_SECONDS)


def get(channel: Channel, path: str) -> str:
    """The body of the answer to GET `path`."""
    connection = _Connection(channel)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()
