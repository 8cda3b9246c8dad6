"""Counts the cards by field and by act, checked and unchecked, as the README shows them.

    python benchmarks/corpus.py --home LIBRARY

The library holds the law the anchors are held against; without one every anchor is *ikke kontrolleret*.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from vidensplatform.settings import Home
from vidensplatform.workbench import Workbench

_ACTS_SHOWN = 28


def main() -> None:
    """Print the tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True)
    with Workbench.open(Home.of(parser.parse_args().home)) as bench:
        cards = bench.corpus.cards
        checked = {card.id: bench.card_status(card) == "kontrolleret" for card in (*cards.options.values(), *cards.duties.values())}
        print("| field | situations | options | duties | of the cards checked |\n|---|---:|---:|---:|---:|")
        for area in cards.areas.values():
            situations = [s for s in cards.situations.values() if area.id == s.areas[0]]
            options = [o for o in cards.options.values() if area.id == o.areas[0]]
            duties = [d for d in cards.duties.values() if d.areas and area.id == d.areas[0]]
            good = sum(checked[c.id] for c in (*options, *duties))
            print(f"| {area.title} | {len(situations)} | {len(options)} | {len(duties)} | {good} of {len(options) + len(duties)} |")
        anchors = [(link.law, link.status) for card in (*cards.options.values(), *cards.duties.values()) for link in bench.links(card)]
        per_act = Counter(law for law, _ in anchors)
        per_act_checked = Counter(law for law, status in anchors if status == "kontrolleret")
        print("\n| act | anchors | checked |\n|---|---:|---:|")
        for law, number in per_act.most_common(_ACTS_SHOWN):
            print(f"| {bench.corpus.registry.name(law)} | {number} | {per_act_checked[law]} |")
        rest = per_act.most_common()[_ACTS_SHOWN:]
        print(f"| {len(rest)} further acts and orders | {sum(n for _, n in rest)} | {sum(per_act_checked[law] for law, _ in rest)} |")
        print(f"\n{len(per_act)} acts and orders, {sum(per_act.values())} anchors, {sum(per_act_checked.values())} checked.")


if __name__ == "__main__":
    main()
