"""Domsdatabasen through its official interface: which judgments there are, as metadata and links. For users with an account of their own.

Judgments may be pseudonymised again or withdrawn. So nothing of their text is read, nothing is kept as a snapshot, and what is withdrawn, or no
longer listed, disappears (``erases``) instead of being marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from indexers.fetch_errors import LayoutChanged, Refused, WrongContent
from indexers.fetched import Fetch, Fetched
from indexers.source import MAIN, Item, Parts, Plan, ReadState
from vidensplatform.law.model import DocumentKind, NodeKind, Part, Provision, Version

API: Final = "https://domsdatabasen.dk/webapi/kapi/v2"
PER_PAGE: Final = 100
FEWEST_KEPT: Final = 0.5
"""Where the list holds less than this share of the judgments known, it is a fault of the list, and nothing is erased."""

_MOST_PAGES = 1000
_LEFT_OUT = frozenset({"contentHtml", "contentPdf", "contentText"})


@dataclass(frozen=True, slots=True)
class Account:
    """What the user signs in with. Never written down and never shown."""

    email: str
    password: str = field(repr=False)


class Domsdatabasen:
    """Court judgments as metadata and links."""

    name = "domsdatabasen"
    title = "Domsdatabasen"
    erases = True

    def __init__(self, account: Account | None) -> None:
        self._account = account
        self._key = ""

    def plan(self, fetch: Fetch, state: ReadState, now: datetime) -> Plan:
        """All judgments that are new or changed, and those to erase. Without an account nothing is asked."""
        if self._account is None:
            return Plan("ingen konto", notes=("Domsdatabasen læses ikke: det kræver en konto, som Domstolsstyrelsen giver efter ansøgning.",))
        items: list[Item] = []
        listed: set[str] = set()
        for case in self._cases(fetch):
            item = _item(case)
            if item is None or item.id in listed:
                continue
            listed.add(item.id)
            known = state.known.get(item.id)
            if item.removed:
                if known is not None and not known.removed:
                    items.append(item)
            elif known is None or known.removed or known.changed is None or item.changed is None or item.changed > known.changed:
                items.append(item)
        before = {i for i, known in state.known.items() if not known.removed}
        gone = sorted(before - listed)
        if before and len(gone) > len(before) * (1 - FEWEST_KEPT):
            raise LayoutChanged(f"{API}/sager", f"Listen mangler {len(gone)} af {len(before)} kendte domme; intet er slettet.")
        items.extend(Item(i, _page(i.partition("/")[2]), removed=True) for i in gone)
        return Plan("fuld liste", tuple(items), now)

    def _cases(self, fetch: Fetch) -> Iterator[Mapping[str, Any]]:
        for page in range(1, _MOST_PAGES):
            url = f"{API}/sager?sideNr={page}&perSide={PER_PAGE}"
            cases = _list(self._asked(url, fetch))
            yield from cases
            if len(cases) < PER_PAGE:
                return
        raise LayoutChanged(f"{API}/sager", "Listen har ingen ende.")

    def _asked(self, url: str, fetch: Fetch) -> Fetched:
        """An answer, signed in; where the key has run out, once more with a new one."""
        for again in (False, True):
            if not self._key or again:
                self._key = self._sign_in(fetch)
            try:
                return fetch.get(url, accept="application/json", headers={"Authorization": f"Bearer {self._key}"}, check=_is_json, keep=False)
            except Refused:
                if again:
                    raise
        raise AssertionError("unreachable")

    def _sign_in(self, fetch: Fetch) -> str:
        if self._account is None:
            raise AssertionError("asked without an account")
        answer = _json(fetch.post(f"{API}/autoriser", {"Email": self._account.email, "Password": self._account.password}, check=_is_json))
        key = answer.get("tokenString") if isinstance(answer, dict) else None
        if not isinstance(key, str) or not key or not key.isprintable():
            raise LayoutChanged(f"{API}/autoriser", "Domsdatabasen gav ikke en adgangsnøgle.")
        return key

    def fetch(self, item: Item, fetch: Fetch) -> Parts:
        """What the list already held."""
        return {
            MAIN: Fetched(item.url, item.url, 200, {"content-type": "application/json"}, item.content.encode(), item.changed or datetime.now(UTC))
        }

    def parse(self, parts: Parts, item: Item) -> Version:
        """The judgment's metadata. Raises :class:`LayoutChanged` where it has neither headline nor number."""
        case = _json(parts[MAIN])
        if not isinstance(case, dict):
            raise LayoutChanged(item.url, "Dommen er ikke et JSON-objekt.")
        number = _words(case.get("courtCaseNumber"))
        headline = _words(case.get("headline")) or number
        if not headline:
            raise LayoutChanged(item.url, "Dommen har hverken overskrift eller sagsnummer.")
        documents = [d for d in case.get("documents") or () if isinstance(d, dict) and not d.get("revokedDateTime")]
        metadata = [("court", _words(case.get("officeName"))), ("case-number", number), ("verdict-status", _words(case.get("verdictStatus")))]
        metadata.extend(("subject", subject) for subject in _subjects(case.get("caseSubjects")))
        metadata.extend(("ecli", _words(d.get("ecli"))) for d in documents)
        metadata.append(("url", item.url))
        dates = sorted(day for d in documents if (day := _day(d.get("verdictDateTime"))))
        return Version(
            eli=item.id,
            kind=DocumentKind.OTHER,
            title=headline,
            document_type="dom",
            short_name=number,
            signed=dates[-1] if dates else None,
            ministry=_words(case.get("officeName")),
            metadata=tuple(pair for pair in metadata if pair[1]),
            provisions=(Provision(NodeKind.TITLE, Part.TITLE, text=headline),),
        )

    def wants(self, version: Version) -> bool:
        """All of them."""
        return True

    def follow(self, version: Version, parts: Parts, fetch: Fetch) -> Iterable[Item]:
        """None."""
        return ()

    def gaps(self) -> tuple[str, ...]:
        """None that its plan does not tell of."""
        return ()


def _item(case: Mapping[str, Any]) -> Item | None:
    """A judgment of the list, without any text; withdrawn where all its documents are."""
    number = case.get("id")
    if not isinstance(number, int | str) or not str(number).strip():
        return None
    documents = [document for document in case.get("documents") or () if isinstance(document, dict)]
    withdrawn = bool(case.get("revokedDateTime")) or (bool(documents) and all(document.get("revokedDateTime") for document in documents))
    kept = {name: value for name, value in case.items() if name not in _LEFT_OUT}
    kept["documents"] = [{name: value for name, value in document.items() if name not in _LEFT_OUT} for document in documents]
    changed = [when for name in ("updatedDateTime", "changedDateTime", "publishedDateTime") if (when := _when(case.get(name)))]
    content = "" if withdrawn else json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return Item(f"domsdatabasen/{number}", _page(str(number)), max(changed, default=None), "", content, withdrawn)


def _page(number: str) -> str:
    return f"https://domsdatabasen.dk/#sag/{number}"


def _list(fetched: Fetched) -> list[Mapping[str, Any]]:
    answer = _json(fetched)
    if isinstance(answer, dict):
        answer = next((value for value in answer.values() if isinstance(value, list)), None)
    if not isinstance(answer, list):
        raise LayoutChanged(fetched.url, "Domsdatabasen svarede ikke med en liste af sager.")
    cases: list[Mapping[str, Any]] = [case for case in answer if isinstance(case, dict)]
    if answer and not any("id" in case for case in cases):
        raise LayoutChanged(fetched.url, "Domsdatabasens sager har intet id.")
    return cases


def _subjects(value: object) -> Iterator[str]:
    for subject in value if isinstance(value, list) else ():
        words = _words(subject.get("displayText") or subject.get("name") or subject.get("text")) if isinstance(subject, dict) else _words(subject)
        if words:
            yield words


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _day(value: object) -> date | None:
    when = _when(value)
    return when.date() if when else None


def _when(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value or ""))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _json(fetched: Fetched) -> Any:
    try:
        return json.loads(fetched.body)
    except ValueError as error:
        raise LayoutChanged(fetched.url, "Svaret er ikke JSON.") from error


def _is_json(fetched: Fetched) -> None:
    try:
        json.loads(fetched.body)
    except ValueError:
        raise WrongContent(fetched.url, "Domsdatabasen svarede ikke med JSON.") from None
