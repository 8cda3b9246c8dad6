"""A small invented law and a small corpus of cards on it. Every word here was made for the tests."""

from __future__ import annotations

import hashlib
from pathlib import Path

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
urgent_first = true

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
