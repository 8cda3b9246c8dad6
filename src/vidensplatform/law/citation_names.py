"""Names of laws beside a place: "servicelovens § 85", "§ 85 i lov om social service", "§ 5 i denne lov", "§ 1 i lov nr. 647 af 8. juni 2016".

The registry's names are matched as wholes and the longest wins. What looks like a law but is not in the registry keeps its words and has no slug.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from vidensplatform.law.citation_grammar import read_act
from vidensplatform.law.citation_spans import ACT, ACT_BEFORE, CleanText
from vidensplatform.law.model import ActNumber
from vidensplatform.law.registry import Act, Registry

#: Abbreviations that are also words or parts of words; in lower case they need a "§" after them.
_ALSO_WORDS = frozenset({"all", "bal", "bl", "dal", "fal", "las", "ll", "pl", "sl", "su", "val", "æl", "lab", "sdl"})
#: Titles that begin with another act's title and are acts of their own.
_LONGER_TITLES = ("lov om leje af erhvervslokaler",)

_ELSEWHERE = re.compile(r" +(?:i grønland|på færøerne|for grønland|for færøerne)(?!\w)")
_FORMER = re.compile(
    r"(?:tidligere|dagældende|dengældende|hidtidige|ophævede|hidtil)(?: +(?:gældende|lydende))?(?!\w)",
)
_MODIFIERS = re.compile(
    r"(?:(?:den|det|de) +)?(?:(?:nu +)?(?:tidligere|dagældende|dengældende|hidtidige|ophævede|hidtil|gældende|nugældende|oprindelige)(?: +gældende)? +)*"
    r"(?:bekendtgørelse +af +(?=(?:lov|[^\W\d]+lov|barnets)\b))?"
)
_MODIFIERS_BEFORE = re.compile(
    r"(?:(?:den|det|de) +)?(?:nu +)?(?:tidligere|dagældende|dengældende|hidtidige|ophævede|hidtil)(?: +gældende)? +$",
)
_AMENDING_BEFORE = re.compile(r"(?:ændring|ikrafttræden|ikraftsættelse|ophævelse) +af +$")
_OWN = re.compile(r"(?:(?:dennes?|nærværende) +(?P<a>lov|bekendtgørelse)|(?P<b>loven|bekendtgørelsen))(?P<s>s?)(?!\w)")
_SAME = re.compile(r"(?:(?:den +)?(?:samme|sidstnævnte|førnævnte|nævnte)) +(?:lov|bekendtgørelse)(?P<s>s?)(?!\w)")
_KINDS = r"lov|bekendtgørelse|forordning|anordning|vedtægt|cirkulære|direktiv|konvention|vejledning|grundlov|aftale|overenskomst|reglement|regulativ"
_ONE_WORD = re.compile(rf"[^\W\d]*-?(?:[^\W\d]+-)*(?:{_KINDS})(?:en|n|et|t|erne)?(?!\w)")
_ONE_WORD_BEFORE = re.compile(rf"(?:[^\W\d]+-)*[^\W\d]*(?:{_KINDS})(?:en|n|et|t|erne)?s?$")
_CAPITALS_BEFORE = re.compile(r"(?<![\w-])[A-ZÆØÅ]{2,6}(?:'?s)?$")
_TITLE = re.compile(
    r"(?:europa-parlamentets +og +rådets +|rådets +|kommissionens +)?(?:kongelig +)?"
    rf"(?:[^\W\d]+-)?[^\W\d]*(?:lov|bekendtgørelse|forordning|anordning|cirkulære|cirkulæreskrivelse|vejledning|direktiv|konvention|aftale|inatsisartutlov)"
    r"(?: +\([^\W\d]+\))?(?= +(?:om|nr)\b| +\d{4}/)"
)
_DATE_END = re.compile(r" +nr\. *[\w/]+(?: +af +\d{1,2}\. +[^\W\d]+ +\d{4})?| +\d{4}/\d+/[^\W\d]+")
_TITLE_ENDS = frozenset(
    "at betales der efter er eller finder for for: fra fastsættes gør gælder gælder: har hvis hvor hvorefter ikke inden jf jf. kan medmindre med når og samt "
    "sker skal som træder uanset uden udbetales under var ved vedrører ydes".split()
)
_TITLE_GOES_ON_AFTER_AND = re.compile(r" +(?:§|lov\b|efter\b|i\b|af\b|regler\b|den\b|de\b|det\b|stk\b|kapitel\b|en\b|et\b|som\b|om\b)")
_ABBREVIATED = frozenset({"m.v", "mv", "m.fl", "m.m", "mfl"})
_AFTER_NAME = " ,.;:)»”\"'"
_JF_ACT = re.compile(rf",? +jf\. +(?P<act>(?:lovbekendtgørelse|lov|bekendtgørelse)(?={ACT.pattern[ACT.pattern.index(' +') :]})[^,;()]*)", re.IGNORECASE)
_LAW_MENTIONS = re.compile(
    r"(?<![\w-])(?:barnets +lov|(?:denne|nærværende) +lov|lov +(?:om|nr)|bekendtgørelse +(?:om|nr)|[^\W\d]*(?:loven|lovens|bekendtgørelsen|bekendtgørelsens))"
)


@dataclass(frozen=True, slots=True)
class LawName:
    """A law named at ``start:end`` of the clean text.

    ``slug`` is None for laws the registry does not name. ``own`` is ``"lov"`` or ``"bekendtgørelse"`` where the text means itself ("denne lov", "loven").
    """

    start: int
    end: int
    words: str
    slug: str | None = None
    act: ActNumber | None = None
    former: bool = False
    own: Literal["", "lov", "bekendtgørelse"] = ""


@dataclass(slots=True)
class _Node:
    """A word in the tree of names: what may follow, and which act ends here."""

    after: dict[str, _Node] = field(default_factory=dict)
    ends: dict[str, str | None] = field(default_factory=dict)


def _inner(word: str) -> str:
    """A word inside a name: "m.v." and "mv." are the same; other punctuation stays, so that a name never runs over a full stop."""
    bare = word.rstrip(".")
    return bare.replace(".", "") if bare in _ABBREVIATED else word


def _last(word: str) -> str:
    """A word at the end of a name, without the sentence's punctuation."""
    return word.rstrip(_AFTER_NAME).replace(".", "")


def _add(root: _Node, words: list[str], slug: str | None) -> None:
    node = root
    for word in words[:-1]:
        node = node.after.setdefault(word, _Node())
    node.ends.setdefault(words[-1], slug)


def _variants(name: str) -> Iterator[str]:
    """Ways in which one name is written: without "(integrationsloven)", without "m.v." at its end, "loven om" for "lov om"."""
    short = re.sub(r" *\([^)]*\)$", "", name)
    for form in dict.fromkeys((name, short, re.sub(r" +m\.?v\.?$", "", short))):
        yield form
        for indefinite, definite in (("lov om ", "loven om "), ("bekendtgørelse om ", "bekendtgørelsen om ")):
            if form.startswith(indefinite):
                yield definite + form.removeprefix(indefinite)


def _genitives(name: str) -> Iterator[str]:
    yield name
    yield name + "s"
    yield name + "'s"
    yield name + "'"


class LawNames:
    """All names of a registry's acts, to be found before or after a place."""

    def __init__(self, registry: Registry) -> None:
        self.abbreviations = self._abbreviations(registry.acts.values())
        self._forward = _Node()
        self._backward = _Node()
        for title in _LONGER_TITLES:
            self._add_name(title, None)
        for act in registry.acts.values():
            for name in (act.name, act.title, *act.also, act.slug):
                folded = " ".join(name.lower().split()).rstrip(" .,") + ("." if name.rstrip().endswith("m.v.") else "")
                if folded not in self.abbreviations:
                    for form in _variants(folded):
                        self._add_name(form, act.slug)

    def _add_name(self, name: str, slug: str | None) -> None:
        words = name.split()
        _add(self._forward, [*(_inner(w) for w in words[:-1]), _last(words[-1])], slug)
        for form in _genitives(name):
            *inner, last = form.split()
            if inner:
                _add(self._backward, [_last(last), *(_inner(w) for w in reversed(inner))], slug)
            else:
                self._backward.ends.setdefault(_last(last) if form == name else last, slug)

    @staticmethod
    def _abbreviations(acts: Iterable[Act]) -> dict[str, tuple[str, str]]:
        """Abbreviation in lower case -> (as written in the registry, slug)."""
        found: dict[str, tuple[str, str]] = {}
        for act in acts:
            for abbreviation in act.abbreviations:
                found.setdefault(abbreviation.lower(), (abbreviation, act.slug))
        return found

    # ---- before a place

    def before(self, text: CleanText, end: int, floor: int, *, marked: bool = True, any_case: bool = False, comma: bool = False) -> LawName | None:
        """The law named right before ``end``, not beginning before ``floor``; None where none is.

        ``marked``: a "§" follows. Without it, an abbreviation in lower case must not be a word as well ("las 5", "bal 2"), unless ``any_case``.
        ``comma``: a comma may stand between name and place.
        """
        line = text.low.rfind("\n", floor, end) + 1
        floor = max(floor, line)
        stop = end
        while stop > floor and text.low[stop - 1] == " ":
            stop -= 1
        has_comma = stop > floor and text.low[stop - 1] == ","
        if has_comma:
            stop -= 1
        if stop <= floor or text.low[stop - 1] in ".;:":
            if not (stop > floor and text.low.endswith(("m.v.", "mv.", "m.fl."), floor, stop)):
                return None
        short = self._abbreviation_before(text, stop, floor, marked=marked, any_case=any_case)
        if short:
            return short
        last = text.low[max(floor, stop - 4) : stop]
        if last.isdigit():
            return self._act_before(text, stop, floor)
        if has_comma and not comma:
            return None
        return self._name_before(text, stop, floor) or (None if has_comma else self._unknown_before(text, stop, floor))

    def _abbreviation_before(self, text: CleanText, stop: int, floor: int, *, marked: bool, any_case: bool) -> LawName | None:
        start = max(text.low.rfind(" ", floor, stop) + 1, floor)
        while start < stop and text.low[start] in "(»\"'":
            start += 1
        word = text.low[start:stop]
        for ending in ("", "s", "'s"):
            found = self.abbreviations.get(word.removesuffix(ending)) if word.endswith(ending) else None
            if found:
                written = text.clean[start:stop]
                as_registered = written.startswith(found[0])
                if as_registered or marked or any_case or word.removesuffix(ending) not in _ALSO_WORDS:
                    return LawName(start, stop, written, found[1])
        return None

    def _act_before(self, text: CleanText, stop: int, floor: int) -> LawName | None:
        window = max(floor, stop - 60)
        match = ACT_BEFORE.search(text.clean[window:stop])
        if not match:
            return None
        words = match.group().rstrip(",")
        return LawName(window + match.start(), stop, words, act=read_act(words))

    def _name_before(self, text: CleanText, stop: int, floor: int) -> LawName | None:
        node, at, found = self._backward, stop, None
        first = True
        while at > floor:
            start = max(text.low.rfind(" ", floor, at) + 1, floor)
            word = text.low[start:at]
            key = _last(word) if first else _inner(word)
            stripped = key.lstrip("(»\"'[")
            if stripped in node.ends:
                found = (start + len(word) - len(word.lstrip("(»\"'[")), node.ends[stripped])
            following = node.after.get(key)
            if following is None:
                break
            node, first = following, False
            at = start
            while at > floor and text.low[at - 1] == " ":
                at -= 1
        if found is None:
            return None
        start, slug = found
        former = _MODIFIERS_BEFORE.search(text.low[max(floor, start - 40) : start])
        if _AMENDING_BEFORE.search(text.low[max(floor, start - 30) : start]):
            slug = None
        if former:
            return LawName(start - len(former.group()), stop, text.clean[start - len(former.group()) : stop], former=True)
        return LawName(start, stop, text.clean[start:stop], slug)

    def _unknown_before(self, text: CleanText, stop: int, floor: int) -> LawName | None:
        window = text.low[max(floor, stop - 80) : stop]
        base = stop - len(window)
        one_word = _ONE_WORD_BEFORE.search(window)
        if one_word is None:
            capitals = _CAPITALS_BEFORE.search(text.clean[base:stop])
            return LawName(base + capitals.start(), stop, capitals.group()) if capitals else None
        for phrase in (_OWN, _SAME):
            for match in phrase.finditer(window):
                if match.end() == len(window):
                    return self._pointing(text, match, base, floor)
        former = _MODIFIERS_BEFORE.search(window[: one_word.start()])
        start = former.start() if former else one_word.start()
        return LawName(base + start, stop, text.clean[base + start : stop], former=bool(former))

    # ---- after a place

    def after(self, text: CleanText, start: int) -> LawName | None:
        """The law that is named from ``start`` on (just after " i "), or None."""
        low = text.low
        modifiers = _MODIFIERS.match(low, start)
        begin = modifiers.end() if modifiers else start
        former = bool(modifiers and _FORMER.search(modifiers.group()))
        for phrase in (_OWN, _SAME):
            match = phrase.match(low, start)
            if match:
                return None if match["s"] else self._pointing(text, match, 0, 0)
        known = self._name_after(text, begin)
        if known:
            end, slug = known
            words = text.clean[start:end]
            if former or slug is None or _ELSEWHERE.match(low, end):
                elsewhere = _ELSEWHERE.match(low, end)
                end = elsewhere.end() if elsewhere else end
                return LawName(start, end, text.clean[start:end], act=self._act_after(text, end), former=former)
            return LawName(start, end, words, slug)
        act = ACT.match(text.clean, begin)
        if act:
            return LawName(start, act.end(), text.clean[start : act.end()], act=read_act(act.group()), former=former)
        title = _TITLE.match(low, begin)
        if title:
            end = self._title_end(text, title.end())
            return LawName(start, end, text.clean[start:end], act=self._act_after(text, end), former=former)
        one_word = _ONE_WORD.match(low, begin)
        if one_word:
            return LawName(start, one_word.end(), text.clean[start : one_word.end()], act=self._act_after(text, one_word.end()), former=former)
        return self._abbreviation_after(text, begin)

    def known_after(self, text: CleanText, start: int) -> LawName | None:
        """The law of the registry whose name or abbreviation begins at ``start``, or None: "§ 85 serviceloven"."""
        known = self._name_after(text, start)
        if known and known[1]:
            return LawName(start, known[0], text.clean[start : known[0]], known[1])
        return self._abbreviation_after(text, start)

    def _abbreviation_after(self, text: CleanText, start: int) -> LawName | None:
        match = re.compile(r"[^\W\d]+(?:-[^\W\d]+)*").match(text.clean, start)
        found = self.abbreviations.get(match.group().lower()) if match else None
        if not match or not found or (match.group() != found[0] and match.group().lower() in _ALSO_WORDS):
            return None
        return LawName(start, match.end(), match.group(), found[1])

    def _name_after(self, text: CleanText, start: int) -> tuple[int, str | None] | None:
        node, found, at = self._forward, None, start
        low = text.low
        while True:
            end = at
            while end < len(low) and low[end] not in " \n":
                end += 1
            word = low[at:end]
            if not word:
                return found
            last = _last(word)
            if last in node.ends:
                punctuation = len(word) - len(word.rstrip(_AFTER_NAME))
                kept = len(word) - punctuation + (1 if last in ("mv", "mfl") and word[len(word) - punctuation :].startswith(".") else 0)
                found = (at + kept, node.ends[last])
            following = node.after.get(_inner(word))
            if following is None or low[end : end + 1] == "\n":
                return found
            node, at = following, end
            while at < len(low) and low[at] == " ":
                at += 1

    def _title_end(self, text: CleanText, start: int) -> int:
        """Where a title that the registry does not know ends: at a comma, full stop, bracket, verb or "og §"."""
        low = text.low
        number = _DATE_END.match(low, start)
        if number:
            return number.end()
        end = start
        for word in re.compile(r" +(\S+)").finditer(text.clean, start, start + 240):
            plain = word.group(1).lower()
            bare = plain.rstrip(".,;:")
            if "\n" in low[end : word.start(1)] or plain.startswith(("§", "(")) or low[end : word.start()].strip():
                break
            if plain in _TITLE_ENDS and not (plain in ("og", "eller", "samt", "for", "med", "ved", "under", "efter", "fra") and self._goes_on(low, word.end())):
                break
            end = word.start(1) + len(bare)
            if bare in _ABBREVIATED:
                end += low[end : end + 1] == "."
            elif plain != bare:
                break
        return end

    @staticmethod
    def _goes_on(low: str, after: int) -> bool:
        return not _TITLE_GOES_ON_AFTER_AND.match(low, after)

    @staticmethod
    def _act_after(text: CleanText, end: int) -> ActNumber | None:
        """The act by number in ", jf. lovbekendtgørelse nr. 260 af 7. april 2003" after an unknown law's name."""
        jf = re.compile(r",? +jf\. +").match(text.low, end)
        act = ACT.match(text.clean, jf.end()) if jf else None
        return read_act(act.group()) if act else None

    # ---- "denne lov" and "samme lov"

    def _pointing(self, text: CleanText, match: re.Match[str], base: int, floor: int) -> LawName | None:
        start, end = base + match.start(), base + match.end()
        words = text.clean[start:end]
        if match.re is _OWN:
            return LawName(start, end, words, own="lov" if (match["a"] or match["b"]).startswith("lov") else "bekendtgørelse")
        named = self._last_named(text, start)
        if named is None:
            return LawName(start, end, words)
        return LawName(start, end, words, named.slug, named.act, named.former, named.own)

    def _last_named(self, text: CleanText, end: int) -> LawName | None:
        """The law that "samme lov" points back at: the one named last before it, within the paragraph."""
        window = max(text.low.rfind("\n", 0, end) + 1, end - 500)
        for mention in reversed(list(_LAW_MENTIONS.finditer(text.low, window, end))):
            if _SAME.search(text.low, max(window, mention.start() - 20), mention.end()) or text.low.endswith("jf. ", window, mention.start()) and " nr" in mention.group():
                continue
            if mention.group().endswith("ens"):
                name = self.before(text, mention.end(), window)
            else:
                name = self.after(text, mention.start())
            if name:
                return name
        return None
