"""What one user follows, reads and sees to; the consultants' queue; the review and its files."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from changing import ACT, CARE, CHAIN, FIRST, LOAN, SECOND, THIRD, amending, put, text
from docx import Document
from small import quick

from vidensplatform.changes import review as periods
from vidensplatform.changes.building import bring_up_to_date
from vidensplatform.changes.exporting import shortened, to_html, to_markdown
from vidensplatform.changes.facade import Changes
from vidensplatform.changes.records import ChangeFilter, FollowKind, Outcome, QueueWhy
from vidensplatform.changes.word import to_docx
from vidensplatform.curation import stamp_cards
from vidensplatform.errors import LibraryDamaged, LibraryTooNew, QueryError
from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.law.diff import ChangeKind
from vidensplatform.law.model import DocumentKind, Status, Version
from vidensplatform.settings import Home
from vidensplatform.store.library import Library
from vidensplatform.store.personal import Personal

ONE = "baenkeloven/1@lta/2032/9:amended"
TWO = "baenkeloven/2@lta/2033/11:moved"
FOUR = "baenkeloven/4@lta/2033/11:moved"


def asking(home: Home, cards: Corpus, library: Library) -> Changes:
    return Changes(home, cards, library, library.text_sha256, lambda _: {("baenkeloven", "4")}, threading.RLock())


@pytest.fixture
def changes(home: Home, library: Library, cards: Corpus) -> Iterator[Changes]:
    for version in (*CHAIN, ACT):
        put(library, version)
    bring_up_to_date(library, cards)
    asked = asking(home, cards, library)
    yield asked
    asked.close()


def ids(changes: Changes, filters: ChangeFilter | None = None) -> list[str]:
    return [row.id for row in changes.feed(filters).rows]


class TestFeed:
    def test_the_newest_day_stands_first_and_then_the_order_of_the_text(self, changes: Changes) -> None:
        assert ids(changes) == [TWO, FOUR, ONE]

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            (ChangeFilter(laws=frozenset({"parasolloven"})), []),
            (ChangeFilter(section="1"), [ONE]),
            (ChangeFilter(section="2a"), [TWO]),
            (ChangeFilter(kinds=frozenset({ChangeKind.MOVED})), [TWO, FOUR]),
            (ChangeFilter(since=date(2031, 7, 1), until=date(2031, 7, 1)), [ONE]),
            (ChangeFilter(since=date(2032, 1, 1)), [TWO, FOUR]),
            (ChangeFilter(areas=frozenset({"bolig"})), [ONE]),
            (ChangeFilter(areas=frozenset({"skygge"})), []),
            (ChangeFilter(substantive_only=True, by_act=True), [TWO, FOUR, ONE]),
        ],
    )
    def test_filters(self, changes: Changes, filters: ChangeFilter, expected: list[str]) -> None:
        assert ids(changes, filters) == expected
        assert changes.count(filters).total == len(expected)

    @pytest.mark.parametrize("by_act", [False, True])
    def test_pages_hold_every_change_once(self, changes: Changes, library: Library, cards: Corpus, by_act: bool) -> None:
        for year in range(2034, 2040):
            put(library, text(year, 20, {str(n): (f"Regel nummer {n} om bænke og skamler i år {year}.",) for n in range(1, 12)}))
            put(library, text(year, 30, {"9": (f"Om skygge i {year} og parasoller på torvet.",)}, title="Lov om parasoller"), "parasolloven")
        bring_up_to_date(library, cards)
        filters = ChangeFilter(by_act=by_act)
        whole = [row.id for row in changes.feed(filters, limit=1000).rows]
        paged, after = [], None
        while True:
            page = changes.feed(filters, after=after, limit=7)
            paged += [row.id for row in page.rows]
            if (after := page.next) is None:
                break
        assert len(whole) > 40
        assert paged == whole
        assert len(set(whole)) == len(whole)

    def test_a_place_that_no_page_gave_is_refused(self, changes: Changes) -> None:
        with pytest.raises(QueryError):
            changes.feed(after="nonsens")

    def test_a_change_has_its_words_its_act_and_its_cards(self, changes: Changes) -> None:
        one = changes.change(ONE)
        assert one is not None
        assert [p for p in one.diff if p[0] != "="] == [("-", " en nat"), ("+", " to nætter")]
        assert one.row.cards == ("laanebaenk", "altid-vejlede")
        assert changes.change("hat") is None


class TestMarks:
    def test_what_was_read_is_not_unread(self, changes: Changes) -> None:
        assert changes.count().unread == 3
        changes.mark_read([ONE])
        assert ids(changes, ChangeFilter(unread_only=True)) == [TWO, FOUR]
        assert [row.read for row in changes.feed().rows] == [False, False, True]
        changes.mark_read([ONE], read=False)
        assert changes.count().unread == 3

    def test_all_that_a_filter_lets_through_is_marked(self, changes: Changes) -> None:
        assert changes.mark_all_read(ChangeFilter(kinds=frozenset({ChangeKind.MOVED}))) == 2
        assert changes.unread_count() == 1

    @pytest.mark.parametrize(
        ("kind", "key", "expected"),
        [
            (FollowKind.ACT, "baenkeloven", [TWO, FOUR, ONE]),
            (FollowKind.SECTION, "baenkeloven/4", [FOUR]),
            (FollowKind.AREA, "bolig", [ONE]),
            (FollowKind.SITUATION, "uden-husly", [TWO, ONE]),
            (FollowKind.SEARCH, "skygge på torvet", [FOUR]),
        ],
    )
    def test_following(self, changes: Changes, kind: FollowKind, key: str, expected: list[str]) -> None:
        changes.follow(kind, key)
        assert changes.is_followed(kind, key)
        assert ids(changes, ChangeFilter(followed_only=True)) == expected
        (one,) = changes.followed()
        assert (one.kind, one.key, one.unread) == (kind, key, len(expected))
        assert [row.id for row in changes.feed().rows if row.followed] == expected
        assert changes.unread_count() == len(expected)
        assert changes.unfollow(kind, key)
        assert not changes.unfollow(kind, key)
        assert changes.followed() == ()

    def test_what_is_not_there_cannot_be_followed(self, changes: Changes) -> None:
        for kind, key in ((FollowKind.AREA, "hat"), (FollowKind.SITUATION, "hat"), (FollowKind.SEARCH, " "), (FollowKind.SECTION, "baenkeloven")):
            with pytest.raises(QueryError):
                changes.follow(kind, key)

    def test_nothing_is_written_before_something_is_marked(self, changes: Changes, home: Home) -> None:
        changes.feed()
        changes.followed()
        changes.queue(settled=True)
        changes.unread_count()
        assert not home.personal.exists()
        changes.mark_read([ONE])
        assert home.personal.exists()

    def test_marks_outlive_a_new_library(self, changes: Changes, home: Home, cards: Corpus, library: Library) -> None:
        changes.mark_read([ONE])
        changes.follow(FollowKind.ACT, "baenkeloven")
        changes.close()
        library.close()
        for file in home.folder.glob("library.sqlite3*"):
            file.unlink()
        with Library.open(home.database) as again:
            for version in (THIRD, ACT, FIRST, SECOND):
                put(again, version)
            bring_up_to_date(again, cards)
            anew = asking(home, cards, again)
            assert [row.id for row in anew.feed().rows if row.read] == [ONE]
            assert [f.key for f in anew.followed()] == ["baenkeloven"]
            anew.close()

    def test_since_you_last_looked(self, changes: Changes, library: Library, cards: Corpus) -> None:
        assert changes.last_looked() is None
        assert len(changes.since_last_look().rows) == 3
        changes.looked()
        assert changes.last_looked() is not None
        assert changes.since_last_look().rows == ()
        put(library, text(2034, 20, {"1": (LOAN,), "2a": (CARE,)}))
        bring_up_to_date(library, cards)
        assert [row.id for row in changes.since_last_look().rows] == ["baenkeloven/1@lta/2034/20:amended"]

    def test_a_file_that_is_not_ours_is_refused(self, tmp_path: Path, home: Home, library: Library) -> None:
        with pytest.raises(LibraryDamaged):
            Personal(home.database)
        made = Personal(tmp_path / "mine.sqlite3")
        made._db.execute("PRAGMA user_version = 99")
        made.close()
        with pytest.raises(LibraryTooNew):
            Personal(tmp_path / "mine.sqlite3")


class TestQueue:
    @pytest.fixture
    def stamped(self, home: Home, library: Library, tmp_path: Path) -> Path:
        """Cards that were checked against the first text."""
        put(library, FIRST)
        folder = tmp_path / "corpus"
        quick(home)
        stamp_cards(home, folder, ["laanebaenk", "baenkejournal"])
        return folder

    def queue_of(self, home: Home, folder: Path, library: Library) -> Changes:
        return asking(home, load(folder), library)

    def test_a_changed_text_brings_its_card_with_old_and_new_words(self, home: Home, cards: Corpus, library: Library, stamped: Path) -> None:
        changes = self.queue_of(home, stamped, library)
        assert changes.queue() == ()
        put(library, SECOND)
        bring_up_to_date(library, load(stamped))
        (entry,) = changes.queue()
        assert (entry.card, entry.why, entry.label, entry.changes) == ("laanebaenk", QueueWhy.CHANGED, "BÆL § 1", (ONE,))
        assert [p for p in entry.diff if p[0] != "="] == [("-", " en nat"), ("+", " to nætter")]
        assert changes.why_queued("laanebaenk") == (entry,)
        changes.close()

    def test_a_provision_that_is_gone_says_where_its_rule_is(self, home: Home, cards: Corpus, library: Library, stamped: Path) -> None:
        for version in (SECOND, THIRD):
            put(library, version)
        bring_up_to_date(library, load(stamped))
        changes = self.queue_of(home, stamped, library)
        gone = next(e for e in changes.queue() if e.card == "baenkejournal")
        assert (gone.why, gone.moved_to) == (QueueWhy.GONE, ("2a",))
        assert "BÆL § 2 a" in gone.note
        changes.close()

    def test_what_was_seen_to_leaves_until_the_text_changes_again(self, home: Home, cards: Corpus, library: Library, stamped: Path) -> None:
        put(library, SECOND)
        bring_up_to_date(library, load(stamped))
        changes = self.queue_of(home, stamped, library)
        (entry,) = changes.queue()
        with pytest.raises(QueryError):
            changes.mark_mended(entry.id, by=" ")
        with pytest.raises(QueryError):
            changes.mark_mended("hat", by="Ditte")
        done = changes.mark_mended(entry.id, by=" Ditte Holm ", note="summary rettet", outcome=Outcome.READ)
        assert (done.by, done.note, done.card, done.outcome) == ("Ditte Holm", "summary rettet", "laanebaenk", Outcome.READ)
        assert changes.queue() == ()
        assert [e.settled for e in changes.queue(settled=True)] == [done]
        assert changes.settlements("laanebaenk") == (done,)
        put(library, text(2034, 20, {"1": ("Nye ord om bænke.",), "2": (CARE,)}))
        bring_up_to_date(library, load(stamped))
        assert [e.card for e in changes.queue()] == ["laanebaenk"]
        changes.close()

    def test_a_card_that_is_stamped_again_leaves_by_itself(self, home: Home, cards: Corpus, library: Library, stamped: Path) -> None:
        put(library, SECOND)
        bring_up_to_date(library, load(stamped))
        stamp_cards(home, stamped, ["laanebaenk"], renew=True)
        changes = self.queue_of(home, stamped, library)
        assert changes.queue(settled=True) == ()
        changes.close()

    def test_an_enacted_amendment_brings_the_cards_of_its_sections(self, home: Home, cards: Corpus, library: Library, stamped: Path) -> None:
        put(library, amending(2034, 60, {"1": "§ 1, stk. 2, ophæves."}, "Loven træder i kraft den 1. juli 2034."))
        bring_up_to_date(library, load(stamped))
        changes = self.queue_of(home, stamped, library)
        assert {(e.card, e.why) for e in changes.queue()} == {("laanebaenk", QueueWhy.PENDING), ("altid-vejlede", QueueWhy.PENDING)}
        changes.close()

    def test_practice_that_was_withdrawn_flags_the_card_that_cites_it(self, home: Home, cards: Corpus, library: Library) -> None:
        changes = asking(home, cards, library)
        assert changes.practice() == ()
        old = Version(
            eli="ast/9-31", kind=DocumentKind.DECISION, title="Bænk i regnvejr", status=Status.HISTORIC, metadata=(("reissued-as", "1-33"),)
        )
        put(library, old, "pm-9-31")
        put(library, replace(old, eli="ast/1-33", status=Status.VALID, metadata=()), "pm-1-33")
        (found,) = changes.practice()
        assert (found.id, found.status, found.replaced_by, found.cards) == ("pm-9-31", "historisk", "pm-1-33", ("laanebaenk",))
        (entry,) = changes.queue()
        assert (entry.card, entry.why) == ("laanebaenk", QueueWhy.PRACTICE)
        assert "pm-1-33" in entry.note
        changes.close()


class TestReview:
    def test_a_period_holds_its_changes_and_what_comes_soon(self, changes: Changes, library: Library, cards: Corpus) -> None:
        put(library, amending(2033, 60, {"1": "§ 1, stk. 2, ophæves."}, "Loven træder i kraft den 1. marts 2033."))
        bring_up_to_date(library, cards)
        found = changes.review(date(2033, 1, 1), date(2033, 1, 31))
        (law,) = found.laws
        assert ([c.row.id for c in law.changes], [p.eli for p in law.pending]) == ([FOUR], ["lta/2033/60"])
        assert law.title == "Bænkeloven"
        assert changes.review(date(2031, 7, 1), date(2031, 7, 31)).laws[0].changes[0].row.id == ONE
        assert changes.review(date(2020, 1, 1), date(2020, 1, 31)).laws == ()

    def test_only_what_is_followed(self, changes: Changes) -> None:
        changes.follow(FollowKind.SECTION, "baenkeloven/4")
        found = changes.review(date(2031, 1, 1), date(2033, 12, 31), followed_only=True)
        assert [c.row.id for law in found.laws for c in law.changes] == [FOUR]

    def test_the_files_show_what_went_and_came_without_colour(self, changes: Changes) -> None:
        found = changes.review(date(2031, 7, 1), date(2031, 7, 31))
        assert "~~−en nat~~ **+to nætter**" in to_markdown(found)
        html = to_html(found)
        assert "<del>−en nat</del>" in html
        assert "<ins>+to nætter</ins>" in html
        runs = [run for p in Document(io.BytesIO(to_docx(found))).paragraphs for run in p.runs]
        assert [run.text for run in runs if run.font.strike] == ["−udgået", "−en nat"]
        assert [run.text for run in runs if run.font.underline] == ["+nyt", "+to nætter"]

    def test_html_of_a_text_is_text(self, changes: Changes, library: Library, cards: Corpus) -> None:
        put(library, text(2034, 20, {"1": ("<script>alert(1)</script> & bænke",), "2a": (CARE,)}))
        bring_up_to_date(library, cards)
        html = to_html(changes.review(date(2034, 1, 1), date(2034, 12, 31)))
        assert "<script>" not in html
        assert "&lt;script&gt;" in html

    def test_an_empty_period_says_so(self, changes: Changes) -> None:
        found = changes.review(date(2020, 1, 1), date(2020, 1, 31))
        assert "Ingen ændringer" in to_markdown(found)
        assert "Ingen ændringer" in to_html(found)
        assert any("Ingen ændringer" in p.text for p in Document(io.BytesIO(to_docx(found))).paragraphs)

    def test_long_stretches_that_stay_are_left_out(self) -> None:
        stays = " ".join(f"ord{n}" for n in range(100))
        (_, first), change, (_, last) = shortened((("=", stays), ("-", " væk"), ("=", stays)), around=3)
        assert (first, change, last) == ("[…] ord97 ord98 ord99", ("-", " væk"), "ord0 ord1 ord2 […]")

    @pytest.mark.parametrize(
        ("read", "text", "expected"),
        [
            (periods.month, "2026-02", (date(2026, 2, 1), date(2026, 2, 28))),
            (periods.month, "2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
            (periods.week, "2026-W01", (date(2025, 12, 29), date(2026, 1, 4))),
            (periods.week, "2026w53", (date(2026, 12, 28), date(2027, 1, 3))),
        ],
    )
    def test_periods(self, read: object, text: str, expected: tuple[date, date]) -> None:
        assert read(text) == expected  # type: ignore[operator]
        assert expected[1] - expected[0] >= timedelta(days=6)

    @pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026", "", "2025-W53", "2026-W00", "februar", "0000-01"])
    def test_what_is_no_period_is_refused(self, text: str) -> None:
        for read in (periods.month, periods.week):
            with pytest.raises(QueryError):
                read(text)
