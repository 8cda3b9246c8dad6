"""A small invented law and a small corpus of cards on it. Every word here was made for the tests."""

from __future__ import annotations

import atexit
import functools
import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from vidensplatform.errors import CardError
from vidensplatform.knowledge.against_law import LawText
from vidensplatform.knowledge.checking import check
from vidensplatform.knowledge.loading import load
from vidensplatform.search.dictionary import lemmas
from vidensplatform.settings import Home
from vidensplatform.workbench import Workbench

ACT = """<?xml version="1.0" encoding="utf-8"?>
<Dokument id="d1" SchemaLocation="x">
  <Meta id="m1">
    <DocumentType>{kind}</DocumentType><Rank>A</Rank><AccessionNumber>{accession}</AccessionNumber>
    <DocumentId>XX000001</DocumentId><UniqueDocumentId>1</UniqueDocumentId>
    <DocumentTitle>{title}</DocumentTitle><Year>{year}</Year><DiesSigni>{signed}</DiesSigni><DateOfSubmit id="s1"/>
    <EndDate REFid="s1">2030-01-01</EndDate><Status>{status}</Status>{historic}<Number>{number}</Number>
    <DokumentKortNavn>{short}</DokumentKortNavn><PopularTitle>{popular}</PopularTitle><AnnouncedIn>Lovtidende A</AnnouncedIn>
    <Republished>Nej</Republished><Ministry>Bænkeministeriet</Ministry>
  </Meta>
  <TitelGruppe><Titel><Linea><Char>{title}</Char></Linea></Titel></TitelGruppe>
  <DokumentIndhold>
    <Bog><Afsnit><Kapitel localId="1"><Explicatus>Kapitel 1</Explicatus><Rubrica><Linea><Char>Bænke og husly</Char></Linea></Rubrica>
      <ParagrafGruppe><Rubrica><Linea><Char>Midlertidige bænke</Char></Linea></Rubrica>
{sections}
      </ParagrafGruppe></Kapitel></Afsnit></Bog>
  </DokumentIndhold>
</Dokument>
"""


def section(number: str, *subsections: str) -> str:
    """One section in LexDania, each subsection one sentence."""
    parts = []
    for place, text in enumerate(subsections, 1):
        marker = f"<Explicatus>Stk. {place}.</Explicatus>" if place > 1 else ""
        parts.append(f"<Stk>{marker}<Exitus><Linea><Char>{text}</Char></Linea></Exitus></Stk>")
    return f'<Paragraf localId="{number}"><Explicatus>§ {number}.</Explicatus>{"".join(parts)}</Paragraf>'


BENCH_SECTIONS = (
    section(
        "1",
        "Byrådet stiller en bænk til rådighed for den, der står uden husly.",
        "Bænken efter stk. 1 er gratis. Den lånes ud for en nat ad gangen.",
    ),
    section("2", "Den, der låner efter § 1, stk. 1, passer på bænken.", "Går bænken i stykker, gælder § 3."),
    section("2 a", "Byrådet kan give boligindskud til en hængekøje, jf. § 9 i lov om parasoller."),
    section("3", "En ødelagt bænk laves af byrådet."),
)


def act(
    *sections: str,
    title: str = "Bekendtgørelse af lov om prøvebænke",
    popular: str = "Bænkeloven",
    year: int = 2031,
    number: int = 7,
    kind: str = "LBK H#LOKDOK03",
    suffix: str = "29",
    status: str = "Valid",
    historic: str = "",
) -> bytes:
    """An invented consolidated act as LexDania."""
    return ACT.format(
        kind=kind,
        accession=f"A{year}{number:05d}{suffix}",
        title=title,
        year=year,
        signed=f"{year}-02-03",
        number=number,
        short=f"LBK nr {number} af 03/02/{year}",
        popular=popular,
        status=status,
        historic=f"<DateOfHistoricMark>{historic}</DateOfHistoricMark>" if historic else "",
        sections="\n".join(sections or BENCH_SECTIONS),
    ).encode()


def sha256(data: bytes) -> str:
    """As the import computes it."""
    return hashlib.sha256(data).hexdigest()


LAWS = """
[baenkeloven]
name = "bænkeloven"
title = "lov om prøvebænke"
eli = "lta/2031/7"
abbreviations = ["BÆL"]
also = []

[parasolloven]
name = "parasolloven"
title = "lov om parasoller"
abbreviations = ["PARA"]
also = []
"""
AREAS = """
[bolig]
title = "Et sted at være"
question = "Har borgeren et sted at være?"
words = ["husly"]

[skygge]
title = "Skygge for solen"
words = ["skygge"]
"""
CARDS = {
    "situations/uden-husly.toml": """
title = "Borgeren har intet sted at sidde"
summary = "Borgeren står op om natten, fordi der ikke er noget sted at sidde."
areas = ["bolig"]
urgent = true
question = "Mangler borgeren et sted at sidde?"
words = ["står op hele natten", "ingen bænk", "sidder på fortovet"]
options = ["laanebaenk"]
duties = ["baenkejournal"]
ask = ["for-meget-sol"]
""",
    "situations/for-meget-sol.toml": """
title = "Borgeren får for meget sol"
summary = "Solen generer borgeren."
areas = ["skygge"]
question = "Generer solen borgeren?"
words = ["solskoldet", "brænder i solen", "mangler skygge"]
options = ["parasol", "laanebaenk"]
""",
    "options/laanebaenk.toml": """
title = "Lån af en bænk for natten"
summary = "Byrådet kan låne en bænk ud. Det skal vurderes konkret."
obligation = "skal"
areas = ["bolig"]
words = ["lånebænk"]
authority = "Byrådet"
conditions = ["Om borgeren er uden husly"]
complaint = "klage-over-baenk"
adjacent = ["parasol"]
urgent = true
[[basis]]
provision = "baenkeloven/1"
[[practice]]
id = "pm-9-31"
""",
    "options/parasol.toml": """
title = "Udlån af parasol"
summary = "En parasol kan være relevant, når solen generer."
obligation = "frivillig"
areas = ["skygge"]
words = ["parasol"]
authority = "Byrådet"
conditions = ["Om solen generer"]
no_complaint = "Loven er ikke læst"
[[basis]]
provision = "parasolloven/9"
""",
    "duties/altid-vejlede.toml": """
title = "Vejledning om bænke"
summary = "Byrådet vejleder altid om bænke."
always = true
[[basis]]
provision = "baenkeloven/1"
""",
    "duties/baenkejournal.toml": """
title = "Bænkejournal"
summary = "Udlånet skrives ned."
words = ["journal", "skrive ned"]
[[basis]]
provision = "baenkeloven/2"
""",
    "duties/klage-over-baenk.toml": """
title = "Klage over en bænk"
summary = "Der kan klages over en bænk."
words = ["klage over bænken"]
[[deadlines]]
length = "4 uger"
start = "den dag, bænken blev afleveret"
kind = "lovbestemt"
source = "baenkeloven/3"
[[basis]]
provision = "baenkeloven/3"
""",
    "practice/pm-9-31.toml": """
title = "Bænk i regnvejr"
kind = "principmeddelelse"
label = "PM 9-31"
holding = "En våd bænk er stadig en bænk."
status = "gældende"
read_in = "Opfundet til prøverne"
provisions = ["baenkeloven/1"]
""",
    "terms/baenke.toml": """
[[term]]
word = "siddeplads"
legal = ["bænk"]
options = ["laanebaenk"]

[[term]]
word = "skammel"
kind = "falsk ven"
legal = ["bænk"]
not_to_be_confused = ["stol"]
note = "En skammel er en lille bænk, ikke en stol."
""",
}


def write_small_corpus(folder: Path) -> Path:
    """Write the small corpus into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "laws.toml").write_text(LAWS, encoding="utf-8")
    (folder / "areas.toml").write_text(AREAS, encoding="utf-8")
    for name, text in CARDS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


OPTION, SITUATION, DUTY, TERMS = "options/parasol.toml", "situations/for-meget-sol.toml", "duties/klage-over-baenk.toml", "terms/baenke.toml"
PRACTICE = "practice/pm-9-31.toml"


def faults(folder: Path, *edits: tuple[str, str, str], law: LawText | None = None) -> list[CardError]:
    """What the check says of the cards in ``folder`` after these edits (file, old words, new words); the cards can all be read."""
    for file, old, new in edits:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    corpus = load(folder)
    assert corpus.faults == ()
    return check(corpus, law)


def numbered_section(number: str, lead: str, *items: str) -> str:
    """One section in LexDania whose only subsection is a list of numbers."""
    inner = "".join(
        f'<Indentatio formaInd="Nummer"><Explicatus>{n})</Explicatus><Exitus><Linea><Char>{item}</Char></Linea></Exitus></Indentatio>'
        for n, item in enumerate(items, 1)
    )
    text = f"<Exitus><Linea><Char>{lead}</Char></Linea></Exitus><Exitus><Index>{inner}</Index></Exitus>"
    return f'<Paragraf localId="{number}"><Explicatus>§ {number}.</Explicatus><Stk>{text}</Stk></Paragraf>'


PARASOL_SECTIONS = (
    section("9", "En parasol lånes ud, når solen brænder, jf. bænkelovens § 1, stk. 2.", "Den efter stk. 1 kan nægtes i blæst."),
    section("10", "Om bænke gælder §§ 1-3 i lov om prøvebænke. Lov nr. 99 af 1. maj 2030 er ophævet."),
)


def parasol_act(*sections: str, **more: object) -> bytes:
    """The other invented act, which refers to the first."""
    given = {"title": "Bekendtgørelse af lov om parasoller", "popular": "Parasolloven", "number": 8, **more}
    return act(*(sections or PARASOL_SECTIONS), **given)  # type: ignore[arg-type]


@functools.cache
def _derived() -> Path:
    """The dictionary as the program keeps it on disk: made once a process, since that takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="vidensplatform-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    lemmas(folder)
    return folder


@functools.cache
def _derived_with_cards() -> Path:
    """As :func:`_derived`, with the analysed cards of the program's own corpus."""
    home = Home.of(Path(tempfile.mkdtemp(prefix="vidensplatform-tests-")))
    atexit.register(shutil.rmtree, home.folder, ignore_errors=True)
    quick(home)
    Workbench.open(home).close()
    return home.cache


def quick(home: Home, *, cards: bool = False) -> Home:
    """``home`` with the derived files there already, so that opening it is fast. ``cards``: also those of the program's own cards."""
    home.ensure()
    made = _derived_with_cards() if cards else _derived()
    for path in (p for p in made.rglob("*") if p.is_file()):
        target = home.cache / path.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            os.link(path, target)
    return home


def written(folder: Path, **files: bytes) -> Path:
    """``folder`` with these files, ``.xml`` added to their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.xml").write_bytes(data)
    return folder


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a library says, without what may differ between two ways to the same state: row ids, revisions and times."""
    parts = {
        "works": "SELECT id, kind, title, name, registered FROM works ORDER BY 1",
        "versions": "SELECT eli, work, kind, title, popular_title, signed, status, historic_since, base, incorporated, not_incorporated, "
        "later_amendments, metadata, raw_sha256, current FROM versions ORDER BY 1",
        "provisions": "SELECT v.eli, p.ord, p.last, p.parent, p.unit, p.kind, p.part, p.section, p.subsection, p.number, p.letter, p.marker, "
        "p.heading, p.text, p.sha256 FROM provisions p JOIN versions v ON v.id = p.version ORDER BY 1, 2",
        "refs": "SELECT v.eli, r.ord, r.words, r.kind, r.law_words, r.target_work, r.section, r.subsection, r.number, r.letter, r.through, "
        "r.chapter, r.act_eli, r.practice FROM refs r JOIN versions v ON v.id = r.version ORDER BY v.eli, r.ord, r.id",
        "snapshots": "SELECT eli, sha256, size FROM snapshots ORDER BY 1, 2",
        "failures": "SELECT origin, sha256, reason FROM failures ORDER BY 1",
    }
    with closing(sqlite3.connect(database)) as db:
        return {name: db.execute(query).fetchall() for name, query in parts.items()}
