"""What an exception of the network means, as one of a few reasons.

`requests`, urllib3, ssl and the socket wrap each other in layers; the innermost one that says something counts. Imported
only when something went wrong.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import requests
import urllib3.exceptions

from salon_desk.services.link_status import LinkReason
from salon_desk.sync import connection
from salon_desk.wire import codec

_REASONS: tuple[tuple[tuple[type[BaseException], ...], LinkReason], ...] = (
    ((connection.Interrupted,), LinkReason.INTERRUPTED),
    ((connection.CertificateUnreadable,), LinkReason.CERTIFICATE),
    ((connection.Oversized, codec.TooLarge, codec.Malformed), LinkReason.NOT_HEAD_OFFICE),
    ((requests.exceptions.ProxyError, urllib3.exceptions.ProxyError), LinkReason.PROXY),
    ((requests.exceptions.SSLError, urllib3.exceptions.SSLError, ssl.SSLError), LinkReason.CERTIFICATE),
    ((urllib3.exceptions.NameResolutionError, socket.gaierror, UnicodeError), LinkReason.NAME_UNKNOWN),
    ((urllib3.exceptions.NewConnectionError,), LinkReason.NO_CONNECTION),
    ((connection.Overdue, requests.exceptions.Timeout, urllib3.exceptions.TimeoutError), LinkReason.TIMEOUT),
    ((TimeoutError,), LinkReason.TIMEOUT),
)


def reason_of(error: BaseException) -> LinkReason:
    """The reason behind an exception; NO_CONNECTION when nothing more is known."""
    inner = list(_layers(error))
    for kinds, reason in _REASONS:
        if any(isinstance(one, kinds) for one in inner):
            return reason
    return LinkReason.NO_CONNECTION


def _layers(error: BaseException) -> Iterator[BaseException]:
    """The exception, what it was raised from, and what it carries as its argument or reason."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inside = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        waiting.extend(found for found in inside if isinstance(found, BaseException))
