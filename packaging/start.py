"""From a fresh machine with Python and nothing else to the running program, or to its tests.

    python3 packaging/start.py            installs into .venv and opens the program (without a screen: answers an example here)
    python3 packaging/start.py test       installs, and runs every check: lint, types, layers, tests
    python3 packaging/start.py search …   any sub-command of the program

Everything is installed from the constraints file, names, versions and hashes, and nothing outside the folder .venv is changed.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PINS = ROOT / "constraints.txt"
STAMP = VENV / "installed.sha256"


def run(*command: str, **more: str) -> int:
    """Run a command of the environment; returns its exit status."""
    return subprocess.run([str(PYTHON), *command], cwd=ROOT, env={**os.environ, **more}, check=False).returncode


def install() -> None:
    """Make the environment, unless it is there with these very pins."""
    wanted = hashlib.sha256(PINS.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    if not PYTHON.exists():
        print(f"Makes an environment in {VENV} …", flush=True)
        venv.create(VENV, with_pip=True)
    print("Installs the pinned packages (once; some minutes on a slow line) …", flush=True)
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    # --no-deps: the pins are the whole closure; an older pip would otherwise ask for the newest "coverage[toml]" and refuse it for want of a hash.
    if run(*pip, "--require-hashes", "--no-deps", "-r", str(PINS)) or run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)):
        sys.exit("The packages could not be installed; see the message above. Nothing outside .venv was changed.")
    STAMP.write_text(wanted)


def qt_can_start() -> bool:
    """Whether Qt finds the libraries of the system that it draws with."""
    done = subprocess.run([str(PYTHON), "-c", "import PySide6.QtWidgets"], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"The window cannot be opened or tested here: {done.stderr.strip().splitlines()[-1]}")
        print("On Debian and Ubuntu: apt install libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3")
    return done.returncode == 0


def checks() -> int:
    """Every check, each to its end; returns how many failed."""
    qt = ["-p", "xdist"] if qt_can_start() else ["-p", "no:pytest-qt", "--ignore=tests/desktop", "-o", "qt_api=", "-o", "qt_log_level_fail="]
    steps = [
        ("ruff", ["-m", "ruff", "check", "."]),
        ("ruff format", ["-m", "ruff", "format", "--check", "."]),
        ("mypy", ["-m", "mypy"]),
        ("pytest", ["-m", "pytest", "-n", "2", *qt, *sys.argv[2:]]),
    ]
    failed = []
    for name, command in steps:
        print(f"\n== {name}", flush=True)
        if run(*command, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen")):
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return len(failed)


def main() -> None:
    """See the module."""
    if sys.version_info < (3, 11):
        sys.exit("Vidensplatform needs Python 3.11 or newer.")
    install()
    if sys.argv[1:2] == ["test"]:
        sys.exit(1 if checks() else 0)
    sys.exit(run("-m", "vidensplatform", *sys.argv[1:]))


if __name__ == "__main__":
    main()
