"""The changes of real acts: against a list checked by hand, against the amending acts' own instructions, and between two renderings of one text."""

from __future__ import annotations

import sys
import tarfile
import tomllib
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from indexers.retsinformation.lexdania import parse
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.law.alignment import likely_destinations, moved_across
from vidensplatform.law.amendingact import Instruction, commencements, instructions
from vidensplatform.law.chain import Evidence, Gap, chain
from vidensplatform.law.commencement import CommencementKind
from vidensplatform.law.diff import Change, ChangeKind, compare, moved_away
from vidensplatform.law.model import Version
from vidensplatform.law.registry import Registry
from vidensplatform.law.sectiontext import SectionText, order, sections_of

pytestmark = pytest.mark.real_data

ARCHIVE = "lexdania-2010-2014.tar.xz"

# Consolidated acts of the social field in the archive; a pair is judged where the newer one builds on the older and all amending acts are there.
OFFICIAL = (
    "2010/1005 2012/783 2013/390 2013/1116 2010/1040 2011/103 2011/884 2013/1023 2010/1054 2011/656 2012/930 2013/983 2010/1062 2012/1071 2013/1115 "
    "2014/1094 2010/1096 2011/81 2011/904 2012/810 2013/1093 2010/998 2013/521 2011/85 2011/920 2011/1152 2012/653 2013/871 2011/663 2013/34 "
    "2013/1231 2011/710 2012/706 2013/415 2012/638 2012/856 2014/1095 2011/668 2013/1240"
).split()


class Texts:
    """The versions and sections of the real documents, each read once."""

    def __init__(self, data: Path) -> None:
        self.chains = {folder.name: [parse(file.read_bytes(), file.name) for file in folder.rglob("*.xml")] for folder in (data / "chains").iterdir()}
        self.versions = {version.eli: version for versions in self.chains.values() for version in versions}
        self.versions |= read_archive(data, OFFICIAL)
        self._sections: dict[str, list[SectionText]] = {}

    def sections(self, eli: str) -> list[SectionText]:
        if eli not in self._sections:
            self._sections[eli] = sections_of(self.versions[eli])
        return self._sections[eli]


def read_archive(data: Path, numbers: Iterable[str]) -> dict[str, Version]:
    wanted = {f"all/{number.split('/')[0]}/{number.replace('/', '-')}.xml": number for number in numbers}
    found = {}
    with tarfile.open(data / ARCHIVE) as archive:
        for member in archive:
            if member.name in wanted and (file := archive.extractfile(member)) is not None:
                version = parse(file.read(), member.name)
                found[version.eli] = version
    return found


@pytest.fixture(scope="module")
def texts(shared_data: Path) -> Texts:
    return Texts(shared_data)


@pytest.fixture(scope="module")
def registry(corpus: Corpus) -> Registry:
    return corpus.registry


def report(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"{line}\n")


def changes_of(texts: Texts, sample: dict[str, Any]) -> list[Change]:
    """What the program finds for a sample; sections that left for another act by likeness alone, without the curators' table."""
    old = texts.sections(sample["from"])
    changes = compare(old, texts.sections(sample["to"]))
    if "other" not in sample:
        return changes
    gone = {c.section for c in changes if c.kind is ChangeKind.REPEALED}
    candidates = moved_across([s for s in old if s.section in gone], texts.sections(sample["other"]))
    return moved_away(changes, likely_destinations(candidates, sample["other_law"]))


def test_against_the_list_checked_by_hand(texts: Texts, capsys: pytest.CaptureFixture[str]) -> None:
    samples = tomllib.loads(Path(__file__).with_name("changes_checked.toml").read_text(encoding="utf-8"))["sample"]
    judged: Counter[str] = Counter()
    right = wrong = missed = 0
    misjudged = []
    for sample in samples:
        found: dict[str, list[Change]] = {}
        for change in changes_of(texts, sample):
            found.setdefault(change.section, []).append(change)
        there = {s.section for eli in (sample["from"], sample["to"]) for s in texts.sections(eli)}
        for entry in [*sample["changes"], *({"section": s, "kind": "unchanged"} for s in sample["unchanged"])]:
            section, kind = entry["section"], entry["kind"]
            assert section in there, (sample["from"], section)
            judged[kind] += 1
            same = [c for c in found.get(section, []) if c.kind == kind and (kind != "moved" or set(c.moved_to) & set(entry["to"]))]
            reported = kind not in ("unchanged", "editorial")
            extra = [c for c in found.get(section, []) if c not in same and c.kind is not ChangeKind.EDITORIAL]
            right += bool(same) and reported
            missed += not same and reported
            wrong += len(extra)
            if extra or (not same and kind != "unchanged"):
                misjudged.append(f"{sample['from']} -> {sample['to']} § {section}: {kind}, found {[c.kind.value for c in found.get(section, [])]}")
    precision, recall = right / (right + wrong), right / (right + missed)
    report(capsys, f"\nchecked by hand: {dict(judged)}; precision {precision:.3f}, recall {recall:.3f}")
    report(capsys, "\n".join(misjudged))
    assert sum(judged.values()) - judged["unchanged"] >= 80
    assert len({sample["law"] for sample in samples}) >= 4
    assert precision >= 0.95
    assert recall >= 0.95


def test_against_the_amending_acts_own_instructions(texts: Texts, shared_data: Path, registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [(texts.versions[b.base.eli or ""], b) for b in texts.versions.values() if b.base and b.base.eli in texts.versions and b.incorporated]
    clean = [(a, b) for a, b in pairs if not (a.not_incorporated or b.not_incorporated or any(x.words for x in b.incorporated))]
    acts = read_archive(shared_data, {(x.act.eli or "").removeprefix("lta/") for _, b in clean for x in b.incorporated})
    read = {eli: instructions(act, registry) for eli, act in acts.items()}
    both = only_found = only_told = judged = 0
    for older, newer in clean:
        if not all(x.act.eli in read for x in newer.incorporated):
            continue
        told = [i for x in newer.incorporated for i in read[x.act.eli or ""] if not x.sections or i.section in x.sections]
        if any(t.what == "hele loven" for i in told for t in i.touches):
            continue
        old, new = texts.sections(older.eli), texts.sections(newer.eli)
        touched = {s.section for s in (*old, *new) if not s.gone and touches(told, s.section)}
        found = {s for c in compare(old, new) if c.kind.substantive for s in (c.section, *c.moved_to)}
        judged += 1
        both += len(found & touched)
        only_found += len(found - touched)
        only_told += len(touched - found)
    precision, recall = both / (both + only_found), both / (both + only_told)
    report(capsys, f"\n{judged} pairs against {sum(map(len, read.values()))} instructions: precision {precision:.3f}, recall {recall:.3f}")
    assert judged >= 4
    assert precision >= 0.9
    assert recall >= 0.98


def touches(told: Iterable[Instruction], section: str) -> bool:
    return any(touch.in_section(section) and not touch.what for instruction in told for touch in instruction.touches)


def test_nearly_every_amending_act_says_when_it_commences(texts: Texts, shared_data: Path) -> None:
    named = {x.act.eli for eli in OFFICIAL for x in texts.versions[f"lta/{eli}"].incorporated}
    acts = read_archive(shared_data, {eli.removeprefix("lta/") for eli in named if eli})
    kinds: Counter[CommencementKind] = Counter()
    silent = []
    for act in acts.values():
        clauses = commencements(act)
        kinds.update(c.kind for c in clauses)
        silent += [act.eli] if not clauses else []
        assert all((c.kind is CommencementKind.DATE) <= (c.on is not None) for c in clauses)
    assert len(acts) > 60
    assert len(silent) <= 1
    assert kinds[CommencementKind.UNKNOWN] <= 2
    assert {CommencementKind.DATE, CommencementKind.RELATIVE, CommencementKind.MINISTER} <= set(kinds)


def test_shelters_became_open_to_all_sexes_in_2024(texts: Texts) -> None:
    history = chain(texts.chains["serviceloven"])
    assert len(history.versions) == 11
    changed = {}
    for link in history.links:
        changes = compare(texts.sections(link.older.eli), texts.sections(link.newer.eli))
        for change in changes:
            if change.section == "109":
                changed[link.newer.eli] = (change, link)
    change, link = changed["lta/2024/909"]
    assert change.kind is ChangeKind.AMENDED
    struck = " ".join(piece for op, piece in change.diff if op == "-")
    written = " ".join(piece for op, piece in change.diff if op == "+")
    assert "kvinder" in struck
    assert "personer" in written
    assert "kvinder" not in change.new_text
    assert {(s.old, s.new) for s in change.subsections} >= {("1", "1"), (None, "2"), ("2", "3"), ("3", "4")}
    assert "lta/2024/329" in {a.act.eli for a in link.by}
    assert "lta/2025/1129" not in changed


def test_childrens_sections_left_for_barnets_lov(texts: Texts, corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    table = {m.old.removeprefix("serviceloven/"): m.new for m in corpus.cards.moved if m.new[0].startswith("barnets-lov/") and m.old.count("/") == 1}
    old = texts.sections("lta/2023/1089")
    changes = compare(old, texts.sections("lta/2024/67"))
    gone = {c.section for c in changes if c.kind is ChangeKind.REPEALED}
    candidates = moved_across([s for s in old if s.section in gone], texts.sections("lta/2023/721"))
    likely = likely_destinations(candidates, "barnets-lov")
    listed = gone & table.keys()
    by_likeness = {s for s in listed if set(likely.get(s, ())) & set(table[s])}
    told = [(c.old, f"barnets-lov/{c.new}") for c in candidates if c.likely and c.old in table]
    wrong = [(old, new) for old, new in told if new not in table[old]]
    report(capsys, f"\nof {len(listed)} sections that left, likeness alone finds {len(by_likeness)}; of {len(told)} places it names, wrong: {wrong}")
    assert len(listed) >= 85
    assert len(by_likeness) >= 0.9 * len(listed)
    assert len(wrong) <= 2
    with_table = moved_away(changes, likely | table)
    assert {c.section for c in with_table if c.kind is ChangeKind.REPEALED} == {"39", "40", "41a", "49a", "49b", "100a", "153a", "194"}


@pytest.mark.parametrize(
    ("law", "eli"),
    [
        ("serviceloven", "lta/2025/1129"),
        ("aktivloven", "lta/2025/1004"),
        ("lab", "lta/2024/280"),
        ("barnets-lov", "lta/2025/282"),
        ("retssikkerhedsloven", "lta/2025/354"),
        ("sygedagpengeloven", "lta/2025/1221"),
    ],
)
def test_another_rendering_of_the_same_text_is_no_change(texts: Texts, shared_data: Path, law: str, eli: str) -> None:
    newest = chain(texts.chains[law]).newest
    assert newest is not None
    assert newest.eli == eli
    current = sections_of(parse((shared_data / "current" / f"{eli}.xml").read_bytes(), eli))
    assert compare(texts.sections(eli), current) == compare(current, texts.sections(eli)) == []


def test_the_six_chains_hold_together_and_a_missing_text_is_noticed(texts: Texts) -> None:
    for versions in texts.chains.values():
        whole = chain(versions)
        assert whole.missing == ()
        assert all(link.evidence is Evidence.HISTORIC_MARK for link in whole.links)
        assert chain(reversed(versions)) == whole
        for taken_out in range(1, len(versions) - 1):
            (missing,) = chain(v for n, v in enumerate(whole.versions) if n != taken_out).missing
            assert (missing.why, missing.older) == (Gap.REPLACED_BEFORE, whole.versions[taken_out - 1].eli)


def test_official_chains_are_tied_by_their_preambles(texts: Texts) -> None:
    service = chain(texts.versions[f"lta/{n}"] for n in ("2013/1093", "2010/1096", "2012/810", "2011/81", "2011/904"))
    assert [v.eli for v in service.versions] == ["lta/2010/1096", "lta/2011/81", "lta/2011/904", "lta/2012/810", "lta/2013/1093"]
    assert all(link.evidence is Evidence.PREAMBLE and link.complete for link in service.links)
    assert [m.older for m in service.missing] == [None]


def test_sections_are_in_the_order_of_the_law(texts: Texts) -> None:
    for a, b in pairwise(texts.sections("lta/2025/1129")):
        assert order(a.section) < order(b.section)
