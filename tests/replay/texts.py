"""Invented documents for the rehearsals. No sentence here is from a real act, decision or statement."""

from __future__ import annotations

from datetime import UTC, datetime

from replay.retsinformation import Record

LONG_AGO = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)


def act_xml(
    number: int,
    title: str,
    sections: dict[str, str],
    *,
    year: int = 2030,
    kind: str = "LOV H#LOKDOK01",
    letter: str = "A",
    suffix: str = "30",
    meta: str = "",
    unique: int | None = None,
) -> bytes:
    """A small act in the XML of Retsinformation, with a byte order mark as the real ones have."""
    body = "".join(
        f"<Paragraf><Explicatus>§ {mark}.</Explicatus><Stk><Exitus><Linea><Char>{words}</Char></Linea></Exitus></Stk></Paragraf>"
        for mark, words in sections.items()
    )
    content = f"<DokumentIndhold>{body}</DokumentIndhold>" if sections else ""
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Dokument id="id1"><Meta><DocumentType>{kind}</DocumentType>'
        f"<AccessionNumber>{letter}{year}{number:05}{suffix}</AccessionNumber><UniqueDocumentId>{unique or year * 10 + number}</UniqueDocumentId>"
        f"<DocumentTitle>{title}</DocumentTitle><Year>{year}</Year><DiesSigni>{year}-02-03</DiesSigni><Status>Valid</Status><Number>{number}</Number>{meta}"
        f"</Meta><TitelGruppe><Titel><Linea><Char>{title}</Char></Linea></Titel></TitelGruppe>{content}</Dokument>"
    )
    return "\ufeff".encode() + text.encode()


def record(
    number: int, title: str, sections: dict[str, str], *, changed: datetime = LONG_AGO, letter: str = "A", year: int = 2030, **rest: object
) -> Record:
    """An act or order as the site has it."""
    xml = act_xml(number, title, sections, letter=letter, year=year, **rest)  # type: ignore[arg-type]
    return Record(f"{'lta' if letter in 'AB' else 'retsinfo'}/{year}/{number}", xml, changed, title)


def benches(changed: datetime = LONG_AGO) -> list[Record]:
    """Three acts that the registry of the tests knows, an order under one of them, and two documents that have nothing to do with them."""
    foreign = record(46, "Bekendtgørelse af en overenskomst om fyrtårne", {"1": "Fyrtårne blinker."}, letter="G")
    foreign.eli, foreign.changed = "ltc/2030/46", datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
    return [
        record(41, "Lov om prøvebænke", {"1": "En prøvebænk står frit.", "2": "Der sidder højst tre på den, jf. § 1."}, changed=changed),
        record(42, "Lov om udlån af paraplyer", {"1": "Kommunen låner paraplyer ud i regnvejr."}, changed=changed),
        record(43, "Lov om nattelamper", {"1": "En nattelampe slukkes ved solopgang."}, changed=changed),
        record(
            44,
            "Bekendtgørelse om bænkes farve",
            {"1": "Bænke males grønne."},
            changed=changed,
            letter="B",
            suffix="05",
            kind="BEK H#LOKDOK04",
            meta='<Concerns id="c1"/><Ref_Accn REFid="c1">A20300004130</Ref_Accn><Ref_Text REFid="c1">Lov om prøvebænke</Ref_Text>',
        ),
        record(45, "Lov om fremmede øer", {"1": "En fremmed ø har en havn."}, changed=changed),
        foreign,
    ]
