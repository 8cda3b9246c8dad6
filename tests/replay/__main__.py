"""Start the sources in rehearsal by hand, from the root of the checkout::

    python -m tests.replay --port 8800                                # a few invented documents
    python -m tests.replay --real ../shared/data/current --port 8800  # real acts, with the decisions beside them
    python -m tests.replay --misbehave '2030/42/xml=500' --misbehave 'ast.dk=403'

Then: ``vidensplatform harvest --base-url http://127.0.0.1:8800``.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from replay import faults
from replay.real import invented_sites, real_sites
from replay.server import Fault, ReplayServer

FAULTS: dict[str, Fault] = {
    "page": faults.page_instead,
    "truncated": faults.truncated,
    "silently-truncated": faults.truncated_in_silence,
    "hangs-up": faults.hangs_up,
    "drips": faults.drips(0.5),
    "utf-16": faults.recoded("utf-16"),
    "swollen": faults.swollen(100),
}


def fault_of(name: str) -> Fault:
    """A fault by its name, or by the status that it answers with."""
    if name.isdigit():
        return faults.says(int(name), {"Retry-After": "1"} if name == "429" else None)
    if name not in FAULTS:
        raise SystemExit(f"unknown fault {name}: a status, or one of {', '.join(FAULTS)}")
    return FAULTS[name]


def main() -> None:
    """Serve until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, help="folder of acts as lta/YEAR/NUMBER.xml; ast-principmeddelelser/ beside it is served too")
    parser.add_argument("--port", type=int, default=8800)
    parser.add_argument("--misbehave", action="append", default=[], metavar="PATTERN=FAULT", help="spoil every answer to addresses of the pattern")
    parser.add_argument("--log", action="store_true", help="print every call")
    chosen = parser.parse_args()

    def now() -> datetime:
        return datetime.now(UTC)

    sites = real_sites(chosen.real, now) if chosen.real else invented_sites(now)
    with ReplayServer(sites, chosen.port) as server:
        for rule in chosen.misbehave:
            where, _, name = rule.rpartition("=")
            server.misbehave(where, fault_of(name), times=1_000_000)
        sys.stdout.write(f"vidensplatform harvest --base-url {server.url}\n")
        sys.stdout.flush()
        told = 0
        try:
            while True:
                time.sleep(0.5)
                for call in server.calls()[told:] if chosen.log else ():
                    sys.stdout.write(f"{call.status} {call.host}{call.path}?{call.query}\n")
                    sys.stdout.flush()
                    told += 1
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
