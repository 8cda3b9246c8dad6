"""Run by ``engine_xapian.py`` with the system's Python: builds a Xapian index from a file of documents, then answers trees from standard input.

Nothing of Vidensplatform is imported here. First line out: [seconds, CPU seconds] of the build. Then for each line in: [seconds, keys].
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import xapian

_PREFIX = {"lemma": "L", "parts": "P", "heading": "H", "exact": "E"}
_TODAY = "XC1"


def build(file: str, folder: str) -> tuple[float, float]:
    with open(file, encoding="utf-8") as lines:  # noqa: PTH123 - a script without the project's imports
        rows = [json.loads(line) for line in lines]
    began, cpu = time.perf_counter(), time.process_time()
    database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OVERWRITE)
    for key, current, lemma, parts, heading, exact in rows:
        document = xapian.Document()
        for prefix, text in (("L", lemma), ("P", parts), ("H", heading)):
            for word in text.split():
                document.add_term(prefix + word)
        for place, word in enumerate(exact.split()):
            document.add_posting("E" + word, place)
        if current:
            document.add_boolean_term(_TODAY)
        database.replace_document(key, document)
    database.close()
    return time.perf_counter() - began, time.process_time() - cpu


def translate(node: list[Any]) -> xapian.Query:
    kind, *rest = node
    if kind == "word":
        field, key, weight = rest
        return weighted(xapian.Query(_PREFIX[field] + key), weight)
    if kind == "phrase":
        keys, weight = rest
        return weighted(xapian.Query(xapian.Query.OP_PHRASE, ["E" + key for key in keys]), weight)
    if kind == "but":
        return xapian.Query(xapian.Query.OP_AND_NOT, translate(rest[0]), translate(rest[1]))
    return xapian.Query(xapian.Query.OP_OR if kind == "any" else xapian.Query.OP_AND, [translate(child) for child in rest])


def weighted(query: xapian.Query, weight: float) -> xapian.Query:
    return query if weight == 1.0 else xapian.Query(xapian.Query.OP_SCALE_WEIGHT, query, weight)


def main() -> None:
    file, folder, limit = sys.argv[1:4]
    print(json.dumps(build(file, folder)), flush=True)
    enquire = xapian.Enquire(xapian.Database(folder))
    for line in sys.stdin:
        node = json.loads(line)
        began = time.perf_counter()
        enquire.set_query(xapian.Query(xapian.Query.OP_FILTER, translate(node), xapian.Query(_TODAY)))
        keys = [match.docid for match in enquire.get_mset(0, int(limit))]
        print(json.dumps([time.perf_counter() - began, keys]), flush=True)


if __name__ == "__main__":
    main()
