"""Which references a text holds, and where each leads."""

from __future__ import annotations

import pytest
from small import act, numbered_section, section, write_small_corpus

from indexers.relate import Relater
from indexers.retsinformation.lexdania import parse
from vidensplatform.knowledge.loading import load
from vidensplatform.law.model import Address, DocumentKind, NodeKind, Part, Provision
from vidensplatform.law.references import Reference
from vidensplatform.law.registry import Registry
from vidensplatform.store.units import rows


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return load(write_small_corpus(tmp_path_factory.mktemp("corpus"))).registry


def found(registry: Registry, data: bytes, works: dict[str, str] | None = None, work: str = "baenkeloven") -> list[tuple[int, Reference]]:
    version = parse(data, "x")
    return list(Relater(registry, works or {}).references(rows(version.provisions), work, version.kind))


def targets(references: list[tuple[int, Reference]]) -> list[tuple[str | None, str]]:
    return [(r.target_work, r.target.path) for _, r in references]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Se § 3.", [("baenkeloven", "3")]),
        ("Se stk. 1.", [("baenkeloven", "7/1")]),
        ("Se § 2, stk. 1 og 2.", [("baenkeloven", "2/1"), ("baenkeloven", "2/2")]),
        ("Se parasollovens § 9, stk. 2.", [("parasolloven", "9/2")]),
        ("Se § 9 i lov om parasoller og § 3.", [("parasolloven", "9"), ("baenkeloven", "3")]),
        ("Reglerne i denne lov gælder.", []),
        ("Der er ingen henvisning her.", []),
    ],
)
def test_a_text_refers_from_where_it_stands(registry: Registry, text: str, expected: list[tuple[str | None, str]]) -> None:
    sections = [t for t in targets(found(registry, act(section("7", text)))) if t[1]]
    assert sections == expected


def test_a_number_without_a_subsection_lies_in_the_only_one(registry: Registry) -> None:
    data = act(section("1", "Se § 2, nr. 2."), numbered_section("2", "Der skelnes mellem", "bænke og", "stole."))
    ((_, reference),) = found(registry, data)
    assert reference.target == Address("2", "1", "2")
    assert any(n.address == reference.target for n in parse(data, "x").walk())


def test_a_range_keeps_both_ends(registry: Registry) -> None:
    ((_, reference),) = found(registry, act(section("7", "Se §§ 1-3.")))
    assert (reference.target, reference.through) == (Address("1"), "3")


def test_an_act_by_number_is_found_among_the_known_works(registry: Registry) -> None:
    data = act(section("7", "Se lov nr. 12 af 3. februar 2030."))
    assert [r.target_work for _, r in found(registry, data, {"lta/2030/12": "hatteloven"})] == ["hatteloven"]
    assert [r.target_work for _, r in found(registry, data)] == [None]
    known = act(section("7", "Se lovbekendtgørelse nr. 7 af 3. februar 2031."))
    assert [r.target_work for _, r in found(registry, known, work="hatteloven")] == ["baenkeloven"]


def test_a_law_that_nobody_knows_stays_as_written(registry: Registry) -> None:
    references = found(registry, act(section("7", "Se § 5 i lov om hatte og huer.")))
    assert [(r.target_work, r.citation.text) for _, r in references] == [(None, "§ 5 i lov om hatte og huer")]


def test_references_name_the_row_they_stand_in(registry: Registry) -> None:
    data = act(section("1", "Intet her.", "Se § 3."), section("3", "Se § 1."))
    text = rows(parse(data, "x").provisions)
    places = [text[n].node.address.path for n, _ in found(registry, data)]
    assert places == ["1/2", "3/1"]


@pytest.mark.parametrize(
    ("part", "expected"), [(Part.BODY, "baenkeloven"), (Part.ANNEX, "baenkeloven"), (Part.AMENDMENT, None), (Part.COMMENCEMENT, None)]
)
def test_outside_the_own_text_a_bare_section_belongs_to_another_act(registry: Registry, part: Part, expected: str | None) -> None:
    node = Provision(NodeKind.TEXT, part, text="§ 3 ophæves.")
    ((_, reference),) = Relater(registry, {}).references(rows([node]), "baenkeloven", DocumentKind.ACT)
    assert reference.target_work == expected


def test_headings_refer_too(registry: Registry) -> None:
    node = Provision(NodeKind.GROUP, heading="Forholdet til parasollovens § 9", text="")
    assert targets(list(Relater(registry, {}).references(rows([node]), "baenkeloven", DocumentKind.ACT))) == [("parasolloven", "9")]
