"""What is installed for people is known to the byte, may be used, and is listed."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKED = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.M))
# Licences under which the product may be handed on together with these libraries.
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python|MPL|Mozilla|Unlicense|HPND|LGPL|Lesser|Zero|ZPL|CC0|Public Domain", re.I
)
# Those that do not state theirs where it can be read, with what stands in their LICENSE file.
READ = {"huey": "MIT", "pyxform": "BSD-2-Clause", "async-timeout": "Apache-2.0", "brotlicffi": "MIT", "resvg-py": "MIT"}


def wanted() -> list[Requirement]:
    of = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lists = (of["dependencies"], of["optional-dependencies"]["postgres"], of["optional-dependencies"]["redis"])
    return [Requirement(each) for listed in lists for each in listed]


def licence(name: str) -> str:
    if name in READ:
        return READ[name]
    said = metadata(name)
    classifiers = [each for each in said.get_all("Classifier") or [] if each.startswith("License")]
    stated = [*(said.get_all("License-Expression") or []), *(said.get_all("License") or [])]
    words = [*(each.split("\n")[0][:60] for each in stated), *classifiers]
    return " ".join(filter(None, words))


def test_the_lock_holds_every_library_in_the_versions_asked_for_each_with_its_hashes() -> None:
    """Renew it: uv pip compile pyproject.toml --extra postgres --extra redis --generate-hashes --universal
    --python-version 3.11 --no-header --no-emit-index-url -o requirements.txt"""
    for each in wanted():
        version = LOCKED.get(canonicalize_name(each.name))
        assert version, f"{each.name} is not in requirements.txt"
        assert each.specifier.contains(version.rstrip("\\ ")), f"{each} but {version} is locked"
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / "requirements.txt").read_text(), flags=re.M)[1:]
    assert {each.partition("==")[0] for each in entries} == set(LOCKED)
    assert [each.split()[0] for each in entries if "--hash=sha256:" not in each] == []


def test_every_library_may_be_used_and_is_listed() -> None:
    listed = (ROOT / "docs" / "licences.md").read_text()
    for name in LOCKED:
        try:
            said = licence(name)
        except PackageNotFoundError:  # for another system or an older Python
            continue
        assert FREE.search(said), f"{name}: {said or 'no licence'}"
        assert f"| {name} |" in listed, f"{name} is missing in docs/licences.md"


def test_a_bill_of_materials_is_made_and_valid(tmp_path: Path) -> None:
    """CycloneDX, with the hashes of what may be installed."""
    target = tmp_path / "sbom.json"
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        "requirements.txt",
        "--pyproject",
        "pyproject.toml",
    ]
    done = subprocess.run(
        [*command, "--output-reproducible", "--validate", "--output-file", str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    bill = json.loads(target.read_text())
    assert bill["bomFormat"] == "CycloneDX"
    assert {each["name"] for each in bill["components"]} == set(LOCKED)
