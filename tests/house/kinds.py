"""Every kind of entry that sitelog can make, read off its sources, with the package whose verb makes it."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import sitelog
from sitelog.board.actions import STRIKES
from sitelog.referrals import rules as referrals
from sitelog.referrals.whole import KINDS as RUNG_KINDS
from sitelog.responses.steps import KINDS as STEPS
from sitelog.supplies.entered import PAST as SUPPLIES
from sitelog.visits.whole import PAST as STAYS

ROOT = Path(sitelog.__file__).parent
KIND = re.compile(r"[a-z]+\.[a-z_]+")
# What can stand in the kinds that are put together, by the table they are made from as the sources spell it.
STAYED = {f"visit.{past}" for past in STAYS.values()}
STEPPED = {f"response.{step.past}" for step in STEPS.values()}
SUPPLIED = {f"supply.{past}" for past in SUPPLIES.values()}
CLIMBED = {f"referral.{RUNG_KINDS.get(rung, rung)}" for rung in referrals.RUNGS}
MADE: Mapping[str, set[str]] = {
    "visit.{PAST[verb]}": STAYED,
    "visit.{how}": {"visit.left", "visit.left_before_service"},
    "response.{KINDS[done.kind].past}": STEPPED,
    "supply.{PAST[type(what)]}": SUPPLIED,
    "referral.{KINDS.get(rung, rung)}": CLIMBED,
}
# A verb that takes what it did as a word of its own: function -> what its callers say.
TOLD = {"incident.{verb}": "_about", "person.{verb}": "_end"}
# The two corrections, by noun: whatever can be undone can be struck, and a shift by its own page.
STRUCK = {*STRIKES, "shift"}
AMENDED = {*STRIKES, "shift"}


@cache
def kinds() -> Mapping[str, str]:
    """Kind -> package; a kind that is put together in a way nobody has named here fails."""
    said = [(kind, package) for package, path in _rooms() for kind in _in_room(path)]
    found = {kind: package for kind, package in said if kind.partition(".")[0] in _nouns()}
    nouns = {kind.partition(".")[0]: package for kind, package in found.items()}
    found |= {f"{noun}.struck": nouns[noun] for noun in STRUCK}
    return found | {f"{noun}.amended": nouns[noun] for noun in AMENDED}


def correcting(verb: str) -> set[str]:
    """The packages that amend, or strike, entries."""
    calls = re.compile(rf"\b(amending|amend|trail_amend)\.{verb}\(")
    return {package for package, path in _every() if calls.search(path.read_text(encoding="utf-8"))}


def _every() -> Iterator[tuple[str, Path]]:
    for path in sorted(ROOT.glob("*/*.py")):
        yield path.parent.name, path


@cache
def _nouns() -> set[str]:
    """What entries are about, as the kinds begin where they are appended."""
    calls = (
        node.args[0]
        for _, path in _rooms()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "append"
    )
    first = (kind.values[0] if isinstance(kind, ast.JoinedStr) else kind for kind in calls)
    return {str(one.value).partition(".")[0] for one in first if isinstance(one, ast.Constant)}


def _rooms() -> Iterator[tuple[str, Path]]:
    """The files that append to the trail, but its own; imports make the entries of these verbs."""
    for package, path in _every():
        if package != "trail" and re.search(r"import .*\bappend\b", path.read_text(encoding="utf-8")):
            yield package, path


def _in_room(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KIND.fullmatch(node.value):
            yield node.value
        elif isinstance(node, ast.JoinedStr) and _starts_with_a_noun(node):
            yield from _made(ast.unparse(node)[2:-1], tree)


def _starts_with_a_noun(node: ast.JoinedStr) -> bool:
    first = node.values[0]
    words = str(first.value) if isinstance(first, ast.Constant) else ""
    return len(node.values) == 2 and words.endswith(".") and words[:-1] in _nouns()


def _made(form: str, tree: ast.AST) -> Iterator[str]:
    if form in TOLD:
        noun = form.partition(".")[0]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == TOLD[form]:
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                yield from (f"{noun}.{word}" for word in words)
    else:
        yield from MADE[form]
