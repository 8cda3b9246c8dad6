"""Where references may begin in a text, and how far they reach: cheap expressions, so that the grammar only reads what is worth reading.

Everything here works on *clean* text (:class:`CleanText`). Positions found there are turned back into those of the text as it was given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import cast

from vidensplatform.law.citation_format import MONTHS

_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES = ("\u00a0", "\u2007", "\u2009", "\u202f", "\t")
_DASHES = ("–", "—", "‑", "−", "‐")
_LINE_IN_SENTENCE = re.compile(r"(?<=[,a-zæøå§])\n(?=[a-zæøå§])")


class CleanText:
    """A text as the grammar wants it: one kind of space and dash, no invisible characters, lines of one sentence joined.

    ``low`` is ``clean`` in lower case, of the same length.
    """

    __slots__ = ("_cuts", "clean", "low", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._cuts: list[int] = []
        clean = text
        if _ZERO_WIDTH.search(clean):
            self._cuts = [m.start() - n for n, m in enumerate(_ZERO_WIDTH.finditer(clean))]
            clean = _ZERO_WIDTH.sub("", clean)
        for characters, plain in ((_SPACES, " "), (_DASHES, "-"), (("’",), "'")):
            for character in characters:
                if character in clean:
                    clean = clean.replace(character, plain)
        if "\n" in clean:
            clean = _LINE_IN_SENTENCE.sub(" ", clean)
        self.clean = clean
        low = clean.lower()
        self.low = low if len(low) == len(clean) else "".join(c.lower() if len(c.lower()) == 1 else c for c in clean)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the text as it was given that ``clean[start:end]`` stands for."""
        if not self._cuts or start >= end:
            return start, end
        return start + bisect_right(self._cuts, start), end - 1 + bisect_right(self._cuts, end - 1) + 1


# ---- words that follow a number which is no reference: "stk. 1, 18 år", "§ 16 i 3 måneder"
_UNIT = (
    r"(?: *(?:%|½)| +(?:hele |fulde |sammenhængende )?(?:pct|procent|kr|kroner|år(?:ige?)?|måned(?:er)?|uger?|dage?|døgn|timer?"
    r"|minut(?:ter)?|barn|børn|personer?|gange?|mio|mia|elev(?:er)?|medlem(?:mer)?|kvartal(?:er)?|km|kg|m2|mdr)(?!\w)"
    r"|[.,/:]\d|-[^\W\d]|\.? +(?:" + "|".join(MONTHS) + r"))"
)
_NOT_A_COUNT = rf"(?!\d|{_UNIT})"

# "§ 9 i" is section 9 i only where "i" cannot be the preposition: before punctuation, another "i", "og", "eller", a range or a verb.
_LETTER_I = (
    r"i(?!\w)(?= *(?:[,;:.)\]]|\n|$|-| i "
    r"|(?:og|eller|samt|til|finder|gælder|træder|ophæves|affattes|indsættes|ændres|bliver|kan|skal|er)\b))"
)
_LETTER = rf"(?:[a-hj-zæøå](?!\w|-[^\W\d]{{2}}|\.\w)|{_LETTER_I})"
_PLACE = rf"\d{{1,4}}(?!\d)(?: *{_LETTER}|[a-zæøå](?!\w))?"
_AND = r"(?:og/eller|og|eller|samt|hhv\.?|henholdsvis|&)"
_JOINT = rf"(?: *, *{_AND} +| +{_AND} +| *, *)"
_COUNT = rf"\d{{1,3}}(?!\d|/|\.\d|[^\W\d])(?! +af +\d{{1,2}}\. )(?: *(?:-|til(?= +\d)) *\d{{1,3}}{_NOT_A_COUNT})?"

# What may follow a number in a comma list: the list goes on, or the sentence pauses.
_LIST_GOES_ON = rf"(?= *(?:,|;|-|$|\n|\.(?=$|\n| +(?-i:[A-ZÆØÅ0-9]))| {_AND} ))"
_PLACE_RANGE = rf"(?: *- *(?:{_PLACE}{_NOT_A_COUNT}|[a-zæøå](?!\w)))"
_BARE = (
    rf"(?:(?: *, *{_AND} +(?!\d+\))| +{_AND} +){_PLACE}{_PLACE_RANGE}?{_NOT_A_COUNT}"
    rf"| *, *{_PLACE}{_NOT_A_COUNT}(?:{_PLACE_RANGE}|{_LIST_GOES_ON}))"
)
_BARE_LETTERS = rf"(?: +(?:og|eller) +[a-hj-zæøå](?!\w|\.\w|-\w{{2}})| *, *[a-zæøå](?!\w){_LIST_GOES_ON})"

_SECTION = (
    rf"(?:(?:§ *§|paragrafferne)[ \n]*{_PLACE}(?:{_PLACE_RANGE}| +til +{_PLACE}{_NOT_A_COUNT})?"
    rf"|(?:§|paragraf(?:fen|fer)?|par\.|pgf\.?)[ \n]*{_PLACE}{_PLACE_RANGE}?)"
    rf"(?:(?<= [a-zæøå]){_BARE_LETTERS}+)?"
)
_ARTICLE = rf"(?:artikel|artiklerne|artikler|art\.) *{_PLACE}{_PLACE_RANGE}?"
_ROMANS = r"(?-i:[IVXLC]+)(?!\w)(?: *- *(?-i:[IVXLC]+)(?!\w))?"
_CHAPTER = (
    r"(?:(?:kapitel|kapitlerne|kapitler|kap\.) *"
    rf"(?:{_PLACE}{_PLACE_RANGE}?|{_ROMANS}(?:(?: *, *| +(?:og|eller) +){_ROMANS})*)"
    r"|(?<![\w.,])\d{1,2}\. *kapitel(?!\w))"
)
_SUBSECTION = rf"(?:stk\.?|stykkerne|stykker|stykke)[ \n]*{_COUNT}"
_NUMBER = rf"(?:nr\.?|nummer|numrene|numre)[ \n]*{_COUNT}"
_ONE_LETTER = r"[a-zæøå](?!\w)(?: *- *[a-zæøå](?!\w))?"
_LITRA = rf"litra(?:erne|er)? *{_ONE_LETTER}{_BARE_LETTERS}*(?:(?<=[a-zæøå])-[a-zæøå](?!\w))?"
_ORDINAL = r"(?:\d{1,2}\.|(?:første|andet|tredje|fjerde)(?!\w))"
_ORDINALS = rf"(?:{_ORDINAL}(?: *- *|{_JOINT}))*"
_SENTENCE = rf"(?<![\d.])(?:{_ORDINALS}(?:\d{{1,2}}\.?|første|andet|tredje|fjerde)|sidste) *(?:pkt\.?|punktum(?:mer)?)(?!\w)"
_MARKED = rf"(?:{_SECTION}|{_CHAPTER}|{_SUBSECTION}|{_NUMBER}|{_LITRA}|{_SENTENCE})"
_TAIL = rf"(?:(?:{_JOINT}| *){_MARKED}|{_BARE}| *,? *jf\. *(?={_SUBSECTION}|{_SECTION})(?:{_SUBSECTION}|{_SECTION}))"


class _WhenUsed:
    """A pattern that is compiled when it is first used. The two large ones take a tenth of a second, which a start without references can spare."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> object:
        method = getattr(re.compile(*self._source), name)
        setattr(self, name, method)
        return method


def _when_used(pattern: str, flags: int) -> re.Pattern[str]:
    return cast("re.Pattern[str]", _WhenUsed(pattern, flags))


#: A place in a law with everything that belongs to it, from its first mark: "§ 14, stk. 1, nr. 2 og 3".
PLACES = _when_used(rf"(?:{_ARTICLE}(?:(?:{_JOINT}| *)(?:{_SUBSECTION}|{_NUMBER}|{_LITRA}|{_SENTENCE})|{_BARE})*|{_MARKED}{_TAIL}*)", re.IGNORECASE)

#: The same without a mark on the first number, as after an abbreviation: the "110, stk. 2" of "SEL 110, stk. 2".
UNMARKED_PLACES = _when_used(rf"(?!(?:19|20)\d\d){_PLACE}{_PLACE_RANGE}?{_NOT_A_COUNT}{_TAIL}*", re.IGNORECASE)

#: Sentences before "pkt.", read backwards from it: the "1. og 2. " of "1. og 2. pkt.".
SENTENCES_BEFORE = re.compile(rf"(?<![\w.,])(?:{_ORDINALS}(?:\d{{1,2}}\.?|første|andet|tredje|fjerde)|sidste) *$")

#: The number of "24. kapitel", read backwards from the word.
CHAPTER_BEFORE = re.compile(r"(?<![\w.,])\d{1,2}\. *$")
#: The section of "jf. 112, stk. 3", where its sign was forgotten.
SECTION_BEFORE = re.compile(rf"(?<!\w)(?:jf\.|efter|og|eller) +({_PLACE}),? +$")

_DATE = rf"(?:\d{{1,2}}\.? *(?:{'|'.join(m[:3] for m in MONTHS)})[a-z]*\.? *\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}})(?!\d)"
_ACT_KIND = r"(?:lovbekendtgørelse|lovbek\.?|lbk\.?|lov|bekendtgørelse|bek\.?|bkg\.?)"
#: An act by number and date. Without date only where "nr." is written, and then nothing but the number is known.
ACT = re.compile(
    rf"{_ACT_KIND} +(?:nr\.? *\d{{1,5}}(?!\d)(?: +af +{_DATE}|/\d{{4}}(?!\d))?|\d{{1,5}}(?: +af +{_DATE}|/\d{{4}}(?!\d)))",
    re.IGNORECASE,
)
_DECISION_NUMBER = r"(?:[a-zæøå]-)?\d{1,3}-\d{2}(?![\d-])"
_STATEMENT_NUMBER = r"(?:(?:19|20)\d\d(?: *[-.:] *| +)\d{1,4}(?:-\d{1,2})?|\d{2}\.\d{1,4})(?!\d)"
#: Principmeddelelser (and the older principafgørelser and sociale meddelelser), ombudsman statements and Ugeskrift for Retsvæsen.
PRACTICE = re.compile(
    r"(?:ankestyrelsens +)?(?:princip(?:meddelelse|afgørelse)(?:rne|r|n)?s?|pm|sm) *(?:nr\.? *)?"
    rf"{_DECISION_NUMBER}(?:{_JOINT}{_DECISION_NUMBER})*"
    rf"|(?:fob|fou) *(?:nr\.? *)?{_STATEMENT_NUMBER}(?:{_JOINT}{_STATEMENT_NUMBER})*"
    r"|u(?:fr)?\.? *(?:19|20)\d\d(?: *\. *| +)\d{1,5}(?:/\d)?(?: *(?:sh|hk|[øvhsbk])(?!\w))?(?!\d)",
    re.IGNORECASE,
)
_TRIGGER = (
    r"(?P<mark>§|(?<![\w-])(?:stk|stykke|paragraf|par\.|pgf|kapit|kap\.|litra|artik|art\.))"
    r"|(?<![\w-])(?:(?P<number>(?:nr|nummer|numre)\.? *\d)"
    r"|(?P<sentence>pkt|punktum)"
    r"|(?P<act>(?:lovbekendtgørelse|lovbek|lbk|lov|bekendtgørelse|bek|bkg)\.? +(?:nr\.? *)?\d)"
    r"|(?P<practice>(?:ankestyrelsens +)?princip(?:medd|afg)|(?:pm|sm|fob|fou) *(?:nr|[a-zæøå]-|\d)|(?:u|ufr)[. ]*(?:19|20)\d\d)"
)


def trigger(abbreviations: list[str], *, any_number: bool = False) -> re.Pattern[str]:
    """The expression that finds where something may begin in ``low`` text; the group's name says what to try there.

    ``any_number``: a bare number may begin a place too, if a law's name stands beside it ("barnets lov 32"), as people type in a search.
    """
    names = "|".join(re.escape(a) for a in sorted(abbreviations, key=len, reverse=True))
    after_name = rf"|(?P<abbreviation>(?:{names})(?:'?s)?,? *(?=\d))" if names else ""
    number = r"|(?P<any>(?<![.,/]))\d{1,4}(?!\d)" if any_number else ""
    first = "§abfklnpsu" + "".join(sorted({a[0] for a in abbreviations})) + (r"\d" if any_number else "")
    return re.compile(f"(?=[{first}])(?:{_TRIGGER}{after_name}{number}))")
