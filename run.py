"""The one command: python3 run.py demo | test | doctor | any word of `workshop`. Standard library only.

It makes .venv, installs what pyproject.toml asks for (again only when that file changed) and hands over.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

VERSION = "%d.%d" % sys.version_info[:2]
if sys.version_info < (3, 11):
    sys.exit("Intersession needs Python 3.11 or newer; this is %s. Try: python3.12 run.py demo" % VERSION)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
STAMP = VENV / "installed"
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
UNLOCKED: tuple[list[str], ...] = (
    [],
    ["test"],
    ["demo"],
)  # everything else serves people: what is installed then is known to the byte
MACOS_LIBRARIES = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"


def main(words: list[str]) -> None:
    if words == ["doctor"] and not STAMP.exists():
        sys.exit(f"Python {VERSION} is good. Nothing is installed yet; run: python3 run.py demo")
    prepare(wanted_extras(words, os.environ), missing_packages(words), locked=words[:1] not in UNLOCKED)
    os.chdir(ROOT)
    if sys.platform == "darwin":
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", MACOS_LIBRARIES)
    tests = ["-m", "pytest", *(["-n", "auto"] if is_much(words[1:]) else []), *words[1:]]
    os.execv(PYTHON, [PYTHON, *(tests if words[:1] == ["test"] else ["-m", "workshop.cli", *words])])


def is_much(words: list[str]) -> bool:
    """Whether tests are worth several processes, which take seconds to start: all of them, or more than a few files."""
    places = [ROOT / word.partition("::")[0] for word in words if not word.startswith("-")]
    named = [place for place in places if place.exists()]
    files = {file for place in named for file in (place.rglob("test_*.py") if place.is_dir() else [place])}
    return not named or len(files) > 12


def wanted_extras(words: list[str], env: Mapping[str, str]) -> set[str]:
    """The optional sets of pyproject.toml that this command and these settings need."""
    wanted = {
        "dev": words[:1] == ["test"],
        "postgres": env.get("WORKSHOP_DATABASE_URL", "").startswith("postgresql"),
        "redis": bool(env.get("WORKSHOP_REDIS_URL")),
    }
    return {extra for extra, is_wanted in wanted.items() if is_wanted}


def missing_packages(words: list[str]) -> list[str]:
    """Debian packages of the PDF engine, and for tests the browser, that this machine lacks."""
    missing = [] if has_pango() else list(PANGO_PACKAGES)
    if words[:1] == ["test"] and not any(map(shutil.which, BROWSERS)):
        missing.append("chromium")
    return missing


def has_pango() -> bool:
    """Whether the libraries of the PDF engine, and on Linux the Noto fonts, are there."""
    if sys.platform == "darwin":
        return any(Path(folder, "libpango-1.0.0.dylib").exists() for folder in MACOS_LIBRARIES.split(":"))
    try:
        return all(ctypes.CDLL(name) for name in PANGO) and any(Path("/usr/share/fonts").glob("**/NotoSans-Regular.*"))
    except OSError:
        return False


def prepare(extras: set[str], packages: list[str], *, locked: bool) -> None:
    """Bring .venv and the system libraries up to date; does nothing when they are.

    Where .venv is a link, it is that of another checkout, which is at work in it: nothing is installed or cleared there.
    """
    if VENV.is_symlink():
        return
    place, was, *installed = STAMP.read_text().splitlines() if STAMP.exists() else [str(ROOT), ""]
    wanted = sorted(extras | set(installed))
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    afresh = place != str(ROOT) or not succeeds(PYTHON, "-c", "")  # the scripts in .venv do not survive a move
    new = afresh or (was, installed) != (digest, wanted)
    if packages:
        bring(packages, may_install=new or os.environ.get("CI") == "true")
    if new:
        print("Installing into .venv (about a minute the first time) …", flush=True)
        install(f"{ROOT}[{','.join(wanted)}]" if wanted else str(ROOT), afresh=afresh, locked=locked)
        STAMP.write_text("\n".join([str(ROOT), digest, *wanted]))


def install(target: str, *, afresh: bool, locked: bool) -> None:
    """Make .venv and put the project into it; `locked`, only files with the hashes of requirements.txt."""
    uv = shutil.which("uv")
    if afresh:
        own = [sys.executable, "-m", "venv"]
        if not uv and not succeeds(sys.executable, "-c", "import venv, ensurepip"):
            sys.exit(f"This Python cannot make virtual environments. Run: sudo apt install python{VERSION}-venv")
        must([uv, "venv", "--quiet", "--python", sys.executable] if uv else own, "--clear", str(VENV))
    if not uv and not succeeds(PYTHON, "-m", "pip", "--version"):
        must([PYTHON, "-m", "ensurepip"])
    pip = [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install"]
    if not uv and not locked:
        pip.append("--no-compile")  # what is used is compiled when it is first loaded: a third of the time is saved
    if locked:
        must(pip, "--quiet", "--require-hashes", "-r", str(ROOT / "requirements.txt"))
    must(pip, "--quiet", "--editable", target)


def bring(packages: list[str], *, may_install: bool) -> None:
    """Install Debian packages where we may, else say the one command; the program runs without them."""
    apt, root = shutil.which("apt-get"), os.geteuid() == 0
    command = f"sudo apt install {' '.join(packages)}" if apt else "brew install pango  (or your system's package)"
    if apt and may_install and (root or succeeds("sudo", "-n", "true")):
        print(f"Installing system packages: {' '.join(packages)} …", flush=True)
        order = [*([] if root else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq", "-y"]
        get = [*order, "install", "--no-install-recommends", *packages]
        if succeeds(*get) or (succeeds(*order, "update") and succeeds(*get)):
            return
    print(f"Reports cannot be made into PDF on this machine yet; everything else works. Run: {command}", flush=True)


def succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def must(command: list[str], *more: str) -> None:
    """Run it, or stop with what it said."""
    done = subprocess.run([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}\nInstalling did not work (see above). Is this machine on line? Then try again.")


if __name__ == "__main__":
    main(sys.argv[1:])
