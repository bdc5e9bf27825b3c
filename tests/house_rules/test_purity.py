"""What a room must not touch: the domain only the standard library, money no float, screens and rules no `print`.

Which room may import which is import-linter's (see test_linters). There is no list of exceptions, and none is added.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from tests.house_rules.tree import Source, expect_none, imported_modules, product

_ROOMS_OF_MONEY = ("domain", "operations", "documents", "services", "storage/apply")
_INEXACT_COLUMNS = {"Float", "FLOAT", "REAL", "Double", "DOUBLE", "DOUBLE_PRECISION"}
_ROOMS_THAT_PRINT = ("cli", "bench", "__main__.py")


def test_the_domain_uses_the_standard_library_only() -> None:
    expect_none(
        f"{source.at(node)} {module}"
        for source in product()
        if source.within("domain")
        for node, module in imported_modules(source)
        if module.split(".")[0] not in sys.stdlib_module_names
        and not f"{module}.".startswith("salon_desk.domain.")
    )


def test_no_float_where_money_is_decided_recorded_or_written() -> None:
    expect_none(
        source.at(node)
        for source in product()
        if source.within(*_ROOMS_OF_MONEY)
        for node in ast.walk(source.syntax)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float | complex))
        or (isinstance(node, ast.Name) and node.id == "float")
    )


def test_no_column_of_a_table_is_inexact() -> None:
    expect_none(
        source.at(node)
        for source in product()
        if source.within("storage/tables", "storage/migrations")
        for node in ast.walk(source.syntax)
        if (isinstance(node, ast.Name) and node.id in _INEXACT_COLUMNS)
        or (isinstance(node, ast.Attribute) and node.attr in _INEXACT_COLUMNS)
    )


def test_cents_are_never_a_float_anywhere() -> None:
    expect_none(source.at(node) for source in product() for node in _cents_made_inexact(source))


def test_arrays_of_reals_stay_with_the_model_of_who_is_leaving() -> None:
    expect_none(
        f"{source.at(node)} {module}"
        for source in product()
        if source.path != "salon_desk/services/leaving_model.py"
        for node, module in imported_modules(source)
        if module.split(".")[0] in {"numpy", "scipy"}
    )


def test_only_commands_and_benchmarks_print() -> None:
    expect_none(
        source.at(node)
        for source in product()
        if not source.within(*_ROOMS_THAT_PRINT)
        for node in ast.walk(source.syntax)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "pprint"}
    )


def _cents_made_inexact(source: Source) -> Iterator[ast.expr | ast.stmt]:
    """Cents annotated as float, divided with `/`, or turned into a float."""
    for node in ast.walk(source.syntax):
        match node:
            case ast.AnnAssign(target=target, annotation=annotation):
                if _is_cents(target) and _names_float(annotation):
                    yield node
            case ast.FunctionDef(args=arguments):
                for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                    if _is_cents(argument) and argument.annotation and _names_float(argument.annotation):
                        yield argument.annotation
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                if _is_cents(left) or _is_cents(right):
                    yield node
            case ast.Call(func=ast.Name(id="float"), args=[given, *_]):
                if _is_cents(given):
                    yield node
            case _:
                pass


def _is_cents(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
            return "cents" in re.split("_", name)
        case _:
            return False


def _names_float(annotation: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "float" for node in ast.walk(annotation))
