"""Twilio's own description of its API, where this machine has it: requests and answers are held against it.

It is published by Twilio (github.com/twilio/twilio-oai) and no part of this repository: `SALON_DESK_TWILIO_OPENAPI` names the file, or it
lies beside the repository. Only what the stand-in needs of JSON Schema is here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
VARIABLE = "SALON_DESK_TWILIO_OPENAPI"
_FORMATS = {
    "phone-number": r"\+[1-9][0-9]{1,14}|[0-9]{3,8}",
    "uri": r"[a-z]+://[^\s]+|/[^\s]*",
    "date-time": r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?",
    "date-time-rfc-2822": r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} \+0000",
}


def file() -> Path:
    """Where it is, if it is."""
    return Path(os.environ.get(VARIABLE) or ROOT / ".." / "shared" / "apis" / "twilio_api_v2010.json")


@cache
def document() -> dict[str, Any] | None:
    """The document; None where it is not there."""
    path = file()
    found: dict[str, Any] | None = json.loads(path.read_text("utf-8")) if path.exists() else None
    return found


def wrong_with_request(
    method: str, path: str, query: Mapping[str, str], form: Mapping[str, str]
) -> Iterator[str]:
    """What the description does not know or allows otherwise; a path that it has not is one thing."""
    told = document()
    if told is None:
        return
    template, operation, named = _operation(told, method, path)
    if operation is None:
        yield f"no {method} {path}"
        return
    parameters = {(one["in"], one["name"]): one["schema"] for one in operation.get("parameters", ())}
    for name, value in named.items():
        yield from _wrong(told, parameters["path", name], value, f"{template} {name}")
    for name, value in query.items():
        schema = parameters.get(("query", name))
        yield from [f"no query {name}"] if schema is None else _wrong(told, schema, value, name)
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/x-www-form-urlencoded", {}).get("schema", {})
    yield from (f"no {name}" for name in schema.get("required", ()) if name not in form)
    for name, value in form.items():
        known = schema.get("properties", {}).get(name)
        yield from [f"no field {name}"] if known is None else _wrong(told, known, value, name)


def wrong_with_answer(method: str, path: str, status: int, body: Any) -> Iterator[str]:
    """What an answer of the stand-in says otherwise than Twilio would."""
    told = document()
    if told is None or status >= 400:
        return
    _template, operation, _named = _operation(told, method, path)
    assert operation is not None
    schema = operation["responses"][str(status)]["content"]["application/json"]["schema"]
    yield from _wrong(told, schema, body, "answer")


def _operation(
    told: dict[str, Any], method: str, path: str
) -> tuple[str, dict[str, Any] | None, dict[str, str]]:
    for template, item in told["paths"].items():
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+?)", re.escape(template))
        found = re.fullmatch(pattern, path)
        if found and method.lower() in item:
            return template, item[method.lower()], found.groupdict()
    return path, None, {}


def _wrong(told: dict[str, Any], schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:
    if "$ref" in schema:
        schema = told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if value is None:
        yield from () if schema.get("nullable") else [f"{where} is null"]
        return
    kind = schema.get("type")
    if kind == "object":
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from _wrong(told, inner, value[name], f"{where}.{name}")
    elif kind == "array":
        for number, inner in enumerate(value):
            yield from _wrong(told, schema["items"], inner, f"{where}[{number}]")
    elif kind in ("integer", "number"):
        if not re.fullmatch(r"-?[0-9]+", str(value)):
            yield f"{where} is no number"
        elif not schema.get("minimum", -(10**9)) <= int(value) <= schema.get("maximum", 10**9):
            yield f"{where} out of range"
    elif not isinstance(value, str):
        yield f"{where} is no text"
    else:
        yield from _wrong_text(schema, value, where)


def _wrong_text(schema: Mapping[str, Any], value: str, where: str) -> Iterator[str]:
    pattern = schema.get("pattern") or _FORMATS.get(schema.get("format", ""), r"(?s:.*)")
    if not re.fullmatch(pattern, value):
        yield f"{where} is not of its form"
    if schema.get("enum") and value not in schema["enum"]:
        yield f"{where} is none of {schema['enum']}"
