"""Writes docs/eksempler.md: ten worked situations as the program answers them, in the order the window shows them.

    python packaging/eksempler.py --home LIBRARY            write the page
    python packaging/eksempler.py --home LIBRARY --check    only say whether the page still is what the program answers (exit status 1 if not)

LIBRARY is a home folder into which the law was imported; it is only read. The situations are ours and nobody's; what follows them is the
program's answer as it stands. Nothing is picked or polished here, so that an answer that is not good enough can be seen to be so. Of the law
only the places are named, never its words.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vidensplatform.knowledge.model import Option
from vidensplatform.search.answering import Question
from vidensplatform.search.answers import Answer, CardHit, PracticeHit
from vidensplatform.settings import Home
from vidensplatform.terminal.answers import MARKS
from vidensplatform.workbench import Workbench

PAGE = Path(__file__).resolve().parent.parent / "docs" / "eksempler.md"
OPTIONS, DUTIES, PRACTICE, PLACES, DOCUMENTS = 10, 6, 4, 4, 5
"""How much of an answer the page shows; the window shows up to twenty options and everything else."""


@dataclass(frozen=True, slots=True)
class Example:
    """A situation as somebody would tell it, under a heading of its own."""

    title: str
    text: str


EXAMPLES = (
    Example(
        "Vold i nat, to børn i bilen",
        "Kvinde på 34 ringer fra bilen med sine to børn. Manden slog hende i nat, mens børnene så på. Hun tør ikke køre hjem og har 200 kr.",
    ),
    Example(
        "140 kr. til weekenden",
        "Far til to fik stoppet sin kontanthjælp den første. Han har 140 kr. til weekenden og har solgt sit fjernsyn. Husleje og el er ikke betalt.",
    ),
    Example(
        "Udskrevet uden et sted at bo",
        "Mand på 31 er lige udskrevet fra psykiatrisk afdeling, sover på skift på sofaer, ryger hash hver dag og siger, at han gerne vil stoppe.",
    ),
    Example(
        "Ejeren skal selv bruge lejligheden",
        "Enlig mor er opsagt, fordi ejeren selv skal bo i lejligheden. Hun skal ud til februar og kan ikke finde noget, hun kan betale.",
    ),
    Example(
        "Brækket hofte, og ægtefællen har demens",
        "Far er 79 og blev udskrevet i dag med en ny hofte. Mor har demens og kan ikke være alene. De bor på anden sal, og ingen kan lave mad.",
    ),
    Example(
        "Badekarret efter blodproppen",
        "Borgeren er 58 og fik en blodprop i hjernen i foråret. Hun kan ikke komme op af badekarret, og boligforeningen siger nej til at fjerne det.",
    ),
    Example(
        "En baby, der ikke tager på",
        "Sundhedsplejersken er bekymret for en baby på tre måneder, der ikke tager på. Mor græder det meste af dagen, og far er tit væk på arbejde.",
    ),
    Example(
        "Alene med tre børn og svære breve",
        "Flygtning fra Syrien er alene med tre børn. Hun forstår ikke brevene, får ingen børnepenge, og den ældste på 12 oversætter for hende.",
    ),
    Example(
        "Kan ikke køre bus mere, men vil gerne arbejde",
        "Buschauffør på 56 har fået sukkersyge og må ikke køre bus mere. Han er sygemeldt, vil gerne arbejde med noget andet og frygter fyring.",
    ),
    Example(
        "Et afslag, der gik for stærkt",
        "Jeg gav afslag på et hjælpemiddel uden at høre borgeren om lægens udtalelse. Der stod intet om klage i brevet, og nu er der gået seks uger.",
    ),
)


def sections(bench: Workbench) -> Iterator[str]:
    """The page, section by section."""
    yield _introduction(bench)
    for number, example in enumerate(EXAMPLES, 1):
        found = bench.search(Question(example.text, OPTIONS))
        yield f"## {number}. {example.title}\n\n> {example.text}\n\n{_answer(bench, found)}"


def page(bench: Workbench) -> str:
    """The whole page as Markdown."""
    return "\n\n".join(sections(bench)) + "\n"


def _introduction(bench: Workbench) -> str:
    status = bench.status()
    newest = max((signed for _, signed in status.kinds.values() if signed), default="")
    read = f"de lovtekster, der var indlæst (nyeste: {_day(newest)})" if newest else "kortene alene, uden lovtekst"
    return (
        "# Ti situationer, som programmet svarer på dem\n\n"
        f"Siden viser, hvad programmet svarer på ti opdigtede situationer, ud fra {read}. "
        "Den er skrevet af `packaging/eksempler.py` og ikke rettet til bagefter. "
        f"Her står højst {OPTIONS} muligheder, {DUTIES} pligter og {PRACTICE} afgørelser; i vinduet er der flere, "
        "og hver kan åbnes med betingelser, dokumentation, frister, klagevej og lovtekst.\n\n"
        "Alt, hvad der står her, *kan være relevant* og *skal vurderes konkret*. Hvad *skal*, *kan*, *frivillig*, ✓, ! og ? betyder, "
        "står i [brugervejledningen](brugervejledning.md#hvad-mærkerne-betyder)."
    )


def _answer(bench: Workbench, found: Answer) -> str:
    parts = [
        _understood(found),
        _listed("Det, der kan haste", [_option(bench, hit) for hit in found.options if hit.urgent]),
        _listed("Muligheder, der kan være relevante", [_option(bench, hit) for hit in found.options if not hit.urgent]),
        _listed("Pligter, der følger med", [_card(hit, MARKS[hit.status]) for hit in found.duties[:DUTIES]]),
        _listed("Har borgeren også …?", [question.question for question in found.questions]),
        _listed("Praksis", [_practice(hit) for hit in found.practice[:PRACTICE]]),
    ]
    places = [document.label for document in found.documents if document.label][:DOCUMENTS]
    if places:
        parts.append(f"**Lovtekst, der nævner ordene:** {', '.join(dict.fromkeys(places))}")
    return "\n\n".join(part for part in parts if part)


def _understood(found: Answer) -> str:
    lines = []
    for kind, name in (("situation", "Situationer"), ("need", "Behov")):
        titles = [chip.title for chip in found.recognised if chip.kind == kind]
        if titles:
            lines.append(f"**{name}, der er forstået:** {'; '.join(titles)}")
    lines += [f"**Bemærk:** {note}" for note in found.notes]
    return "\n\n".join(lines)


def _option(bench: Workbench, hit: CardHit) -> str:
    card = bench.card(hit.id)
    return _card(hit, f"{hit.obligation} {MARKS[hit.status]}") + (f"\\\n  *Hvem afgør:* {card.authority}." if isinstance(card, Option) else "")


def _card(hit: CardHit, marks: str) -> str:
    """A card in one line: what it is, where it stands, how it stands, and why it is here."""
    places = list(dict.fromkeys(place.label for place in hit.provisions))
    shown = ", ".join(places[:PLACES]) + (f" og {len(places) - PLACES} til" if len(places) > PLACES else "")
    why = f"\\\n  *Hvorfor:* {hit.why[0]}." if hit.why else ""
    return f"**{hit.title}** ({marks}) – {shown}.{why}"


def _practice(hit: PracticeHit) -> str:
    return f"{hit.label} ({hit.status}): {hit.title}" + (f" – se {hit.replaced_by}" if hit.replaced_by else "")


def _listed(title: str, lines: Iterable[str]) -> str:
    rows = "\n".join(f"- {line}" for line in lines)
    return f"### {title}\n\n{rows}" if rows else ""


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day}-{day.month}-{day.year}"


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description="Skriver docs/eksempler.md.")
    parser.add_argument("--home", type=Path, required=True, help="mappen med det bibliotek, der svares ud fra")
    parser.add_argument("--check", action="store_true", help="skriv intet; sig, om siden er, som programmet svarer nu")
    wanted = parser.parse_args()
    with Workbench.open(Home.of(wanted.home), read_only=True) as bench:
        if not bench.index_is_current:
            sys.exit("Søgeindekset passer ikke til biblioteket. Kør først: vidensplatform index --home …")
        text = page(bench)
    if not wanted.check:
        PAGE.write_text(text, encoding="utf-8")
    return int(PAGE.read_text(encoding="utf-8") != text)


if __name__ == "__main__":
    sys.exit(main())
