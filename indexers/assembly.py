"""The sources and the fetcher, put together as ``sources.toml`` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

import requests

from indexers.ankestyrelsen import Ankestyrelsen
from indexers.configuration import BELONGING, SourcesFile
from indexers.domsdatabasen import Account, Domsdatabasen
from indexers.fetch import REHEARSAL_RETRIES, Fetcher, Retries
from indexers.folketinget import Folketinget
from indexers.ombudsmanden import Ombudsmanden
from indexers.pace import REHEARSAL, Clock, Rest
from indexers.retsinformation.plan import Wanted
from indexers.retsinformation.source import Retsinformation
from indexers.snapshots import Snapshots
from indexers.source import Source
from vidensplatform.errors import QueryError
from vidensplatform.law.registry import Registry

EMAIL_VARIABLE: Final = "VIDENSPLATFORM_DOMSDATABASEN_EMAIL"
PASSWORD_VARIABLE: Final = "VIDENSPLATFORM_DOMSDATABASEN_PASSWORD"  # noqa: S105 - the name of the variable, not what it holds

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


def account_of(environment: Mapping[str, str]) -> Account | None:
    """The account for Domsdatabasen that the environment holds; it is never written down."""
    email, password = environment.get(EMAIL_VARIABLE, ""), environment.get(PASSWORD_VARIABLE, "")
    return Account(email, password) if email and password else None


def sources_of(settings: SourcesFile, registry: Registry, account: Account | None) -> dict[str, Source]:
    """The enabled sources by name, in the order in which they are read."""
    chosen = settings.retsinformation
    wanted = Wanted(registry, frozenset(chosen.documents), frozenset(chosen.collections))
    follow = tuple(BELONGING[name] for name in chosen.belonging)
    every: dict[str, Source] = {
        "retsinformation": Retsinformation(wanted, follow_links=follow, cross_check=chosen.cross_check_days),
        "ankestyrelsen": Ankestyrelsen(registry, since=settings.ankestyrelsen.since),
        "ombudsmanden": Ombudsmanden(registry),
        "folketinget": Folketinget(wanted),
        "domsdatabasen": Domsdatabasen(account),
    }
    return {name: source for name, source in every.items() if settings.sources[name].enabled}


def fetcher_of(
    settings: SourcesFile,
    session: requests.Session,
    snapshots: Snapshots | None,
    clock: Clock,
    *,
    base_url: str | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Fetcher:
    """A fetcher as gentle as the settings ask for.

    ``base_url`` sends every call to a server there. Where that is one on this machine, it is a rehearsal: nothing waits for politeness, and no
    proxy is asked. Raises :class:`QueryError` for what is no address.
    """
    if base_url is None:
        return Fetcher(session, snapshots, paces=settings.paces, mirrors=settings.mirrors, clock=clock, stop=stop)
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise QueryError(f"»{base_url}« er ikke en adresse.", "Skriv fx --base-url http://127.0.0.1:8800")
    here = parts.hostname in _HERE
    if here:
        session.trust_env = False
    return Fetcher(
        session,
        snapshots,
        paces=REHEARSAL if here else settings.paces,
        clock=clock,
        base_url=base_url,
        retries=REHEARSAL_RETRIES if here else Retries(),
        rest=Rest(first=1.0) if here else Rest(),
        stop=stop,
    )
