"""Asking a public web service politely: not too often, again after a fault of its own, and never for too much."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from unresolve import __version__
from unresolve.errors import MissingExtraError, UnreachableError, WrongContentError

if TYPE_CHECKING:
    import httpx

__all__ = ["Manners", "Web"]

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be others later (RFC 9110, 15.5 and 15.6; RFC 6585)."""


class Manners(msgspec.Struct, frozen=True):
    """How a service is asked.

    ``rate`` is requests a second at most, ``attempts`` how often one thing is asked for, ``wait`` the first pause
    between attempts in seconds, which doubles each time, ``patience`` the longest pause; a Retry-After beyond it is not
    waited for. ``timeout`` in seconds is for each step of a connection, ``limit`` the bytes of an answer.
    """

    rate: float = 2.0
    attempts: int = 5
    wait: float = 1.0
    patience: float = 120.0
    timeout: float = 30.0
    limit: int = 500_000_000


class Web:
    """One client for a run: connections are kept, the rate holds over all requests."""

    def __init__(self, manners: Manners | None = None, *, sleep: Callable[[float], None] = time.sleep) -> None:
        try:
            import httpx
            import stamina
        except ImportError as error:
            raise MissingExtraError("fetch") from error
        self._httpx, self._stamina = httpx, stamina
        self._manners = manners or Manners()
        self._sleep = sleep
        self._next = 0.0
        self._client = httpx.Client(
            follow_redirects=True,
            timeout=self._manners.timeout,
            headers={"User-Agent": f"unresolve/{__version__}"},
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def get(self, url: str, query: Mapping[str, str] | None = None, *, most: int | None = None) -> bytes | None:
        """The body of the answer, or None where there is no such thing (404, 410).

        ``most`` stops reading after so many bytes. Raises UnreachableError where no answer, or none but faults of the
        service, can be had, and WrongContentError for a body above the limit.
        """
        asked = 0
        try:
            for attempt in self._stamina.retry_context(
                on=self._again,
                attempts=self._manners.attempts,
                timeout=None,
                wait_initial=self._manners.wait,
                wait_max=self._manners.patience,
                wait_jitter=self._manners.wait / 2,
            ):
                with attempt:
                    asked += 1
                    return self._get(url, query, most)
        except self._httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise UnreachableError(f"the service answers {status}, asked {_times(asked)}") from error
        except self._httpx.TooManyRedirects as error:
            raise UnreachableError("the service sends from one address to the next without end") from error
        except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise UnreachableError(f"no answer from {url}, asked {_times(asked)}: {reason}") from error
        raise AssertionError("an attempt either answers or raises")

    def _get(self, url: str, query: Mapping[str, str] | None, most: int | None) -> bytes | None:
        with self._turn(), self._client.stream("GET", url, params=query) as answer:
            if answer.status_code in (404, 410):
                return None
            answer.raise_for_status()
            body = bytearray()
            for piece in answer.iter_bytes():
                body += piece
                if most is not None and len(body) >= most:
                    return bytes(body[:most])
                if len(body) > self._manners.limit:
                    raise WrongContentError(f"more than {self._manners.limit} bytes came; the rest is not fetched")
            return bytes(body)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for the next request to be polite."""
        self._sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + 1 / self._manners.rate
        yield

    def _again(self, error: Exception) -> bool | float:
        """Whether to ask once more, or after how many seconds."""
        if isinstance(error, self._httpx.HTTPStatusError):
            if error.response.status_code not in _AGAIN:
                return False
            wished = _retry_after(error.response)
            return True if wished is None else wished <= self._manners.patience and max(wished, 0.001)
        return isinstance(error, self._httpx.TransportError) and not isinstance(error, self._httpx.UnsupportedProtocol)


def _retry_after(answer: httpx.Response) -> float | None:
    """The seconds that a Retry-After header asks for, given as a number or as a date (RFC 9110, 10.2.3)."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
