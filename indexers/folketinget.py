"""Folketinget's open data (ODA): bills, where they are on their way, and which act became of them.

OData version 3. A field name that ODA does not know is left out of a filter in silence, and the answer is then everything: so every row of a
filtered answer is checked against the filter, and an answer that does not keep to it is refused. Pages hold at most 100 rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlsplit

from indexers.fetch_errors import LayoutChanged, Rejected, WrongContent
from indexers.fetched import Fetch, Fetched
from indexers.listing import when
from indexers.pace import DENMARK
from indexers.retsinformation.plan import Wanted
from indexers.source import MAIN, Item, Parts, Plan, ReadState
from vidensplatform.law.model import ActNumber, DocumentKind, NodeKind, Part, Provision, Version

ODA: Final = "https://oda.ft.dk/api"
BILL: Final = 3
CONFIRMED: Final = 11
PER_PAGE: Final = 100
EXTRACT: Final = 300
FIRST: Final = timedelta(days=400)
"""How far back bills are read the first time: the session at hand and the one before."""

_MOST_PAGES = 400
_NUMBER = re.compile(r"L\s*(\d{1,4})(?:\s*([A-Z]))?")
_EXPANDED = "Sagsstatus,Periode,SagDokument/Dokument/Fil"
_EXPANDED_QUOTED = quote(_EXPANDED, safe="")
_WITH_STEPS = quote(f"{_EXPANDED},Sagstrin", safe="")

Row = Mapping[str, Any]
Keeps = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill: ODA's own id, number ("L 79"), title, status in words, the act that it became, and ``ft/…`` for its text in Retsinformation."""

    id: int
    number: str
    title: str
    status: str
    act: ActNumber | None
    eli: str | None


def rows(fetch: Fetch, entity: str, filters: str, keeps: Keeps, *, expand: str = "") -> list[Row]:
    """Every row of ``entity`` that the filter names, over all pages.

    ``keeps`` says the filter once more, of one row. Raises :class:`LayoutChanged` where a row does not keep to it (ODA left the filter out) or the
    answer has another shape, and :class:`WrongContent` where rows are missing.
    """
    options = {"$filter": filters, "$inlinecount": "allpages", "$orderby": "id", "$top": str(PER_PAGE), "$expand": expand}
    found: dict[int, Row] = {}
    count: int | None = None
    for page in range(_MOST_PAGES):
        url = _url(entity, {**options, "$skip": str(page * PER_PAGE)})
        answer = _json(fetch.get(url, accept="application/json", check=_is_json, keep=False))
        values = answer.get("value") if isinstance(answer, dict) else None
        if not isinstance(values, list):
            raise LayoutChanged(url, "ODA svarer uden en liste (value).")
        if count is None:
            count = _whole(answer.get("odata.count"))
        fresh = [row for row in values if isinstance(row, dict) and isinstance(row.get("id"), int) and row["id"] not in found]
        if any(not keeps(row) for row in fresh):
            raise LayoutChanged(url, "ODA har set bort fra filteret: svaret indeholder andet end det, der blev spurgt om.")
        found.update({row["id"]: row for row in fresh})
        if len(values) < PER_PAGE or not fresh:
            break
    if count is not None and len(found) < count:
        raise WrongContent(f"{ODA}/{entity}", f"ODA nævner {count} rækker, men gav {len(found)}.")
    return list(found.values())


def bill_of(fetch: Fetch, act: ActNumber) -> Bill | None:
    """The bill that became an act, by number *and* date: numbers begin again each year, and titles are not reliable.

    None where ODA knows none. Raises as :func:`rows`; :class:`LayoutChanged` also where several bills claim the act.
    """
    if act.signed is None:
        return None
    signed = act.signed

    def keeps(row: Row) -> bool:
        return str(row.get("lovnummer") or "").strip() == str(act.number) and _date(row.get("lovnummerdato")) == signed and row.get("typeid") == BILL

    filters = f"typeid eq {BILL} and lovnummer eq '{act.number}' and lovnummerdato eq datetime'{signed.isoformat()}T00:00:00'"
    found = rows(fetch, "Sag", filters, keeps, expand="Sagsstatus,Periode")
    if len(found) > 1:
        raise LayoutChanged(f"{ODA}/Sag", f"{len(found)} lovforslag siger, at de blev til lov nr. {act.number} af {signed:%d-%m-%Y}.")
    return read_bill(found[0]) if found else None


def read_bill(row: Row) -> Bill:
    """A bill as ODA has it; what is not given is None or empty."""
    status, period = row.get("Sagsstatus"), row.get("Periode")
    number = str(row.get("nummer") or "").strip()
    signed = _date(row.get("lovnummerdato"))
    whole = _whole(row.get("lovnummer"))
    act = ActNumber("lov", whole, signed) if whole is not None and signed is not None else None
    code = str(period.get("kode") or "") if isinstance(period, dict) else ""
    return Bill(
        int(row["id"]),
        number,
        str(row.get("titel") or row.get("titelkort") or "").strip(),
        str(status.get("status") or "").strip() if isinstance(status, dict) else "",
        act,
        _eli(code, number),
    )


def _eli(period: str, number: str) -> str | None:
    """``ft/202512L00079`` of session 20251 and "L 79". A bill that was divided ("L 79 A") has no text of its own under such a number."""
    match = _NUMBER.fullmatch(number)
    return f"ft/{period}2L{int(match[1]):05}" if match and not match[2] and re.fullmatch(r"\d{5}", period) else None


class Folketinget:
    """Bills that would amend the acts we follow, with their status.

    Their id is ``oda/…`` and ``("text", "ft/…")`` leads to their text, which is a document of its own in Retsinformation's collection ``ft``.
    """

    name = "folketinget"
    title = "Folketinget"
    erases = False

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted

    def plan(self, fetch: Fetch, state: ReadState, now: datetime) -> Plan:
        """The bills that changed since the last time and whose titles name one of the acts."""
        since = (state.read_to - timedelta(days=1) if state.read_to else now - FIRST).astimezone(DENMARK).replace(microsecond=0)
        filters = f"typeid eq {BILL} and opdateringsdato gt datetime'{since:%Y-%m-%dT%H:%M:%S}'"

        def keeps(row: Row) -> bool:
            changed = when(str(row.get("opdateringsdato") or ""))  # Danish time without a zone
            return row.get("typeid") == BILL and changed is not None and changed > since

        items = []
        for row in rows(fetch, "Sag", filters, keeps, expand="Periode"):
            item = Item(f"oda/{row['id']}", _one(int(row["id"])), when(str(row.get("opdateringsdato") or "")), str(row.get("titel") or ""))
            known = state.known.get(item.id)
            if self._wanted.by_title(item.title) and (known is None or known.changed is None or item.changed is None or item.changed > known.changed):
                items.append(item)
        return Plan("ODA", tuple(items), now)

    def fetch(self, item: Item, fetch: Fetch) -> Parts:
        """The bill with its status, session, files and steps. ODA refuses an expansion that it does not know: then it is asked without the steps."""
        try:
            found = fetch.get(item.url.replace(_EXPANDED_QUOTED, _WITH_STEPS), accept="application/json", check=_is_json)
        except Rejected:
            found = fetch.get(item.url, accept="application/json", check=_is_json)
        return {MAIN: found}

    def parse(self, parts: Parts, item: Item) -> Version:
        """The bill. Raises :class:`LayoutChanged` for an answer that is another bill, or none."""
        row = _json(parts[MAIN])
        if not isinstance(row, dict) or not isinstance(row.get("id"), int) or row.get("typeid") != BILL:
            raise LayoutChanged(item.url, "ODA svarede ikke med et lovforslag.")
        bill = read_bill(row)
        if not bill.title or not bill.number:
            raise LayoutChanged(item.url, "Lovforslaget har hverken titel eller nummer.")
        if _one(bill.id) != item.url:
            raise LayoutChanged(item.url, f"ODA svarede med en anden sag ({bill.id}).")
        under_way = bill.act is None and row.get("statusid") != CONFIRMED and not row.get("afgørelsesdato")
        metadata = [("bill-status", bill.status)] if bill.status else []
        if bill.eli is not None:
            metadata.append(("text", bill.eli))
        metadata.append(("under-way", "ja" if under_way else "nej"))
        if (proposed := _proposed(row)) is not None:
            metadata.append(("proposed", proposed.isoformat()))
        metadata.extend(("amends", slug) for slug in self._wanted.acts_in(bill.title))
        if bill.act is not None and bill.act.eli:
            metadata.append(("became", bill.act.eli))
        metadata.extend(("file", url) for url in _files(row))
        summary = " ".join(str(row.get("resume") or "").split())
        text = (Provision(NodeKind.TEXT, text=_extract(summary)),) if summary else ()
        match = _NUMBER.fullmatch(bill.number)
        return Version(
            eli=item.id,
            kind=DocumentKind.BILL,
            title=bill.title,
            document_type="lovforslag",
            number=int(match[1]) if match else None,
            short_name=bill.number,
            ministry=self.title,
            metadata=tuple(metadata),
            provisions=(Provision(NodeKind.TITLE, Part.TITLE, text=bill.title), *text),
        )

    def wants(self, version: Version) -> bool:
        """Whether the title names one of the acts."""
        return self._wanted.by_title(version.title)

    def follow(self, version: Version, parts: Parts, fetch: Fetch) -> Iterable[Item]:
        """None: the text is read with Retsinformation."""
        return ()

    def gaps(self) -> tuple[str, ...]:
        """None that its plan does not tell of."""
        return ()


def _proposed(row: Row) -> date | None:
    """The day on which the bill was put forward, where its steps tell of exactly one."""
    steps = [step for step in row.get("Sagstrin") or () if isinstance(step, dict)]
    days = {day for step in steps if str(step.get("titel") or "").casefold().startswith("fremsæt") and (day := _date(step.get("dato")))}
    return days.pop() if len(days) == 1 else None


def _files(row: Row) -> Iterator[str]:
    """The addresses of the bill's files. They are linked to, never fetched: ft.dk does not let programs in."""
    for tie in row.get("SagDokument") or ():
        document = tie.get("Dokument") if isinstance(tie, dict) else None
        for file in (document.get("Fil") or ()) if isinstance(document, dict) else ():
            url = file.get("filurl") if isinstance(file, dict) else None
            if isinstance(url, str) and urlsplit(url).scheme in ("http", "https"):
                yield url


def _extract(text: str) -> str:
    return text if len(text) <= EXTRACT else text[: EXTRACT - 2].rsplit(" ", 1)[0] + " …"


def _url(entity: str, options: Mapping[str, str]) -> str:
    """An address with its options; "$" is written %24, as ODA wants it, and entity names in UTF-8."""
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in options.items() if value)
    return f"{ODA}/{quote(entity)}?{query}"


def _one(number: int) -> str:
    return f"{ODA}/Sag({number})?{quote('$', safe='')}expand={quote(_EXPANDED, safe='')}"


def _json(fetched: Fetched) -> Any:
    try:
        return json.loads(fetched.body.decode("utf-8-sig"))
    except ValueError as error:
        raise LayoutChanged(fetched.url, "Svaret er ikke JSON.") from error


def _is_json(fetched: Fetched) -> None:
    try:
        json.loads(fetched.body.decode("utf-8-sig"))
    except ValueError:
        raise WrongContent(fetched.url, "ODA svarede ikke med JSON.") from None


def _whole(value: object) -> int | None:
    text = str(value if value is not None else "").strip()
    return int(text) if text.isascii() and text.isdigit() else None


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return None
