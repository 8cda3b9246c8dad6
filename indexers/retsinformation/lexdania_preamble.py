"""What the preamble of a consolidated act says of itself: the text it builds on, the amendments worked in, and those that are not.

The wording is set by custom, not by law, and was read off the preambles of 608 consolidated acts: "Herved bekendtgøres lov om …, jf.
lovbekendtgørelse nr. … af …, med de ændringer, der følger af § n i lov nr. … af … og lov nr. … af …. De ændringer, der følger af § m i
lov nr. … af …, er ikke indarbejdet i denne lovbekendtgørelse, da …". What is worded otherwise is left out: an amendment is never guessed
at, and a list of incorporated amendments of which one entry cannot be read is left empty as a whole, so that it never looks complete
when it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vidensplatform.law.model import ActNumber, Amendment

_MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december")
_ACT = (
    r"(?P<kind>\b[a-zæøå]*lov|\b(?:lov)?bekendtgørelse|\banordning)\s+(?:om\s+)?(?:nr\.\s*)*(?P<number>\d{1,5})\s+(?:af\.?\s+)?(?:den\s+)?"
    rf"(?P<day>\d{{1,2}})\.?\s*(?P<month>{'|'.join(_MONTHS)})\.?\s+(?:af\s+)?(?P<year>\d{{4}})"
)
_N = r"\d+(?:\s?(?!i\s)[a-zæøå]\b)?"
_NUMBERS = rf"{_N}(?:\s+delvis)?(?:\s*(?:,\s*og|,|-|–|og|samt|til)\s*{_N}(?:\s+delvis)?)*"
_DEEPER = rf"(?:,?\s*(?:og\s+)?(?:stk\.|nr\.|litra|pkt\.)\s*(?:{_NUMBERS}|[a-zæøå]\b(?:\s*(?:,|-|og)\s*[a-zæøå]\b)*))*"
_PART = rf"§{{1,2}}\s*{_NUMBERS}{_DEEPER}"
_PARTS = rf"{_PART}(?:\s*(?:,\s*og|,|og|samt)\s*{_PART})*"
_CITED = re.compile(rf"(?:(?P<parts>(?>{_PARTS}))(?:,?\s+(?:vedrørende|for så vidt angår)\s+{_PARTS})?,?\s+(?:(?:i|af)\s+)?)?{_ACT}", re.IGNORECASE)
_ACT_ONLY = re.compile(_ACT, re.IGNORECASE)
_SECTIONS = re.compile(rf"§{{1,2}}\s*({_NUMBERS})")
_SECTION = re.compile(rf"({_N})(?:\s*[-–]\s*({_N}))?")

_WORKED_IN = re.compile(r"\bmed\s+(?:(?:de|den)\s+)?ændring(?:er)?\b(?:\s+og\s+tilføjelser)?|\bsom\s+(?:senest\s+)?ændret\s+(?:senest\s+)?ved\b")
_NOT_LISTED = re.compile(r"(?:\bjf\.|\bændret\b[^,§]*\bved|\bophævet\b[^,§]*\bved|\baffattet\b[^,§]*\bved|\bændring\s+af)\s*(?:dog\s+|også\s+)?$")
_LEFT_UNREAD = re.compile(r"§|\bnr\.?\s*\d")
_SENTENCE_END = re.compile(
    rf"(?<!\bnr)(?<!\bstk)(?<!\bjf)(?<!\bpkt)(?<!\bkap)(?<!\bart)\.\s+(?=[A-ZÆØÅ])(?!(?i:{'|'.join(_MONTHS)}))|(?<=\d{{4}}\.)\s+(?=§)"
)
_AMENDMENTS = re.compile(r"(?:Dele\s+af\s+d|D)en?\s+(?:\w+\s+){0,2}ændring|Ændring(?:en|erne|er)?\b|§|Lov\s+nr\.")
_REFERS_BACK = re.compile(r"(?:Disse|Denne|Ændringe(?:n|rne)\s+er)\b")
_NOT_WORKED_IN = re.compile(r"\bikke\s+(?:\w+\s+)?(?:indarbejdet|medtaget|indskrevet|optaget|indeholdt|indsat)\b")
_WORKED_IN_AFTER_ALL = re.compile(r"\ber\s+(?:\w+\s+)?(?:indarbejdet|medtaget)\b")
_REASON = re.compile(r",?\s+(?:da|idet|fordi|eftersom|men)\s")
_TITLE = re.compile(
    r"\s+(om\s+.+?)(?:\.?$|,?\s+(?:er|træder|har|gælder|finder|og\s+(?:som|hvis|§|lov\s+nr)|(?:som|der)\s+vedrører)\b|,\s+(?:§|lov\s+nr|hvis))",
    re.DOTALL,
)
_LOOK_BACK = 100
_LONGEST = 20_000
"""Characters. The longest preamble seen has 4,942; what is much longer is none, and reading citations takes the square of its length."""


@dataclass(frozen=True, slots=True)
class Preamble:
    """What could be read of a preamble."""

    base: ActNumber | None = None
    incorporated: tuple[Amendment, ...] = ()
    not_incorporated: tuple[Amendment, ...] = ()


def read_preamble(paragraphs: Sequence[str]) -> Preamble:
    """The base, the amendments worked in and those not worked in, as the paragraphs of a consolidated act's preamble say.

    ``Amendment.words`` of an incorporated one is the part of the act that was worked in where that is less than whole sections ("§ 1,
    nr. 2 og 4"); of one that is not, the sentences that say so, with the reason and the commencement they give.
    """
    if sum(map(len, paragraphs)) > _LONGEST:
        return Preamble()
    sentences = [sentence for paragraph in paragraphs for sentence in [*_sentences(paragraph), ""]]
    start = next((i for i, sentence in enumerate(sentences) if "bekendtgøres" in sentence), None)
    if start is None:
        return Preamble()
    head, listed = _halves(sentences[start].partition("bekendtgøres")[2])
    return Preamble(_base(head), _incorporated(listed), tuple(_not_incorporated(sentences[start + 1 :])))


def _sentences(paragraph: str) -> list[str]:
    ends = [match.start() + 1 for match in _SENTENCE_END.finditer(paragraph)]
    return [paragraph[a:b].strip() for a, b in zip([0, *ends], [*ends, len(paragraph)], strict=True)]


def _halves(sentence: str) -> tuple[str, str]:
    """What comes before the list of amendments worked in, and the list."""
    match = _WORKED_IN.search(sentence)
    if match is None:
        return sentence, ""
    listed = re.split(r"\s(?=Denne lovbekendtgørelse|De ændringer|Den ændring)", sentence[match.end() :])[0]
    return sentence[: match.start()], listed


def _base(head: str) -> ActNumber | None:
    """The text named after "jf.", else the one that is itself promulgated ("bekendtgøres lov nr. …")."""
    acts = [(match, act) for match in _ACT_ONLY.finditer(head) if (act := _act(match))]
    after_jf = [act for match, act in acts if re.search(r"\bjf\.?\s*$", head[: match.start()])]
    return after_jf[0] if after_jf else acts[0][1] if acts else None


def _act(match: re.Match[str]) -> ActNumber | None:
    kind = match["kind"].lower()
    kind = "lov" if kind.endswith("lov") else kind  # "børnelov nr. 460" names the act and its kind in one word
    try:
        signed = date(int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, int(match["day"]))
    except ValueError:
        return None
    return ActNumber(kind, int(match["number"]), signed)


def _incorporated(listed: str) -> tuple[Amendment, ...]:
    found: list[Amendment] = []
    rest, position = "", 0
    for match in _CITED.finditer(listed):
        before = listed[position : match.start()]
        rest += before
        position = match.end()
        if _NOT_LISTED.search(before[-_LOOK_BACK:]):
            continue
        act = _act(match)
        if act is None:
            return ()
        parts = match["parts"] or ""
        whole = listed[match.start() : match.start("kind")].removesuffix("i ").strip(" ,")
        narrower = whole if re.search(r"\bnr\.|\bstk\.|\bpkt\.|\blitra\b|vedr", whole) else ""
        found.append(Amendment(act, _sections(parts), words=narrower))
    return () if _LEFT_UNREAD.search(rest + listed[position:]) else tuple(found)


def _sections(parts: str) -> tuple[str, ...]:
    """``("1", "2", "3")`` of "§§ 1-3", ``("2",)`` of "§ 2, nr. 1"."""
    found: dict[str, None] = {}
    for numbers in _SECTIONS.findall(parts):
        for first, last in _SECTION.findall(numbers):
            if first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) < 100:
                found.update(dict.fromkeys(str(n) for n in range(int(first), int(last) + 1)))
            else:
                found.update(dict.fromkeys("".join(n.split()).lower() for n in (first, last) if n))
    return tuple(found)


def _not_incorporated(sentences: Sequence[str]) -> Iterator[Amendment]:
    """Reads sentence by sentence; an empty one ends a paragraph.

    "De ændringer, der følger af A, træder i kraft … Disse ændringer er derfor ikke indarbejdet …": what refers back speaks of all
    amendments named since the last that were said to be worked in or not.
    """
    named: list[str] = []
    for i, sentence in enumerate(sentences):
        if not sentence:
            named = []
        elif _NOT_WORKED_IN.search(sentence):
            tail = _goes_on(sentences[i + 1 :])
            if _REFERS_BACK.match(sentence):
                for statement in named:
                    yield from _amendments_named(statement, " ".join([statement, sentence, *tail]))
            elif _AMENDMENTS.match(sentence):
                yield from _amendments_named(sentence, " ".join([sentence, *tail]))
            named = []
        elif _WORKED_IN_AFTER_ALL.search(sentence):
            named = []
        elif _AMENDMENTS.match(sentence):
            named.append(sentence)


def _goes_on(sentences: Sequence[str]) -> list[str]:
    """The sentences that go on about the same amendments: "Dette skyldes, at …", "Tidspunktet fastsættes af …"."""
    going_on: list[str] = []
    for sentence in sentences:
        if not sentence or _AMENDMENTS.match(sentence) or sentence.startswith(("Den bekendtgjorte", "De bekendtgjorte", "For så vidt")):
            break
        going_on.append(sentence)
    return going_on


def _amendments_named(statement: str, words: str) -> Iterator[Amendment]:
    """The amendments that a statement is about: those cited before its verdict, and not those that only say when they commence.

    Where the verdict follows and the only citation is "jf. § 1, nr. 18, i lov nr. …", that is what the statement is about.
    """
    verdict = _NOT_WORKED_IN.search(statement)
    subject = _REASON.split(statement[: verdict.start()], maxsplit=1)[0] if verdict else statement
    cited = list(_CITED.finditer(subject))
    for match in [m for m in cited if not _NOT_LISTED.search(subject[max(0, m.start() - _LOOK_BACK) : m.start()])] or (cited if verdict else []):
        act = _act(match)
        if act is not None:
            title = _TITLE.match(subject, match.end())
            yield Amendment(act, _sections(match["parts"] or ""), f"{act.kind.capitalize()} {title[1]}" if title else "", words)
