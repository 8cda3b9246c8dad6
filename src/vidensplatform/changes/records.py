"""What the pages and commands about time are told: small immutable values in the words that the program shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from vidensplatform.changes.acts import ByAct, Tie, short_act
from vidensplatform.law.diff import ChangeKind
from vidensplatform.law.subsections import SubsectionChange
from vidensplatform.law.worddiff import Diff

KIND_WORDS = {
    ChangeKind.ADDED: "ny",
    ChangeKind.AMENDED: "ændret",
    ChangeKind.REPEALED: "ophævet",
    ChangeKind.MOVED: "flyttet",
    ChangeKind.HEADING: "ny overskrift",
    ChangeKind.EDITORIAL: "kun redaktionelt",
}
"""What the program calls each kind."""

WAY_WORDS = {"vedtaget": "Vedtaget, ikke i teksten", "senere": "Træder i kraft senere", "minister": "Afventer ministeren", "lovforslag": "Lovforslag"}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change in a list. ``id`` is stable over rebuilds; ``day`` is what lists are ordered by: the effective date, else the newer text's signature.

    ``moved_to``/``moved_from`` are provisions ("barnets-lov/85") or numbers in the same act; ``reason`` says why ``effective`` is None.
    """

    id: str
    law: str
    law_label: str
    section: str
    label: str
    kind: ChangeKind
    from_version: str
    to_version: str
    day: date | None
    effective: date | None
    reason: str
    by: tuple[ByAct, ...]
    heading: str
    excerpt: str
    moved_to: tuple[str, ...]
    moved_from: tuple[str, ...]
    cards: tuple[str, ...]
    read: bool
    followed: bool

    @property
    def kind_words(self) -> str:
        """The kind as the program says it: "ændret"."""
        return KIND_WORDS[self.kind]

    @property
    def sure_acts(self) -> tuple[ByAct, ...]:
        """The amending acts that are known to be behind it, not only possible."""
        return tuple(b for b in self.by if b.tie in (Tie.TOUCHES, Tie.ONLY))

    @property
    def likely_act(self) -> ByAct | None:
        """The one of the possible amending acts whose title stands out, None where none does."""
        return next((b for b in self.by if b.tie is Tie.SUBJECT), None)


@dataclass(frozen=True, slots=True)
class PartDiff:
    """The difference of one subsection: ``label`` is "Stk. 2" or "Stk. 2 → Stk. 3"."""

    label: str
    diff: Diff


@dataclass(frozen=True, slots=True)
class ChangeDetail:
    """A change as it is read: the words that went and came, in all and per subsection, and what is not known of it.

    ``parts`` is empty where a section has no subsections; ``why`` says why an editorial change is one; ``notes`` are sentences to show with it.
    """

    row: ChangeRow
    diff: Diff
    old_text: str
    new_text: str
    old_heading: str = ""
    new_heading: str = ""
    parts: tuple[PartDiff, ...] = ()
    subsections: tuple[SubsectionChange, ...] = ()
    why: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFilter:
    """What to list; an empty one lists all. ``by_act`` orders by act, then day; otherwise the newest day stands first."""

    laws: frozenset[str] = frozenset()
    section: str | None = None
    areas: frozenset[str] = frozenset()
    kinds: frozenset[ChangeKind] = frozenset()
    since: date | None = None
    until: date | None = None
    found_after: datetime | None = None
    followed_only: bool = False
    unread_only: bool = False
    substantive_only: bool = False
    by_act: bool = False


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One page of a list; ``next`` is what :meth:`feed` takes as ``after`` for the following one, None at the end."""

    rows: tuple[ChangeRow, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ChangeCount:
    """How many changes a filter lets through."""

    total: int
    unread: int


class Way(StrEnum):
    """How far an amendment that the text does not hold has come."""

    ENACTED = "vedtaget"
    LATER = "senere"
    MINISTER = "minister"
    BILL = "lovforslag"


@dataclass(frozen=True, slots=True)
class PendingWords:
    """An instruction of an amending act: where it stands ("§ 1, nr. 3"), its words, the words it puts in, and the sections it touches.

    ``by_minister``: its commencement is left to the minister.
    """

    place: str
    words: str
    new_text: str
    sections: tuple[str, ...]
    effective: date | None
    commencement: str
    by_minister: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """An amendment that the shown text does not hold.

    ``sections`` are those of the amended act that are touched, empty where that is not known. ``effective`` is None where nothing dates it;
    ``commencement`` are the words on its commencement, or what is not known. ``instructions`` are the amending act's own words, where the
    library holds it.
    """

    law: str
    law_label: str
    way: Way
    eli: str | None
    title: str
    sections: tuple[str, ...]
    effective: date | None
    commencement: str
    instructions: tuple[PendingWords, ...] = ()

    @property
    def short(self) -> str:
        """The act in few words: "lov nr. 329/2024 (…)"."""
        return short_act(self.eli, self.title)

    @property
    def way_words(self) -> str:
        """How far it has come, as the program says it."""
        return WAY_WORDS[self.way]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A provision at one step of its life: the change that led to it, or, of the first one, the text it is first known in (``change`` None).

    ``law`` and ``section`` are what it was called then.
    """

    law: str
    section: str
    label: str
    version: str
    version_title: str
    signed: date | None
    text: str
    change: ChangeDetail | None = None


@dataclass(frozen=True, slots=True)
class History:
    """A provision's own history, newest first, what is on its way, and sentences on what the library cannot know of it."""

    law: str
    section: str
    label: str
    entries: tuple[HistoryEntry, ...]
    pending: tuple[Pending, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AsOf:
    """Which text of an act is shown for a day (None: none), and sentences on what the library cannot know of that day."""

    law: str
    day: date
    eli: str | None
    title: str
    notes: tuple[str, ...]


class FollowKind(StrEnum):
    """What can be followed. Keys: act "serviceloven", section "serviceloven/110", ids of area and situation, a search's words."""

    ACT = "lov"
    SECTION = "paragraf"
    AREA = "område"
    SITUATION = "situation"
    SEARCH = "søgning"


@dataclass(frozen=True, slots=True)
class Follow:
    """Something followed, since when, and how many of its changes are unread."""

    kind: FollowKind
    key: str
    title: str
    since: datetime
    unread: int = 0


class Outcome(StrEnum):
    """What somebody did about a card in the queue."""

    READ = "læst"
    MENDED = "rettet"


@dataclass(frozen=True, slots=True)
class Settlement:
    """That somebody saw to an entry of the queue."""

    entry: str
    card: str
    outcome: Outcome
    by: str
    note: str
    at: datetime


class QueueWhy(StrEnum):
    """Why a card is in the queue. The value is what the program shows."""

    CHANGED = "teksten er ændret siden kontrol"
    GONE = "bestemmelsen findes ikke i den viste tekst"
    PENDING = "en vedtaget ændring er ikke i teksten"
    PRACTICE = "praksis, som kortet henviser til, er ikke gældende"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A card to look at, and why.

    ``id`` holds what the reason is about (the new text's hash, the act, the practice), so that a settlement ends with the next change. ``diff``
    is from the text the card was checked against to the one shown; empty where the older one is not in the library (``note`` then says so).
    """

    id: str
    card: str
    card_title: str
    why: QueueWhy
    provision: str
    label: str
    since: date | None
    diff: Diff = ()
    changes: tuple[str, ...] = ()
    moved_to: tuple[str, ...] = ()
    pending: Pending | None = None
    practice: str = ""
    note: str = ""
    settled: Settlement | None = None


@dataclass(frozen=True, slots=True)
class PracticeChange:
    """Practice or guidance that no longer stands as it did: withdrawn, or replaced by something newer; ``cards`` cite it."""

    id: str
    label: str
    title: str
    status: str
    replaced_by: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewLaw:
    """What happened to one act in the period."""

    law: str
    title: str
    changes: tuple[ChangeDetail, ...]
    pending: tuple[Pending, ...] = ()

    @property
    def possible_acts(self) -> tuple[str, ...]:
        """The acts of which nobody can tell which of the changes they made."""
        return tuple(dict.fromkeys(b.short for c in self.changes for b in c.row.by if b.tie in (Tie.AMONG, Tie.SUBJECT)))


@dataclass(frozen=True, slots=True)
class Review:
    """A period in review, for a team meeting: by act, then practice, then the cards that wait for somebody."""

    since: date
    until: date
    followed_only: bool
    laws: tuple[ReviewLaw, ...]
    practice: tuple[PracticeChange, ...]
    queue: tuple[QueueEntry, ...]
    card_titles: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def diff_json(diff: Diff) -> list[list[str]]:
    """A difference as JSON has it."""
    return [[op, piece] for op, piece in diff]
