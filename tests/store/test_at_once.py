"""Several programs in one library, and programs that are killed: nothing is half, nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from small import act, parasol_act, quick, rows_of, section, write_small_corpus, written

from vidensplatform.knowledge.loading import load
from vidensplatform.search.answering import Question
from vidensplatform.settings import Home
from vidensplatform.store.library import Library
from vidensplatform.update import import_paths
from vidensplatform.workbench import Workbench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and kills")

KILLED = textwrap.dedent("""
    import json, os, random, signal, sys, time
    from pathlib import Path
    from vidensplatform.knowledge.loading import load
    from vidensplatform.search.engine_tantivy import TantivyEngine
    from vidensplatform.settings import Home
    from vidensplatform.update import import_paths
    corpus, folder = load(Path(sys.argv[1])), Path(sys.argv[2])
    died = []
    for home, moment in json.loads(sys.argv[3]):
        if (child := os.fork()) == 0:
            import_paths([folder], Home(Path(home)), corpus=corpus)
            os._exit(0)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        died.append(os.WIFSIGNALED(os.waitpid(child, 0)[1]))
    print(json.dumps(died))
""")


def many(folder: Path, documents: int = 12) -> Path:
    """A folder of acts with some text, one of which cannot be read."""
    files = {
        f"lov-{n:02}": act(
            *(section(str(s), f"Bænk {s} i park {n} jf. § {s + 1} og parasollovens § 9. " * 6) for s in range(1, 12)), year=2010 + n % 7, number=n
        )
        for n in range(1, documents)
    }
    return written(folder, **files, parasol=parasol_act(), halv=act()[:900])


def test_a_killed_import_ends_where_an_undisturbed_one_does(tmp_path: Path) -> None:
    corpus_folder = write_small_corpus(tmp_path / "corpus")
    corpus, folder = load(corpus_folder), many(tmp_path / "love")
    whole = quick(Home(tmp_path / "uforstyrret"))
    seconds = import_paths([folder], whole, corpus=corpus).seconds
    wanted = rows_of(whole.database)
    homes = [quick(Home(tmp_path / f"hjem-{n}")) for n in range(8)]
    moments = [random.uniform(0.02, 1.1) * seconds for _ in homes]
    plan = json.dumps([[str(home.folder), moment] for home, moment in zip(homes, moments, strict=True)])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(corpus_folder), str(folder), plan], capture_output=True, text=True, check=True, timeout=120
    )
    assert any(json.loads(done.stdout)), "no import was killed: the test says nothing"
    sizes = {v[0]: sum(p[0] == v[0] for p in wanted["provisions"]) for v in wanted["versions"]}
    for home, moment in zip(homes, moments, strict=True):
        why = f"killed after {moment:.3f} of {seconds:.3f} s"
        if home.database.exists():
            with Library.open(home.database) as library:
                assert library.check() == [], why
            half = rows_of(home.database)
            assert {v[0]: sum(p[0] == v[0] for p in half["provisions"]) for v in half["versions"]}.items() <= sizes.items(), why
        again = import_paths([folder], home, corpus=corpus)
        assert (len(again.failed), again.new + again.unchanged) == (1, 12), why
        assert rows_of(home.database) == wanted, why
        with Workbench.open(home, corpus=corpus_folder) as bench:
            assert bench.index_is_current, why
            assert len(bench.search(Question("bænk i park")).documents) == 10, why
        assert len(list((home.index / "tantivy").glob("build-*"))) == 1, why


IMPORTING = textwrap.dedent("""
    import sys
    from pathlib import Path
    from vidensplatform.knowledge.loading import load
    from vidensplatform.settings import Home
    from vidensplatform.update import import_paths
    corpus = load(Path(sys.argv[1]))
    print("klar", flush=True)
    sys.stdin.readline()
    report = import_paths([Path(sys.argv[2])], Home(Path(sys.argv[3])), corpus=corpus, engine=sys.argv[4])
    print(report.new, flush=True)
""")


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_two_programs_import_at_once_and_a_third_reads(tmp_path: Path, engine: str) -> None:
    corpus_folder = write_small_corpus(tmp_path / "corpus")
    home = quick(Home(tmp_path / "hjem"))
    Library.open(home.database).close()
    a = written(tmp_path / "a", **{f"l{n}": act(*(section(str(s), f"Bænken {s} i {n}") for s in range(1, 20)), number=n) for n in range(1, 16)})
    b = written(
        tmp_path / "b", **{f"l{n}": parasol_act(*(section(str(s), f"Skyggen {s} i {n}") for s in range(1, 20)), number=n) for n in range(20, 36)}
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", IMPORTING, str(corpus_folder), str(folder), str(home.folder), engine],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for folder in (a, b)
    ]
    whole_only: list[bool] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with Library.open(home.database, read_only=True) as library:
                versions = library.current_versions().values()
                whole_only.extend(len(library.sections(v.work)) == 19 for v in versions)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for program in programs:
            assert program.stdout is not None
            assert program.stdout.readline() == "klar\n"
        results = []
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("\n")
            program.stdin.flush()
        results = [program.communicate(timeout=60) for program in programs]
    finally:
        stop.set()
        reader.join()
        for program in programs:
            program.kill()
            program.wait()
    assert [(out.strip(), err) for out, err in results] == [("15", ""), ("16", "")]
    assert all(whole_only)
    with Workbench.open(home, corpus=corpus_folder, engine=engine) as bench:
        bench.bring_index_up_to_date()
        assert bench.library is not None
        assert bench.library.counts().versions == 31
        assert bench.index.engine is not None
        assert bench.index.engine.count() == bench.library.counts().provisions
        assert bench.search(Question("skyggen")).documents
