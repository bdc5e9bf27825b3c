"""Sizes and names: a module, a function and a name are small enough to be read at once.

No style lives here (ruff's) and no layers (import-linter's). There is no list of exceptions, and none is added.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house_rules.tree import ROOT, Function, everything, expect_none, product, product_and_tools

_MOST_MODULE_LINES = 400
_FUNCTION_LINES_BELOW = 60
_MOST_POSITIONAL = 5
_DOCSTRING_LINES = range(2, 7)
_SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}


def test_a_module_stops_at_400_lines() -> None:
    expect_none(f"{s.path}: {s.lines}" for s in everything() if s.lines > _MOST_MODULE_LINES)


def test_a_function_stays_below_60_lines() -> None:
    expect_none(
        f"{source.at(function)} {function.name}: {_length(function)}"
        for source in everything()
        for function in source.functions()
        if _length(function) >= _FUNCTION_LINES_BELOW
    )


def test_a_function_has_at_most_5_positional_parameters() -> None:
    expect_none(
        f"{source.at(function)} {function.name}: {_positional(function)}"
        for source in product_and_tools()
        for function in source.functions()
        if _positional(function) > _MOST_POSITIONAL
    )


def test_every_module_opens_with_2_to_6_lines_that_say_what_it_is() -> None:
    opened = {s.path: _docstring_lines(s.syntax) for s in product_and_tools()}
    expect_none(f"{path}: {lines}" for path, lines in opened.items() if lines not in _DOCSTRING_LINES)


def test_no_name_of_a_module_says_nothing() -> None:
    names = {part for source in everything() for part in Path(source.path).with_suffix("").parts}
    expect_none(name for name in names if set(re.split(r"[_\W]", name.lower())) & _SAYS_NOTHING)


def test_every_folder_of_the_product_is_a_package() -> None:
    folders = {(ROOT / source.path).parent for source in product()}
    expect_none(str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists())


def _length(function: Function) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def _positional(function: Function) -> int:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def _docstring_lines(module: ast.Module) -> int:
    return sum(1 for line in (ast.get_docstring(module) or "").splitlines() if line.strip())
