"""The same words give the same hash, whatever their rendering."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidensplatform.law.model import Address, NodeKind, Provision
from vidensplatform.law.texthash import provision_sha256, text_sha256

WORDS = "Byrådet stiller en bænk til rådighed, jf. § 2 a."


@pytest.mark.parametrize(
    "rendering",
    [
        "Byrådet  stiller\nen bænk til rådighed, jf. § 2\u00a0a.",
        "BYRÅDET STILLER EN BÆNK TIL RÅDIGHED JF § 2 A",
        "Byrå\u00addet stiller en bæ\u200dnk til rådig\u200bhed, jf. § 2a.",
        "Byra\u030adet stiller en bænk til ra\u030adighed, jf. § 2 a.",
    ],
)
def test_renderings_of_the_same_words(rendering: str) -> None:
    assert text_sha256(rendering) == text_sha256(WORDS)


@pytest.mark.parametrize("other", ["Byrådet stiller en bænk til rådighed, jf. § 2 b.", "", WORDS + " Stk. 2."])
def test_other_words(other: str) -> None:
    assert text_sha256(other) != text_sha256(WORDS)


@given(st.text())
def test_hash_of_any_text(text: str) -> None:
    assert len(text_sha256(text)) == 64
    assert text_sha256(f" {text}\u00ad. ") == text_sha256(text)


def test_a_renumbered_provision_keeps_its_hash() -> None:
    inner = (
        Provision(NodeKind.SUBSECTION, address=Address("2", "1"), text="En bænk er gratis."),
        Provision(NodeKind.FOOTNOTE, marker="1)", text="Set 2030."),
    )
    before = Provision(NodeKind.SECTION, address=Address("2"), marker="§ 2.", children=inner)
    after = Provision(NodeKind.SECTION, address=Address("3"), marker="§ 3.", heading="Bænke", children=inner[:1])
    assert provision_sha256(before) == provision_sha256(after) == text_sha256("En bænk er gratis.")
