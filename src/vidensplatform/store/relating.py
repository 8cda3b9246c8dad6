"""References whose target came into the library after them, and those that lead nowhere still."""

from __future__ import annotations

from dataclasses import dataclass

from vidensplatform.law.registry import slug_of_title
from vidensplatform.store.practice import eli_of_practice
from vidensplatform.store.writing import Rows

_NAMELESS = (
    "",
    *("loven", "lovens", "denne lov", "denne lovs", "samme lov", "samme lovs"),
    *("bekendtgørelsen", "bekendtgørelsens", "denne bekendtgørelse", "denne bekendtgørelses"),
)
"""What texts say for a law that they do not name."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Something that texts refer to and the library does not hold: as they word it, what kind it is, and how many references there are."""

    words: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Belonging:
    """A document that belongs to an act: an order, guideline or circular issued under it."""

    eli: str
    kind: str
    label: str
    title: str


class RelatingRows(Rows):
    """The references of a library. Mixed into :class:`~vidensplatform.store.library.Library`."""

    def relate_anew(self) -> int:
        """Resolve references whose target came into the library after them: acts by number, laws by a title the registry does not know, practice.

        Returns how many were resolved. References to an earlier law ("den tidligere lov om …") are left alone.
        """
        titles = self._db.execute("SELECT id, title, name FROM works WHERE kind = 'lov' ORDER BY id").fetchall()
        works = {slug_of_title(name): row["id"] for row in titles for name in (row["name"], row["title"]) if name}
        unresolved = self._db.execute("SELECT DISTINCT law_words FROM refs WHERE target_work IS NULL AND law_words != '' AND NOT former").fetchall()
        found = []
        for (words,) in unresolved:
            name = slug_of_title(words)
            work = works.get(name) or (works.get(name.removesuffix("s")) if name.endswith("s") else None)
            if work is not None:
                found.append((work, words))
        with self.transaction():
            by_number = self._db.execute(
                "UPDATE refs SET target_work = (SELECT work FROM versions WHERE eli = refs.act_eli) "
                "WHERE target_work IS NULL AND NOT former AND act_eli IN (SELECT eli FROM versions)"
            )
            by_title = self._db.executemany("UPDATE refs SET target_work = ? WHERE target_work IS NULL AND law_words = ? AND NOT former", found)
            by_practice = self._resolve_practice()
        return max(0, by_number.rowcount) + max(0, by_title.rowcount) + by_practice

    def _resolve_practice(self) -> int:
        cited = self._db.execute("SELECT DISTINCT practice FROM refs WHERE target_work IS NULL AND practice IS NOT NULL").fetchall()
        resolved = 0
        for (practice,) in cited:
            eli = eli_of_practice(practice)
            row = self._db.execute("SELECT work FROM versions WHERE eli = ?", (eli,)).fetchone() if eli else None
            if row is not None:
                done = self._db.execute("UPDATE refs SET target_work = ? WHERE target_work IS NULL AND practice = ?", (row["work"], practice))
                resolved += done.rowcount
        return resolved

    def documents_under(self, work: str) -> list[Belonging]:
        """The orders, guidelines and circulars that name the act in their title or preamble, or that their source ties to it; newest first."""
        rows = self._db.execute(
            "SELECT DISTINCT v.eli, v.kind, v.short_name, v.title, v.signed FROM refs r JOIN versions v ON v.id = r.version "
            "JOIN provisions p ON p.version = r.version AND p.ord = r.ord WHERE r.target_work = ? AND v.current "
            "AND v.kind IN ('bekendtgørelse', 'vejledning', 'cirkulære') AND p.part IN ('titel', 'indledning') ORDER BY v.signed DESC, v.eli",
            (work,),
        )
        return [Belonging(row["eli"], row["kind"], row["short_name"] or row["eli"], row["title"]) for row in rows]

    def unresolved(self, limit: int = 20) -> list[Unresolved]:
        """What the shown texts refer to most that could not be resolved: acts by number, laws by their words, decisions.

        References without any name of a law ("§ 5", "lovens § 5") and to an earlier law say too little to be missing anything; they are not here.
        """
        rows = self._db.execute(
            "SELECT coalesce(r.act_eli, r.practice, r.law_words) AS words, "
            "CASE WHEN r.act_eli IS NOT NULL THEN 'nummer' WHEN r.practice IS NOT NULL THEN 'praksis' ELSE 'titel' END AS kind, count(*) AS number "
            "FROM refs r JOIN versions v ON v.id = r.version WHERE v.current AND r.target_work IS NULL AND NOT r.former "
            "GROUP BY 1, 2 ORDER BY number DESC, words LIMIT ?",
            (limit + len(_NAMELESS),),
        )
        named = [row for row in rows if row["words"].casefold() not in _NAMELESS]
        return [Unresolved(row["words"], row["kind"], row["number"]) for row in named[:limit]]
