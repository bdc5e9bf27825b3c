"""The three catalogues are complete and true to the code, and no sentence is built from pieces.

The tool that keeps them is `installer/catalogues.py`; its own behaviour is in test_catalogue_tool.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from installer.catalogues import KEYWORDS, ROOMS_WITHOUT_TEXT, ROOT, problems, speaking_files
from tests.house_rules.tree import Source, expect_none, imported_modules, product


def test_every_string_stands_in_every_language_none_missing_fuzzy_or_stale() -> None:
    expect_none(problems())


def test_no_sentence_is_built_from_pieces() -> None:
    spoken = {path.relative_to(ROOT).as_posix() for path in speaking_files()}
    expect_none(
        f"{source.at(text)} {ast.unparse(text)}"
        for source in product()
        if source.path in spoken
        for text in _texts(source)
        if isinstance(text, ast.JoinedStr | ast.BinOp) or _is_formatted(text)
    )


def test_no_source_string_hides_in_an_f_string_where_the_extraction_cannot_see_it() -> None:
    spoken = {path.relative_to(ROOT).as_posix() for path in speaking_files()}
    expect_none(
        f"{source.at(inner)} {ast.unparse(inner)}"
        for source in product()
        if source.path in spoken
        for outer in ast.walk(source.syntax)
        if isinstance(outer, ast.JoinedStr)
        for inner in _texts_below(outer)
        if isinstance(inner, ast.Constant)
    )


def test_a_room_without_text_has_no_catalogue() -> None:
    expect_none(
        f"{source.at(node)} {module}"
        for source in product()
        if source.within(*ROOMS_WITHOUT_TEXT)
        for node, module in imported_modules(source)
        if module == "salon_desk.i18n"
    )


def _texts(source: Source) -> Iterator[ast.expr]:
    yield from _texts_below(source.syntax)


def _texts_below(above: ast.AST) -> Iterator[ast.expr]:
    """What is given to `text`, `plural` and `N_` as source strings."""
    for node in ast.walk(above):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in KEYWORDS:
                yield from node.args[: len(KEYWORDS[name] or (1,))]
            case _:
                pass


def _is_formatted(text: ast.expr) -> bool:
    """Whether a text is `"…".format(…)`, `"…".join(…)` or the like."""
    match text:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()))):
            return True
        case _:
            return False
