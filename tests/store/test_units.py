"""Every word of a document belongs to one unit of search, whatever the tree looks like."""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from vidensplatform.law.model import Address, DocumentKind, NodeKind, Part, Provision, Version, Work
from vidensplatform.law.texthash import provision_sha256
from vidensplatform.store.library import Library
from vidensplatform.store.records import Origin
from vidensplatform.store.units import UNIT_KINDS, Row, rows

_word = itertools.count()


def node(kind: NodeKind, part: Part, said: tuple[bool, bool, bool], address: Address, children: list[Provision]) -> Provision:
    """A node whose words stand nowhere else."""
    marker, heading, text = (f"ord{next(_word)} ord{next(_word)}" if there else "" for there in said)
    return Provision(kind, part, address, marker, heading, text, tuple(children))


addresses = st.sampled_from([Address(), Address("1"), Address("1", "2"), Address("82a", "1", "3")])
bare = (st.sampled_from(NodeKind), st.sampled_from(Part), st.tuples(*[st.booleans()] * 3), addresses)
trees = st.recursive(st.builds(node, *bare, st.just([])), lambda inner: st.builds(node, *bare, st.lists(inner, max_size=4)), max_leaves=25)


def words(text: str) -> list[str]:
    return text.split()


@given(st.lists(trees, max_size=4))
def test_rows_keep_the_order_and_the_extent_of_every_subtree(forest: list[Provision]) -> None:
    found = rows(forest)
    assert [row.node for row in found] == [n for tree in forest for n in tree.walk()]
    assert [row.ord for row in found] == list(range(len(found)))
    for row in found:
        assert [r.node for r in found[row.ord : row.last + 1]] == list(row.node.walk())
        assert row.parent is None or found[row.parent].ord < row.ord <= row.last <= found[row.parent].last


@given(st.lists(trees, max_size=4))
def test_every_text_is_in_one_unit_and_only_amendments_are_units_inside_others(forest: list[Provision]) -> None:
    found = rows(forest)
    for row in found:
        assert (row.unit is None) <= (not row.node.text and row.node.kind not in UNIT_KINDS)
        if row.unit is not None:
            head: Row = found[row.unit]
            assert head.unit == head.ord <= row.ord <= head.last
            outside = head.parent is None or found[head.parent].unit is None
            assert outside or head.node.kind is NodeKind.AMENDMENT


@given(st.lists(trees, max_size=4))
def test_only_addressed_provisions_of_the_own_text_have_a_fingerprint(forest: list[Provision]) -> None:
    hashed = {NodeKind.SECTION, NodeKind.SUBSECTION, NodeKind.NUMBER, NodeKind.LETTER}
    for row in rows(forest):
        own = row.node.part is Part.BODY and row.node.kind in hashed and row.node.address.section
        assert row.sha256 == (provision_sha256(row.node) if own else None)


@settings(max_examples=60, deadline=None)
@given(st.lists(trees, max_size=3))
def test_the_words_of_all_units_are_the_words_of_the_text(forest: list[Provision]) -> None:
    version = Version(eli="lta/2031/7", kind=DocumentKind.ACT, title="Lov", provisions=tuple(forest))
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder, "l.sqlite3")) as library:
        library.put(version, Work("lov", DocumentKind.ACT, "Lov"), rows(forest), (), Origin("x", b"x", "x"), registered=False)
        units = list(library.units())
        assert len(units) == library.counts().provisions
    in_text = Counter(w for unit in units for w in words(unit.text))
    in_heading = Counter(w for unit in units for w in words(unit.heading))
    table = rows(forest)
    for row in table:
        below = [r for r in table[row.ord : row.last + 1] if r.unit == r.ord]
        head = row.unit == row.ord
        for w in words(row.node.text):
            assert (in_text[w], in_heading[w]) == (1, 0)
        # What stands above a unit is said again in the unit's heading, so that it can be found by it.
        inside = row.unit is not None and not head
        for w in words(row.node.heading):
            assert (in_text[w], in_heading[w]) == ((1, 0) if inside else (0, len(below)))
        for w in words(row.node.marker):
            assert (in_text[w], in_heading[w]) == ((1, 0) if inside else (1, len(below) - 1) if head else (0, len(below)))
    assert sum(in_text.values()) == len(in_text)


def test_a_section_that_was_only_renumbered_keeps_its_fingerprint() -> None:
    section = Provision(NodeKind.SECTION, address=Address("5"), marker="§ 5.", heading="Bænke", text="Bænken er gratis.")
    assert rows([section])[0].sha256 == rows([replace(section, address=Address("6"), marker="§ 6.")])[0].sha256
    assert rows([section])[0].sha256 != rows([replace(section, text="Bænken koster penge.")])[0].sha256
