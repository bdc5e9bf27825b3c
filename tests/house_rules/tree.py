"""The tree as the house rules see it: its Python files, parsed once a module of rules, and the names they import.

No rule lives here. The product is `salon_desk/`; the tools are `installer/`; the tests are `tests/`. Three million nodes are
forgotten as soon as a module of rules is through (conftest): whatever looks for garbage later would look at them each time.
"""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: where it lies below the root, its text, its syntax tree."""

    path: str
    text: str
    syntax: ast.Module

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @property
    def room(self) -> str:
        """The folder or module right below `salon_desk/`; elsewhere the second part of the path."""
        return Path(Path(self.path).parts[1]).stem

    def functions(self) -> Iterator[Function]:
        """Every function, methods and inner ones included."""
        return (node for node in ast.walk(self.syntax) if isinstance(node, Function))

    def within(self, *folders: str) -> bool:
        """Whether it lies in one of these folders (or is one of these files) of `salon_desk/`."""
        return any(f"{self.path}/".startswith(f"salon_desk/{folder}/") for folder in folders)

    def at(self, node: ast.expr | ast.stmt | ast.excepthandler) -> str:
        """Where a node stands, as an editor opens it."""
        return f"{self.path}:{node.lineno}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The Python files below these folders of the root, in a fixed order."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    gc.disable()  # a tree being built has no garbage, and looking for it takes four times as long as building
    try:
        return tuple(_read(path) for path in paths)
    finally:
        gc.enable()


def forget() -> None:
    """Let go of every tree."""
    sources.cache_clear()
    _read.cache_clear()


@cache
def _read(path: Path) -> Source:
    text = path.read_text("utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text, str(path)))


def product() -> tuple[Source, ...]:
    """Every module of `salon_desk/`."""
    return sources("salon_desk")


def product_and_tools() -> tuple[Source, ...]:
    """Every module of `salon_desk/` and of `installer/`."""
    return sources("installer", "salon_desk")


def everything() -> tuple[Source, ...]:
    """Every Python file that people write here."""
    return sources("installer", "salon_desk", "tests")


def imported_modules(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Each import statement with the full name of the module it names; relative ones resolved."""
    package = Path(source.path).parent.parts
    for node in ast.walk(source.syntax):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield node, ".".join([*above, *([node.module] if node.module else [])])


def expect_none(broken: Iterable[str]) -> None:
    """Fail with every place that breaks a rule, one a line."""
    if places := list(broken):
        pytest.fail("\n".join(places), pytrace=False)
