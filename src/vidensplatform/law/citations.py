"""Finding and reading references in Danish legal text and in what people type.

:class:`Citations` is the face: ``find`` for running text, ``parse_one`` for what a user types as a reference, ``find_all_in_query`` for a
question that holds some. The grammar is ``citations.lark``, the names of laws come from the registry. Rules of reading, from how Danish
acts are drafted (Justitsministeriets vejledning om lovkvalitet) and from counting in 158 acts and orders:

* a law's name after a list holds for all its members: "§§ 7 og 8 i lov om fonde";
* "§ 58, jf. § 59, i X" (comma before "i") holds for both, "§ 52, jf. § 14 i X" only for the last;
* in "§§ 20-25 og 69 samt § 120 i X" the list had ended before "samt", and the name holds for what follows it;
* "servicelovens § 85, jf. § 87": the law named first holds on after "jf.";
* "§ 9, stk. 2, jf. stk. 1" is § 9, stk. 1; "jf. dog stk. 4" and "§ 24 c og stk. 1" speak of the section the text stands in;
* "loven" in an executive order is the act it is issued under, never the order itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vidensplatform.law.citation import Citation, CitationKind, Context
from vidensplatform.law.citation_context import in_context, law_of, meant_by
from vidensplatform.law.citation_format import format_address, format_citation
from vidensplatform.law.citation_grammar import read_act, read_practice
from vidensplatform.law.citation_members import Member, read_provisions
from vidensplatform.law.citation_names import LawName, LawNames
from vidensplatform.law.citation_spans import (
    ACT,
    CHAPTER_BEFORE,
    PLACES,
    PRACTICE,
    SECTION_BEFORE,
    SENTENCES_BEFORE,
    UNMARKED_PLACES,
    CleanText,
    trigger,
)
from vidensplatform.law.registry import Registry

__all__ = ["Citation", "CitationKind", "Citations", "Context", "format_address", "format_citation"]

_NO_CONTEXT = Context()
_BEFORE_NUMBER = ("jf. ", "dog ", "efter ", " i ", "under ", "omfattet af ", "medfør af ")
_IN = re.compile(r",? +i +")
_TO_SECTION = re.compile(r",? +(?=§)")
_TO_SECTION_NO_COMMA = re.compile(r" +(?=§)")
_BESIDE = re.compile(r",? +(?:i +)?")
_MARK = re.compile(r"(?:§|paragraf|par\.|pgf|kap)", re.IGNORECASE)
_JOINING = r"vs\.?|(?:versus|kontra|contra|mod|over for|frem for|i forhold til|eller|og|samt)(?!\w)"
_NEXT_IN_QUERY = re.compile(rf" *(?:[,/&+-]|{_JOINING}) *(?=\d)")
_ONLY_JOINED = re.compile(rf"(?:[\s,;/&+()-]|{_JOINING}|(?:jf\.?|men|ikke|så|også|end|til|efter|med)(?!\w))*")


class _Reading:
    """One text being read: its clean form, what is known of where it stands, and how far the reading has come."""

    __slots__ = ("context", "done", "text", "tolerant")

    def __init__(self, text: str, context: Context, tolerant: bool) -> None:
        self.text = CleanText(text)
        self.context = context
        self.tolerant = tolerant
        self.done = 0


class Citations:
    """Reads references, with the names of one registry. Immutable once made; use one for many texts."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._names = LawNames(registry)
        self._trigger = trigger(self._names.abbreviations)
        self._trigger_tolerant = trigger(self._names.abbreviations, any_number=True)

    def find(self, text: str, context: Context | None = None) -> list[Citation]:
        """Every reference in running text, in order and without overlap; a list gives one for each of its members.

        ``context`` says where the text stands, so that "stk. 2" and "denne lov" get their law and section. Never raises: what cannot be
        read is no reference.
        """
        return [c for _, found in self._read(_Reading(text, context or _NO_CONTEXT, tolerant=False)) for c in found]

    def parse_one(self, text: str, context: Context | None = None) -> Citation | None:
        """The reference that ``text`` is, if it is one and nothing else: what a user types to go there. None for a list or any other text.

        Tolerant: any case, spaces, "paragraf", "stk 2", and no "§" after a law's name or abbreviation ("sel 110 stk 2", "barnets lov 32").
        """
        trimmed = text.strip().rstrip(".?!")
        found = [c for _, citations in self._read(_Reading(trimmed, context or _NO_CONTEXT, tolerant=True)) for c in citations]
        if len(found) != 1:
            return None
        outside = trimmed[: found[0].start] + trimmed[found[0].end :]
        if outside.strip(" .,:;()«»\"'\u00a0"):
            return None
        offset = len(text) - len(text.lstrip())
        return _moved(found[0], text, offset)

    def find_all_in_query(self, text: str) -> list[Citation]:
        """The references in a question: "hvad er forskellen på SEL 85 og 107" gives SEL § 85 and SEL § 107.

        A section without a law of its own has that of the one before it where only words like "og", "eller", "kontra" stand between them.
        With other words between, or no law before it, it stays without.
        """
        reading = _Reading(text, _NO_CONTEXT, tolerant=True)
        found: list[Citation] = []
        law: Citation | None = None
        done = 0
        for match, citations in self._read(reading):
            found.extend(self._unmarked_until(reading, law, done, match))
            for citation in citations:
                if citation.law or citation.law_words:
                    law = citation
                elif law and (citation.address.section or citation.chapter) and _ONLY_JOINED.fullmatch(reading.text.low, done, match):
                    citation = _with_law_of(citation, law)
                found.append(citation)
            done = reading.done
        return found + self._unmarked_until(reading, law, done, len(reading.text.clean))

    def _unmarked_until(self, reading: _Reading, law: Citation | None, start: int, end: int) -> list[Citation]:
        """The bare sections that go on with a law: the 107 of "SEL 85 vs 107"."""
        found: list[Citation] = []
        while law is not None and law.law:
            between = _NEXT_IN_QUERY.match(reading.text.low, start, end)
            places = UNMARKED_PLACES.match(reading.text.clean, between.end(), end) if between else None
            if places is None:
                break
            for member in read_provisions(places.group()):
                citation = self._placed(reading, places.start() + member.start, places.start() + member.end, member, None)
                found.append(_with_law_of(citation, law))
            start = places.end()
        return found

    # ---- reading

    def _read(self, reading: _Reading) -> Iterator[tuple[int, list[Citation]]]:
        """What is found, with the place in the clean text where its first mark stands."""
        find_next = (self._trigger_tolerant if reading.tolerant else self._trigger).search
        low = reading.text.low
        at = 0
        while match := find_next(low, at):
            found = self._try(reading, str(match.lastgroup), match.start(), match.end())
            if found:
                yield match.start(), found
            at = max(reading.done, match.end()) if found else max(match.start() + 1, reading.done)

    def _try(self, reading: _Reading, what: str, start: int, end: int) -> list[Citation]:
        clean, low = reading.text.clean, reading.text.low
        if what == "act":
            return self._act(reading, start)
        if what == "practice":
            return self._practice(reading, start)
        if what == "number":
            if not (low.endswith(_BEFORE_NUMBER, max(0, start - 12), start) or (reading.tolerant and not low[:start].strip())):
                return []
        elif what == "sentence":
            window = max(reading.done, start - 60)
            before = SENTENCES_BEFORE.search(low[window:start])
            if before is None:
                return []
            start = window + before.start()
        elif what == "abbreviation":
            name = self._names.before(reading.text, end, reading.done, marked=False, any_case=reading.tolerant, comma=reading.tolerant)
            places = UNMARKED_PLACES.match(clean, end)
            return self._provisions(reading, places, name) if name and places else []
        elif what == "any":
            return self._beside_name(reading, start)
        else:
            return self._marked(reading, start)
        places = PLACES.match(clean, start)
        return self._provisions(reading, places, None) if places else []

    def _marked(self, reading: _Reading, start: int) -> list[Citation]:
        """A place that begins with its mark, or with a number before it: "24. kapitel", "jf. 112, stk. 3"."""
        clean, window = reading.text.clean, max(reading.done, start - 20)
        places = PLACES.match(clean, start)
        if places is None:
            number = CHAPTER_BEFORE.search(clean, window, start)
            places = PLACES.match(clean, number.start()) if number else None
        elif clean[start] in "Ss":
            section = SECTION_BEFORE.search(reading.text.low, window, start)
            places = (UNMARKED_PLACES.match(clean, section.start(1)) if section else None) or places
        return self._provisions(reading, places, None) if places else []

    def _beside_name(self, reading: _Reading, start: int) -> list[Citation]:
        """A number without "§" is a section where a law of the registry is named beside it: "barnets lov 32", "107 i serviceloven"."""
        places = UNMARKED_PLACES.match(reading.text.clean, start)
        if places is None:
            return []
        name = self._names.before(reading.text, start, reading.done, marked=False, any_case=True, comma=True)
        if name is None or not name.slug:
            name = None
            alone = not reading.text.low[:start].strip()
            beside = (_BESIDE if alone else _IN).match(reading.text.low, places.end())
            if beside is None or self._names.known_after(reading.text, beside.end()) is None:
                return []
        return self._provisions(reading, places, name)

    def _act(self, reading: _Reading, start: int) -> list[Citation]:
        text = reading.text
        match = ACT.match(text.clean, start)
        act = read_act(match.group()) if match else None
        if match is None or act is None or text.low[match.end() : match.end() + 1].isalnum():
            return []
        found = self._places_in_act(reading, LawName(start, match.end(), match.group(), act=act))
        if found:
            return found
        reading.done = match.end()
        begin, end = text.original(start, match.end())
        return [Citation(kind=CitationKind.ACT, text=text.text[begin:end], start=begin, end=end, act=act)]

    def _places_in_act(self, reading: _Reading, act: LawName) -> list[Citation]:
        """The places after an act by number: "lov nr. 647 af 8. juni 2016, § 1". Inside an act a comma parts the two."""
        beside = (_TO_SECTION if reading.context.law is None else _TO_SECTION_NO_COMMA).match(reading.text.low, act.end)
        places = PLACES.match(reading.text.clean, beside.end()) if beside else None
        if places is None or self._after(reading, places.end())[0]:
            return []
        return self._provisions(reading, places, act)

    def _practice(self, reading: _Reading, start: int) -> list[Citation]:
        match = PRACTICE.match(reading.text.clean, start)
        if match is None or (match.group()[0] == "u" and not match.group().startswith("ufr") and not reading.tolerant):
            return []
        found = []
        for first, last, practice in read_practice(match.group()):
            begin, end = reading.text.original(start + first, start + last)
            found.append(Citation(kind=CitationKind.PRACTICE, text=reading.text.text[begin:end], start=begin, end=end, practice=practice))
            reading.done = start + last
        return found

    def _provisions(self, reading: _Reading, places: re.Match[str], before: LawName | None) -> list[Citation]:
        members = read_provisions(places.group())
        if not members:
            return []
        start, end = places.span()
        if before is None and (members[0].article or _MARK.match(places.group())):
            comma = reading.tolerant or reading.context.law is None
            before = self._names.before(reading.text, start, reading.done, comma=comma)
        after, chain = self._after(reading, end)
        if before and after and members[0].item == members[-1].item:
            after, chain = None, False
        laws = [law_of(member, members, before, after, chain) for member in members]
        reading.done = after.end if after else end
        found = []
        for position, (member, law) in enumerate(zip(members, laws, strict=True)):
            if member.article:
                continue
            first = before.start if before and position == 0 else start + member.start
            last = after.end if after and position == len(members) - 1 else start + member.end
            found.append(self._placed(reading, first, last, member, law))
        return found

    def _after(self, reading: _Reading, end: int) -> tuple[LawName | None, bool]:
        """The law named after a place, and whether a comma before "i" makes it hold for a whole "§ 58, jf. § 59, i X"."""
        low = reading.text.low
        within = _IN.match(low, end)
        if within:
            return self._names.after(reading.text, within.end()), low[end] == ","
        beside = _BESIDE.match(low, end)
        if beside and (reading.tolerant or "," not in beside.group()):
            name = self._names.known_after(reading.text, beside.end())
            # "§ 38, stk. 1 Lov om aktiv socialpolitik": a capital begins the next line of a list, not the name that belongs here
            if name and (reading.tolerant or name.words.isupper() or name.words[0].islower()):
                return name, False
        return None, False

    def _placed(self, reading: _Reading, first: int, last: int, member: Member, law: LawName | None) -> Citation:
        """The citation at ``first:last`` of the clean text, with its law and with what the context knows."""
        context = reading.context
        slug = meant_by(law, context, self._registry) if law else context.law
        address = member.address
        if member.relative and slug == context.law and (law is None or law.own):
            address = in_context(address, member.sentence, context)
        start, end = reading.text.original(first, last)
        return Citation(
            kind=CitationKind.CHAPTER if member.chapter else CitationKind.PROVISION,
            text=reading.text.text[start:end],
            start=start,
            end=end,
            law=slug,
            law_words=law.words if law else "",
            address=address,
            through=member.through,
            sentence=member.sentence,
            chapter=member.chapter,
            act=law.act if law else None,
            former=law.former if law else False,
        )


def _with_law_of(citation: Citation, other: Citation) -> Citation:
    return replace(citation, law=other.law, law_words=other.law_words, act=other.act, former=other.former)


def _moved(citation: Citation, text: str, offset: int) -> Citation:
    start, end = citation.start + offset, citation.end + offset
    return replace(citation, start=start, end=end, text=text[start:end])
