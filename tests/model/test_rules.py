"""The checker is not blind: each rule switched off gives a trace, printed, of what that rule is there for."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import pytest

from tests.model.explore import explore
from tests.model.mutants import MUTANTS, Mutant
from tests.model.rules import NAMES, without
from tests.model.scope import NONE, ONE, Scope
from tests.model.scopes import BY_NAME
from tests.model.state import ROOT, Budget
from tests.model.steps import steps


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: f"{'+'.join(each.off)} in {each.scope}")
def test_a_rule_switched_off_is_found_out(mutant: Mutant) -> None:
    scope = mutant.where()
    found = explore(scope.start(), scope.world(without(*mutant.off)), live=mutant.breaks != "overspent")
    print(found.told())
    assert found.broken == mutant.breaks


def test_every_rule_is_switched_off_somewhere() -> None:
    assert {name for mutant in MUTANTS for name in mutant.off} == set(NAMES)


def test_every_scope_sees_something() -> None:
    assert {mutant.scope for mutant in MUTANTS} == set(BY_NAME)


def test_the_model_shares_no_code_with_the_engine() -> None:
    for file in Path(__file__).parent.glob("*.py"):
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        names = [each.name for node in nodes if isinstance(node, ast.Import) for each in node.names]
        names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        assert not [name for name in names if name.startswith("salon_desk")], file.name


def test_a_durable_commit_is_the_second_line_behind_an_anchor_that_was_not_flushed() -> None:
    scope = BY_NAME["counter"].under(errors=0, undos=0, moves=1)
    found = explore(scope.start(), scope.world(without("anchor_flushed")), live=False)
    assert found.broken is None, found.told()


@pytest.mark.parametrize("strict", [False, True], ids=["default", "strict"])
def test_a_whole_image_put_back_with_its_anchor_cannot_be_noticed(*, strict: bool) -> None:
    scope = Scope("image", ((ROOT, NONE), ("A", ONE)), Budget(images=1), ("A",), push=True, strict=strict)
    found = explore(scope.start(), scope.world(), live=False)
    assert found.broken == "overspent"
    assert not any("receives the journal of" in label for label in found.trace), "a witness had seen the tail"


def test_a_witness_who_has_seen_the_tail_stops_a_strict_till() -> None:
    scope = Scope("image", ((ROOT, NONE), ("A", ONE)), Budget(images=1), ("A",), push=True, strict=True)
    sold = next(step for step in steps(scope.start(), scope.world()) if "redeem" in step[0])[1]
    seen = next(step for step in steps(sold, scope.world()) if "acknowledged" in step[0])[1]
    assert explore(seen, scope.world(), live=False).broken is None
    lenient = dataclasses.replace(scope, strict=False)
    assert explore(seen, lenient.world(), live=False).broken == "overspent"
