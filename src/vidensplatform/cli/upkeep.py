"""Commands that tell how things stand: status and doctor."""

from __future__ import annotations

import typer
from rich.text import Text

from vidensplatform.cli.common import Exit, HomeOption, JsonOption, app, console_of, home_of, print_json


@app.command()
def status(context: typer.Context, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Vis, hvad biblioteket rummer, og hvor friskt det er."""
    from vidensplatform.terminal import library as terminal
    from vidensplatform.workbench import Workbench

    with Workbench.open(home_of(context, home)) as bench:
        found = bench.status()
    if as_json:
        from vidensplatform.as_json.sources import state_json

        print_json(
            {
                "home": str(found.home),
                "engine": found.engine,
                "library": None
                if found.counts is None
                else {
                    "works": found.counts.works,
                    "versions": found.counts.versions,
                    "provisions": found.counts.provisions,
                    "references": found.counts.references,
                    "resolved_references": found.counts.resolved,
                },
                "kinds": {kind: {"texts": number, "newest": newest or None} for kind, (number, newest) in found.kinds.items()},
                "failures": [{"file": f.origin, "reason": f.reason, "seen": f.seen_at} for f in found.failures],
                "index": found.index,
                "cards": found.cards,
                "anchors": found.anchors,
                "sources": [state_json(state) for state in found.sources],
                "unresolved": [{"words": u.words, "kind": u.kind, "count": u.count} for u in found.unresolved],
            }
        )
    else:
        terminal.status(console_of(), found)


@app.command()
def doctor(context: typer.Context, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Undersøg installationen og biblioteket, og sig, hvad der kan gøres."""
    from vidensplatform.health import examine

    findings = examine(home_of(context, home))
    if as_json:
        print_json([{"what": f.what, "ok": f.ok, "detail": f.detail, "action": f.action} for f in findings])
    else:
        console = console_of()
        for f in findings:
            mark = Text("✓ ", style="green") if f.ok else Text("✗ ", style="red")
            console.print(mark + Text(f"{f.what}: {f.detail}{f' → {f.action}' if f.action else ''}"))
    if not all(f.ok for f in findings):
        raise typer.Exit(Exit.NOTHING)
