"""What the editor of a consolidated act may change without an amending act, and so says nothing of the law.

Source: Justitsministeriets vejledning om lovkvalitet, 11.8.2 (what may be changed when a lovbekendtgørelse is made) and 3.4.5.13: a change of
ministers' portfolios follows from a royal resolution, is left out of bills and written straight into the next lovbekendtgørelse. A consolidated
act is an editorial text without force of its own, so signs, spaces and the form of a list of references are the editor's too.

Not taken for editorial, though the guidance allows them: renumbered subsections (a reader who cites one must know), names of agencies (moving a
task from one agency to another takes an act, and a name alone does not tell the two apart) and misspelt words put right (only a person can tell).
"""

from __future__ import annotations

import re
from enum import StrEnum

from vidensplatform.law.sectiontext import letters, plain
from vidensplatform.law.worddiff import Diff, word_diff, words


class Editorial(StrEnum):
    """Why a difference is the editor's. The value is what the program shows."""

    SIGNS = "tegn og mellemrum"
    MINISTER = "ministerens titel"
    REFERENCE = "henvisning skrevet på en anden måde"
    LEFT_OUT = "teksten er udeladt af bekendtgørelsen"


# "social-, bolig- og ældreministeren", "Udlændinge- og Integrationsministeriets", "ministeren for sundhed og forebyggelse"
_PORTFOLIOS = "|".join(
    (
        "by, bolig og landdistrikter",
        "børn(?:,| og) undervisning(?: og ligestilling)?",
        "børn, ligestilling, integration og sociale forhold",
        "flygtninge, indvandrere og integration",
        "forskning, innovation og videregående uddannelser",
        "fødevarer, landbrug og fiskeri",
        "ligestilling(?: og kirke)?",
        "nordisk samarbejde",
        "sundhed og forebyggelse",
        "udviklingssamarbejde",
        "videnskab, teknologi og udvikling",
    )
)
_MINISTER = re.compile(
    rf"(?:(?<![^\W\d_])[^\W\d_]+-,? )*(?:[^\W\d_]+- og )?(?<![^\W\d_])[^\W\d_]*minister(?P<form>en|iet)(?P<genitive>s?)\b"
    rf"(?: for (?:{_PORTFOLIOS})(?P<genitive_after>s?)\b)?",
    re.IGNORECASE,
)
_OF_MINISTER = re.compile(
    rf"\W|og|for|[^\W\d_]+-|[^\W\d_]*minister[^\W\d_]*|(?:{'|'.join(sorted(set(re.findall('[a-zæøå]+', _PORTFOLIOS))))})s?", re.IGNORECASE
)
_OF_REFERENCE = re.compile(r"\W|og|jf\.|[\d.]+|(?:stk|nr|pkt)\. ?\d*", re.IGNORECASE)
_OMITTED = re.compile(r"\b(?:udeladt|udelades)\b", re.IGNORECASE)
_OF_OMISSION = re.compile(r"\W|og|\d+|(?:stk|nr)\. ?\d+|udeladt|udelades", re.IGNORECASE)
_JF = re.compile(r"\bjf\.? (?!dog\b)", re.IGNORECASE)
_FIRST = re.compile(r"^Stk\. 1\. ", re.MULTILINE)
_RANGE = re.compile(r"(?P<mark>\b(?:stk|nr|pkt)\. )(?P<list>\d+(?:(?:-|, | og )\d+)+)(?!\d|\.| ?pkt)", re.IGNORECASE)
_FROM_TO = re.compile(r"(\d+)-(\d+)")
_LONGEST_RANGE = 60


def why_editorial(old: str, new: str) -> Editorial | None:
    """Which kind of editor's change is all that parts the two wordings; None where the words differ, or where nothing differs at all.

    Spaces, hyphens and quotation marks that only look different are no difference (:func:`~vidensplatform.law.sectiontext.plain`).
    """
    if same(old, new):
        return None
    if letters(old) == letters(new):
        return Editorial.SIGNS
    diff = word_diff(old, new)
    if _left_out(diff):
        return Editorial.LEFT_OUT
    changed = {word for op, piece in diff if op != "=" for word in words(piece)}
    if any(not (_OF_REFERENCE.fullmatch(word) or _OF_MINISTER.fullmatch(word)) for word in changed):
        return None
    one, other = _references(plain(old)), _references(plain(new))
    if letters(one) == letters(other):
        return Editorial.REFERENCE
    return Editorial.MINISTER if letters(_ministers(one)) == letters(_ministers(other)) else None


def same(old: str, new: str) -> bool:
    """Whether the two are the same words with the same signs, wherever lines are broken."""
    return old == new or plain(old).split() == plain(new).split()


def _left_out(diff: Diff) -> bool:
    """Whether all that came is "(Udeladt)" in the place of words: "Stk. 2-4. (Udeladt)"."""
    came = [word for op, piece in diff if op == "+" for word in words(piece)]
    return any(_OMITTED.match(word) for word in came) and all(_OF_OMISSION.fullmatch(word) for word in came)


def _ministers(text: str) -> str:
    return _MINISTER.sub(lambda m: f"minister{m['form']}{m['genitive'] or m['genitive_after'] or ''}", text)


def _references(text: str) -> str:
    """Lists of subsections and numbers written out ("stk. 1-3" is "stk. 1, 2 og 3"), without a bare "jf." and the mark "Stk. 1."."""
    return _RANGE.sub(_written_out, _JF.sub("", _FIRST.sub("", text)))


def _written_out(match: re.Match[str]) -> str:
    def numbers(span: re.Match[str]) -> str:
        first, last = int(span[1]), int(span[2])
        return ", ".join(map(str, range(first, last + 1))) if 0 < last - first <= _LONGEST_RANGE else span[0]

    return match["mark"] + _FROM_TO.sub(numbers, match["list"]).replace(" og ", ", ")
