"""What can go wrong between us and a source, each told in Danish.

::

    VidensplatformError
    ├── FetchError              one address could not be read (url, temporary?)
    │   ├── HostUnreachable     no connection: name, network, proxy, certificate
    │   ├── TookTooLong         a time limit ran out
    │   ├── BrokenAnswer        the answer broke off or cannot be unpacked
    │   ├── TooLarge            the answer is larger than anything real
    │   ├── ServerFault         5xx
    │   ├── TooManyRequests     429, with the time at which to ask again
    │   ├── Refused             401, 403
    │   ├── Missing             404, 410
    │   ├── Rejected            any other status, or a redirect that is not followed
    │   ├── WrongContent        an answer that is not what was asked for: a web page instead of a document
    │   ├── ForbiddenByRobots   robots.txt asks us not to
    │   ├── HostClosed          outside the hours in which the source may be asked
    │   ├── HostResting         too many failures in a row: the host is left alone for a while
    │   ├── NotStored           parsing without network, and no snapshot of that address
    │   └── Stopped             the user stopped the run while it waited
    ├── DamagedDocument         (errors.py)
    │   └── LayoutChanged       a page or feed no longer has the shape that its parser knows
    └── EnvironmentError_       (errors.py) the folder of snapshots cannot be read or written
"""

from __future__ import annotations

from datetime import datetime

from vidensplatform.errors import DamagedDocument, VidensplatformError


class FetchError(VidensplatformError):
    """An address that could not be read. ``temporary`` says that asking again later may help."""

    temporary = False

    def __init__(self, url: str, reason: str, action: str = "") -> None:
        super().__init__(f"{url}: {reason}", action)
        self.url = url
        self.reason = reason


class HostUnreachable(FetchError):
    """No connection could be made, or it was not safe."""

    temporary = True


class TookTooLong(FetchError):
    """One of the time limits ran out."""

    temporary = True


class BrokenAnswer(FetchError):
    """The answer broke off, or its packing is damaged."""

    temporary = True


class TooLarge(FetchError):
    """The answer is larger than allowed."""


class ServerFault(FetchError):
    """The source says that it has a fault (5xx); ``wait`` is how many seconds it asks for, if it says."""

    temporary = True

    def __init__(self, url: str, status: int, wait: float | None = None) -> None:
        super().__init__(url, f"Kilden har en fejl (status {status}).", "Prøv igen senere.")
        self.status = status
        self.wait = wait


class TooManyRequests(FetchError):
    """The source asks for fewer calls (429); ``wait`` is how many seconds it asks for, if it says."""

    temporary = True

    def __init__(self, url: str, wait: float | None = None) -> None:
        after = f" Den beder om at vente {wait:.0f} sekunder." if wait else ""
        super().__init__(url, f"Kilden beder om færre forespørgsler (status 429).{after}", "Prøv igen senere.")
        self.wait = wait


class Refused(FetchError):
    """The source does not let us in."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(url, f"Kilden afviser at svare (status {status}).", "Spørg IT, om netværket eller kilden spærrer for programmet.")
        self.status = status


class Missing(FetchError):
    """The source says that there is nothing at this address."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(url, f"Der findes ikke noget på adressen (status {status}).")
        self.status = status


class Rejected(FetchError):
    """A status or redirect that leads nowhere."""


class WrongContent(FetchError):
    """An answer that is not what was asked for. ``temporary``: half answers and error pages often mend themselves."""

    temporary = True


class ForbiddenByRobots(FetchError):
    """robots.txt asks programs to stay away from the address."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "Kilden beder i robots.txt programmer om ikke at hente adressen.")


class HostClosed(FetchError):
    """The source may only be asked in certain hours; ``opens`` is the next time."""

    temporary = True

    def __init__(self, url: str, opens: datetime) -> None:
        super().__init__(url, f"Kilden svarer kun i sin åbningstid; den åbner {opens:%d-%m-%Y kl. %H:%M}.")
        self.opens = opens


class HostResting(FetchError):
    """Too many failures in a row: the host is not asked before ``until``."""

    temporary = True

    def __init__(self, url: str, host: str, until: datetime) -> None:
        super().__init__(url, f"{host} har fejlet flere gange i træk og får ro til {until:%d-%m-%Y kl. %H:%M}.", "Prøv igen derefter.")
        self.host = host
        self.until = until


class NotStored(FetchError):
    """Without network: there is no snapshot of the address."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "Adressen er ikke hentet før, og der læses uden netværk.")


class Stopped(FetchError):
    """The run was stopped while it waited for its turn."""

    temporary = True

    def __init__(self, url: str) -> None:
        super().__init__(url, "Hentningen blev stoppet; den fortsætter her næste gang.")


class LayoutChanged(DamagedDocument):
    """A page or feed whose shape its parser does not know: reported by name, never stored as if it were empty."""
