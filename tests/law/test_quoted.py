"""The commencement of amending acts as a consolidated act quotes it."""

from __future__ import annotations

from datetime import date

import pytest

from vidensplatform.law.commencement import read_commencement
from vidensplatform.law.model import DocumentKind, NodeKind, Part, Provision, Version
from vidensplatform.law.quoted import only_day, quoted


def text(*quotes: tuple[str, str]) -> Version:
    groups = tuple(Provision(NodeKind.GROUP, Part.COMMENCEMENT, heading=introduction, children=(clause(words),)) for introduction, words in quotes)
    return Version(eli="lta/2031/7", kind=DocumentKind.CONSOLIDATED_ACT, title="Bekendtgørelse af lov om prøvebænke", provisions=groups)


def clause(words: str) -> Provision:
    inner = Provision(NodeKind.SUBSECTION, Part.COMMENCEMENT, text=words)
    return Provision(NodeKind.SECTION, Part.COMMENCEMENT, marker="§ 3", children=(inner,))


def test_each_quoted_act_with_its_clauses() -> None:
    found = quoted(
        text(
            ("Lov nr. 41 af 2. marts 2030 (Flere bænke (i parker) m.v.) indeholder følgende bestemmelse:", "Loven træder i kraft den 5. maj 2030."),
            ("Lov nr. 42 af 3. marts 2030 indeholder følgende bestemmelser:", "For lån før lovens start gælder de gamle regler."),
        )
    )
    assert [(q.eli, q.title, q.day) for q in found] == [("lta/2030/41", "Flere bænke (i parker) m.v.", date(2030, 5, 5)), ("lta/2030/42", "", None)]
    assert found[0].words == "Loven træder i kraft den 5. maj 2030."


def test_a_group_that_quotes_nothing_gives_nothing() -> None:
    assert quoted(text(("Ikrafttræden", "Loven træder i kraft den 5. maj 2030."))) == []
    assert quoted(text(("Denne lov indeholder følgende bestemmelse:", "Loven træder i kraft den 5. maj 2030."))) == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Loven træder i kraft den 5. maj 2030.", date(2030, 5, 5)),
        ("Loven træder i kraft den 5. maj 2030. § 2 har virkning fra den 1. januar 2030.", date(2030, 5, 5)),
        ("Loven træder i kraft den 5. maj 2030, jf. dog stk. 2.", None),
        ("Loven træder i kraft den 5. maj 2030, jf. dog stk. 2.\n§ 1, nr. 4, træder i kraft den 1. juni 2030.", None),
        ("Bænkeministeren fastsætter tidspunktet for lovens ikrafttræden.", None),
        ("Bænke males hvert år.", None),
    ],
)
def test_one_day_only_where_all_of_it_has_that_day(words: str, day: date | None) -> None:
    assert only_day(read_commencement(words)) == day


def test_a_day_counted_from_promulgation_needs_the_promulgation() -> None:
    clauses = read_commencement("Loven træder i kraft dagen efter bekendtgørelsen i Lovtidende.")
    assert only_day(clauses) is None
    assert only_day(clauses, date(2030, 5, 4)) == date(2030, 5, 5)
