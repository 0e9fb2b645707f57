"""Several requests under way together: all of them are sent before any answer is read."""

from collections.abc import Iterable

import httpx

from graders.client import AppTransport, Exchange


class AtOnce:
    """Sends requests together; an app that mixes up two of them has every chance to."""

    def __init__(self, transport: AppTransport) -> None:
        self._transport = transport

    def __call__(self, requests: Iterable[httpx.Request]) -> list[httpx.Response]:
        """The answers in the order of the requests, or an `AppProblem` if one of them has none."""
        under_way: list[Exchange] = []
        try:
            for request in requests:
                under_way.append(self._transport.begin(request))
            answers = [self._transport.finish(exchange) for exchange in under_way]
        except BaseException:
            for exchange in under_way:
                exchange.close()
            raise
        for answer in answers:
            answer.read()
        return answers
