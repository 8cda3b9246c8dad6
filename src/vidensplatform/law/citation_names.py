"""The law named beside a place: "servicelovens § 85", "§ 85 i lov om social service", "§ 5 i denne lov", "§ 1 i lov nr. 647 af 2016".

The registry's names are matched as wholes (:mod:`vidensplatform.law.citation_name_tree`). What looks like a law but is not in the registry
keeps its words and has no slug. An earlier law or wording ("den tidligere lov om", "dagældende") has no slug either, even where its name is
one of today's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from vidensplatform.law.citation_format import MONTHS
from vidensplatform.law.citation_grammar import read_act
from vidensplatform.law.citation_name_tree import CLOSING, NameTree, is_shortened
from vidensplatform.law.citation_spans import ACT, CleanText
from vidensplatform.law.model import ActNumber
from vidensplatform.law.registry import Registry

#: Abbreviations that are words as well, or parts of words; in lower case they need a "§" after them in running text.
_ALSO_WORDS = frozenset({"all", "bal", "bl", "dal", "fal", "lab", "las", "ll", "pl", "sdl", "sl", "su", "val", "æl"})
#: Capitals that stand where a law could stand and are none.
_NO_LAW = frozenset({"EU", "EF", "EØS", "DK", "JF", "OG"})

_OLD = r"(?:nu +)?(?:tidligere|dagældende|dengældende|hidtidige|hidtil|ophævede)(?: +gældende)?"
_ADJECTIVES = re.compile(rf"(?:(?:den|det|de) +)?(?:(?P<old>{_OLD}) +|(?:nu)?gældende +)*(?:bekendtgørelse +af +(?=lov|[^\W\d]+lov|barnets))?")
_OLD_BEFORE = re.compile(rf"(?:(?:den|det|de) +)?{_OLD} +$")
_AMENDING_BEFORE = re.compile(r"(?:ændring|ikrafttræden|ikraftsættelse|ophævelse) +af +$")
_ELSEWHERE = re.compile(r" +(?:i|på|for) +(?:grønland|færøerne)(?!\w)")
_OWN = r"(?:(?:dennes?|nærværende) +(?P<a>lov|bekendtgørelse)|(?P<b>loven|bekendtgørelsen))(?P<own_s>s?)"
_SAME = r"(?:den +)?(?:samme|sidstnævnte|førnævnte|nævnte) +(?P<same>lov|bekendtgørelse)(?P<same_s>s?)"
_POINTING = re.compile(rf"(?<![\w-])(?:{_OWN}|{_SAME})(?!\w)")
_POINTING_BEFORE = re.compile(rf"{_POINTING.pattern}$")

_DEFINITE_TITLE = ("loven om ", "bekendtgørelsen om ")
_KINDS = (
    r"(?<!or)lov|bekendtgørelse|forordning|anordning|vedtægt|cirkulære|cirkulæreskrivelse|direktiv|konvention|vejledning|aftale|overenskomst"
    r"|reglement|regulativ"
)
_DEFINITE = r"(?:en|et|erne|n|t)"
_ONE_WORD = re.compile(rf"[^\W\d]*(?:-[^\W\d]+)*-?(?:(?:{_KINDS}){_DEFINITE}|(?<=\w)(?<!or)lov)(?!\w)")
_ONE_WORD_BEFORE = re.compile(rf"[^\W\d]*(?:-[^\W\d]+)*-?(?:{_KINDS}){_DEFINITE}?s?$")
_CAPITALS = re.compile(r"[A-ZÆØÅ]{2,6}(?![\w-])")
_CAPITALS_BEFORE = re.compile(r"(?<![\w-])[A-ZÆØÅ]{2,6}(?='?s?$)")
_ABBREVIATION = re.compile(r"[^\W\d]+(?:-[^\W\d]+)*")
_TITLE = re.compile(
    r"(?:europa-parlamentets +og +rådets +|rådets +|kommissionens +)?(?:kongelig +)?"
    rf"(?:[^\W\d]+-)?[^\W\d]*(?:{_KINDS}|inatsisartutlov)(?: +\([^\W\d]+\))?(?= +(?:om|nr)\b| +\d{{4}}/)"
)
_TITLE_NUMBER = re.compile(r" +nr\. *[\w/]+(?: +af +\d{1,2}\. +[^\W\d]+ +\d{4})?| +\d{4}/\d+/[^\W\d]+")
#: Words that are never part of a title, so that it has ended before them.
_TITLE_ENDS = frozenset(
    {"anvendelse", "at", "betales", "der", "er", "finder", "forbliver", "gælder", "giver", "gør", "har", "hvis", "hvor", "hvorefter"}
    | {"ikke", "indeholder", "inden", "jf", "jf.", "kan", "medmindre", "når", "omhandlede", "sker", "skal", "som", "tilsvarende", "træder"}
    | {"træffer", "uanset", "uden", "udbetales", "udstedte", "var", "vedrører", "ydes"}
)
_TITLE_PAUSES = re.compile(
    r" +(?:(?:og|eller|samt) +(?:§|(?:lov|efter|i|af|regler|den|de|det|stk|kapitel|en|et|som|om)(?!\w))"
    r"|til +brug|med +(?:henblik|senere)|for +så)"
)
_GOES_ON_AFTER_ETC = ("til ", "for ", "på ", "i ", "under ", "ved ", "af ")
_PLACE_OF_ITS_OWN = re.compile(r",? *(?:§|paragraf|\d)")
_WORD = re.compile(r" +(\S+)")
_JF = re.compile(r",? +jf\. +")
_MENTION = re.compile(
    r"(?<![\w-])(?:barnets +lov|(?:denne|nærværende) +lov|(?:lov|bekendtgørelse) +om|(?<!jf\. )lov(?:bekendtgørelse)? +nr"
    r"|[^\W\d]*(?:loven|bekendtgørelsen)s?)(?!\w)"
)


#: Before an amending act that is only named in passing: "som ændret ved § 41 i lov nr. 324 …". "Samme lov" is not that one.
_AMENDED_BY = re.compile(rf"(?:(?:ændret|affattet) +ved|følger +af)(?:[ ,.§\d]|(?<!\w)(?:[a-z]|nr|stk|lov|af|og|samt|{'|'.join(MONTHS)})(?!\w))*$")


@dataclass(frozen=True, slots=True)
class LawName:
    """A law named at ``start:end`` of the clean text, in the words written there.

    ``slug`` is None for what the registry does not name. ``own`` is ``"lov"`` or ``"bekendtgørelse"`` where the text means itself ("denne
    lov", "loven").
    """

    start: int
    end: int
    words: str
    slug: str | None = None
    act: ActNumber | None = None
    former: bool = False
    own: Literal["", "lov", "bekendtgørelse"] = ""


def _as_of_old(text: CleanText, name: LawName, floor: int) -> LawName:
    """The name with "den dagældende" before it, if that stands there; then it is not today's law."""
    left = text.low[max(floor, name.start - 40) : name.start]
    old = _OLD_BEFORE.search(left)
    if old is None:
        return name
    start = name.start - len(left) + old.start()
    return LawName(start, name.end, text.clean[start : name.end], act=name.act, former=True)


class LawNames:
    """Finds the law named before or after a place."""

    def __init__(self, registry: Registry) -> None:
        self._tree = NameTree(registry)

    @property
    def abbreviations(self) -> list[str]:
        """Every abbreviation, in lower case."""
        return list(self._tree.abbreviations)

    # ---- before a place

    def before(self, text: CleanText, end: int, floor: int, *, marked: bool = True, any_case: bool = False, comma: bool = False) -> LawName | None:
        """The law named right before ``end`` and not before ``floor``; None where none is.

        ``marked``: a "§" follows. Without it an abbreviation in lower case must not be a word as well ("las 5"), unless ``any_case``.
        ``comma``: a comma may stand between the name and the place. After an abbreviation it always may.
        """
        low = text.low
        floor = max(floor, low.rfind("\n", floor, end) + 1)
        stop = floor + len(low[floor:end].rstrip(" "))
        has_comma = low.endswith(",", floor, stop)
        stop -= has_comma
        if stop <= floor or low[stop - 1] in ";:?!«»“”":
            return None
        if low[stop - 1] == "." and not is_shortened(low[low.rfind(" ", floor, stop) + 1 : stop]):
            return None
        if low[stop - 1] == ")":
            return self._in_brackets(text, stop, floor)
        name = self._abbreviation_before(text, stop, floor, marked=marked, any_case=any_case)
        if name is None and (comma or not has_comma):
            name = self._name_before(text, stop, floor)
        if name is None and not has_comma:
            name = self._unknown_before(text, stop, floor)
        return _as_of_old(text, name, floor) if name else None

    def _in_brackets(self, text: CleanText, stop: int, floor: int) -> LawName | None:
        """The name in "lov om social service (serviceloven) § 85"."""
        opening = text.low.rfind("(", floor, stop)
        name = self.before(text, stop - 1, opening + 1) if opening >= floor else None
        return replace(name, start=opening) if name and name.slug and name.start == opening + 1 else None

    def _abbreviation_before(self, text: CleanText, stop: int, floor: int, *, marked: bool, any_case: bool) -> LawName | None:
        start = max(text.low.rfind(" ", floor, stop) + 1, floor)
        while start < stop and text.low[start] in "(»\"'[":
            start += 1
        word = text.low[start:stop]
        for ending in ("", "s", "'s"):
            short = word.removesuffix(ending)
            found = self._tree.abbreviations.get(short) if word.endswith(ending) else None
            if found:
                written = text.clean[start:stop]
                if marked or any_case or written.startswith(found[0]) or short not in _ALSO_WORDS:
                    return LawName(start, stop, written, found[1])
        return None

    def _name_before(self, text: CleanText, stop: int, floor: int) -> LawName | None:
        found = self._tree.name_before(text.low, stop, floor)
        if found is None:
            return None
        start, slug = found
        amending = _AMENDING_BEFORE.search(text.low[max(floor, start - 40) : start])
        return LawName(start, stop, text.clean[start:stop], None if amending else slug)

    def _unknown_before(self, text: CleanText, stop: int, floor: int) -> LawName | None:
        base = max(floor, stop - 80)
        window = text.low[base:stop]
        one_word = _ONE_WORD_BEFORE.search(window)
        if one_word is None:
            capitals = _CAPITALS_BEFORE.search(text.clean[base:stop])
            if capitals is None or capitals.group() in _NO_LAW:
                return None
            return LawName(base + capitals.start(), stop, text.clean[base + capitals.start() : stop])
        pointing = _POINTING_BEFORE.search(window)
        if pointing:
            return self._pointing(text, base + pointing.start(), stop, pointing)
        return LawName(base + one_word.start(), stop, text.clean[base + one_word.start() : stop])

    # ---- after a place

    def after(self, text: CleanText, start: int) -> LawName | None:
        """The law that is named from ``start`` on (just after " i "), or None."""
        low = text.low
        pointing = _POINTING.match(low, start)
        if pointing and not (low.startswith(_DEFINITE_TITLE, start) and self._tree.name_after(low, start)):
            return None if pointing["own_s"] or pointing["same_s"] else self._pointing(text, start, pointing.end(), pointing)
        adjectives = _ADJECTIVES.match(low, start)
        begin = adjectives.end() if adjectives else start
        former = bool(adjectives and adjectives["old"])
        known = self._tree.name_after(low, begin)
        if known:
            end, slug = known
            elsewhere = _ELSEWHERE.match(low, end)
            if slug and not former and not elsewhere:
                return LawName(start, end, text.clean[start:end], slug)
            end = elsewhere.end() if elsewhere else end
        else:
            act = ACT.match(text.clean, begin)
            if act:
                return LawName(start, act.end(), text.clean[start : act.end()], act=read_act(act.group()), former=former)
            title, one_word = _TITLE.match(low, begin), _ONE_WORD.match(low, begin)
            if not title and not one_word:
                return self._abbreviation_after(text, begin, unknown=True)
            end = self._title_end(text, title.end()) if title else one_word.end() if one_word else begin
        jf = _JF.match(low, end)
        number = ACT.match(text.clean, jf.end()) if jf else None
        return LawName(start, end, text.clean[start:end], act=read_act(number.group()) if number else None, former=former)

    def known_after(self, text: CleanText, start: int) -> LawName | None:
        """The law of the registry whose name or abbreviation begins at ``start``: "§ 85 serviceloven". None where it has a place of its own."""
        known = self._tree.name_after(text.low, start)
        if known and known[1]:
            name: LawName | None = LawName(start, known[0], text.clean[start : known[0]], known[1])
        else:
            name = self._abbreviation_after(text, start)
        return None if name is None or _PLACE_OF_ITS_OWN.match(text.low, name.end) else name

    def _abbreviation_after(self, text: CleanText, start: int, *, unknown: bool = False) -> LawName | None:
        """The abbreviation at ``start``; ``unknown``: capitals that the registry does not know will do, and have no slug."""
        word = _ABBREVIATION.match(text.clean, start)
        found = self._tree.abbreviations.get(word.group().lower()) if word else None
        if word and found and (word.group() == found[0] or word.group().lower() not in _ALSO_WORDS):
            return LawName(start, word.end(), word.group(), found[1])
        capitals = _CAPITALS.match(text.clean, start) if unknown else None
        return LawName(start, capitals.end(), capitals.group()) if capitals and capitals.group() not in _NO_LAW else None

    @staticmethod
    def _title_end(text: CleanText, start: int) -> int:
        """Where a title that the registry does not know ends: at its number, a comma, full stop, bracket or verb, or "og §"."""
        low = text.low
        number = _TITLE_NUMBER.match(low, start)
        if number:
            return number.end()
        end = start
        for place, word in enumerate(_WORD.finditer(low, start, start + 240)):
            plain = word.group(1)
            if word.start() != end or plain.startswith(("§", "(")):
                break
            if place > 1 and (plain in _TITLE_ENDS or _TITLE_PAUSES.match(low, word.start())):  # "om" and what it is about always belong
                break
            bare = plain.rstrip(CLOSING)
            end = word.start(1) + len(bare)
            if is_shortened(plain):
                end += low.startswith(".", end)
                if not low.startswith(_GOES_ON_AFTER_ETC, end + 1):
                    break
            elif plain != bare:
                break
        return end

    # ---- "denne lov" and "samme lov"

    def _pointing(self, text: CleanText, start: int, end: int, match: re.Match[str]) -> LawName:
        words = text.clean[start:end]
        if not match["same"]:
            return LawName(start, end, words, own="lov" if (match["a"] or match["b"]).startswith("lov") else "bekendtgørelse")
        named = self._named_last(text, start)
        return LawName(start, end, words, named.slug, named.act, named.former, named.own) if named else LawName(start, end, words)

    def _named_last(self, text: CleanText, end: int) -> LawName | None:
        """The law that "samme lov" points back at: the one named last before it, within the paragraph."""
        floor = max(text.low.rfind("\n", 0, end) + 1, end - 500)
        for mention in reversed(list(_MENTION.finditer(text.low, floor, end))):
            if _AMENDED_BY.search(text.low, max(floor, mention.start() - 100), mention.start()):
                continue
            genitive = mention.group().endswith("ens")
            name = self.before(text, mention.end(), floor) if genitive else self.after(text, mention.start())
            if name:
                return name
        return None
