"""What the server says of itself at `/openapi.json`: the very messages that it reads and writes, with every status.

The messages are in `wire/messages.py`; nothing of them is repeated here. A test holds this to the routes of `app.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from salon_desk import __version__
from salon_desk.head_office.health import Health
from salon_desk.wire import codec, messages
from salon_desk.wire.messages import Refused
from salon_desk.wire.own_certificate import ProofAnswer, ProofAsk

_REFUSALS = {
    401: "No device has this token.",
    403: "The device is not confirmed, the code does not open, or it belongs to another.",
    408: "The body did not come in time.",
    409: "A gap, a fork, or this node is behind the one who asks.",
    413: "Larger than both sides agreed on.",
    415: "Neither JSON nor gzipped JSON.",
    422: "Not the message that was expected, or damaged.",
    429: "Too much at once, or too many wrong codes.",
    503: "The database cannot answer now.",
}
_RETRIED = (429, 503)
_BODY = (408, 413, 415, 422)


@dataclass(frozen=True, slots=True)
class Described:
    """One endpoint. `refusals`: statuses besides those that its body and its token bring."""

    summary: str
    answer: type[msgspec.Struct] | None
    ask: type[msgspec.Struct] | None = None
    query: Sequence[tuple[str, dict[str, Any], str]] = ()
    token: bool = True
    refusals: tuple[int, ...] = ()


_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 1 << 62}

ENDPOINTS: Mapping[tuple[str, str], Described] = {
    ("POST", "/v1/enroll"): Described(
        "Let a device in by its one-time code; the same code with the same key gives the same answer again.",
        messages.EnrollAnswer,
        messages.EnrollAsk,
        token=False,
        refusals=(403, 429),
    ),
    ("POST", "/v1/proof"): Described(
        "A hub's proof, by the codes that it has made, that the certificate which was seen is its own.",
        ProofAnswer,
        ProofAsk,
        token=False,
        refusals=(429,),
    ),
    ("GET", "/v1/me"): Described("What this node knows of the device that asks.", messages.Me),
    ("POST", "/v1/codes"): Described(
        "A code for a further till of the same store; the owner confirms who uses it.",
        messages.CodeAnswer,
        messages.CodeAsk,
        refusals=(403, 429),
    ),
    ("POST", "/v1/journal"): Described(
        "Take in operations of the device's own chain, in their order; a repeat gets the same answer.",
        messages.JournalAnswer,
        messages.JournalPush,
        refusals=(403, 409, 429),
    ),
    ("GET", "/v1/feed"): Described(
        "Operations of others behind a cursor, in feed order; held open until there is something.",
        messages.FeedAnswer,
        query=(
            ("cursor", {"type": "string"}, "from the last answer; none: from the beginning"),
            ("limit", _NUMBER, f"operations at most, never more than {codec.MOST_OPERATIONS}"),
            ("wait", {"type": "number", "minimum": 0}, f"seconds, never more than {codec.LONGEST_WAIT:.0f}"),
            ("acknowledged", _NUMBER, "how far the device believes that its epoch is held here"),
            ("epoch", {"type": "string"}, "which epoch that is; none: the one that this node knows it in"),
            ("leaving", {"type": "string", "enum": ["", "1"]}, "1: it will not be heard of for a while"),
            ("at_root", _NUMBER, "how far it believes the root to hold that epoch: more is news"),
            ("reach", {"type": "string"}, "of a hub: its devices that it has heard of lately, with commas"),
        ),
        refusals=(403, 409, 422, 429),
    ),
    ("POST", "/v1/want"): Described(
        "Ask for units that lie elsewhere; the same want_id again gets the same move.",
        messages.WantAnswer,
        messages.WantAsk,
        refusals=(403, 429),
    ),
    ("POST", "/v1/heads"): Described(
        "What a device has seen of its neighbours' chains.",
        messages.HeadsAnswer,
        messages.HeadsAsk,
        refusals=(403, 429),
    ),
    ("GET", "/v1/own"): Described(
        "The device's own operations back.",
        messages.OwnAnswer,
        query=(
            ("epoch", {"type": "string"}, "of which epoch; none: the present one"),
            ("after", _NUMBER, "numbers above this one"),
            ("to", _NUMBER, "numbers up to this one"),
        ),
        refusals=(403, 422, 429),
    ),
    ("GET", "/health"): Described("Whether the database answers.", Health, token=False),
    ("GET", "/metrics"): Described(
        "Counts in Prometheus' text format, for this machine alone.", None, token=False, refusals=(403,)
    ),
}


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    kinds: list[type[msgspec.Struct]] = [Refused]
    for one in ENDPOINTS.values():
        kinds += [kind for kind in (one.ask, one.answer) if kind is not None]
    _, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    paths: dict[str, dict[str, Any]] = {}
    for (method, path), described in ENDPOINTS.items():
        paths.setdefault(path, {})[method.lower()] = _operation(path, described)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Salon Desk head office", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(path: str, described: Described) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": described.summary,
        "operationId": path.rpartition("/")[2],
        "security": [{"device": []}] if described.token else [],
        "responses": {"200": _response("It is done.", _content(described.answer)), **_refused(described)},
    }
    if described.query:
        operation["parameters"] = [
            {"name": name, "in": "query", "required": False, "schema": schema, "description": what}
            for name, schema, what in described.query
        ]
    if described.ask is not None:
        operation["requestBody"] = {"required": True, "content": _content(described.ask)}
    return operation


def _refused(described: Described) -> dict[str, Any]:
    statuses = {*described.refusals, 503}
    statuses |= {401} if described.token else set()
    statuses |= set(_BODY) if described.ask is not None else set()
    return {
        str(status): _response(_REFUSALS[status], _content(Refused), retried=status in _RETRIED)
        for status in sorted(statuses)
    }


def _response(description: str, content: dict[str, Any], *, retried: bool = False) -> dict[str, Any]:
    response: dict[str, Any] = {"description": description, "content": content}
    if retried:
        response["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
    return response


def _content(kind: type[msgspec.Struct] | None) -> dict[str, Any]:
    if kind is None:
        return {"text/plain": {"schema": {"type": "string"}}}
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}}
