"""What is vendored is what its manifest says, has its licence with it, and asks nothing of another server."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

import sekisho.desk

STATIC = Path(sekisho.desk.__file__).parent / "static"
FOLDERS = sorted(path for path in (STATIC / "vendor").iterdir() if path.is_dir())
FIELDS = ("name", "version", "licence", "from", "why")
LICENCES = ("0BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Apache-2.0", "CC0-1.0", "Unlicense")


def test_all_that_is_vendored_lies_in_a_folder_of_its_own() -> None:
    assert FOLDERS
    assert [path.name for path in (STATIC / "vendor").iterdir() if path.is_file()] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_files_match_their_manifest(folder: Path) -> None:
    told = tomllib.loads((folder / "MANIFEST.toml").read_text("utf-8"))
    assert all(isinstance(told.get(field), str) and told[field] for field in FIELDS), told
    assert re.fullmatch(r"\d+(\.\d+)*", told["version"])
    assert told["licence"] in LICENCES
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*") if path.is_file() and path.name != "MANIFEST.toml"
    }  # fmt: skip
    assert found == told["files"]
    assert any(name.upper().startswith("LICEN") for name in found), "its licence is not with it"


def test_our_own_files_ask_no_other_server() -> None:
    own = [*STATIC.rglob("*.css"), *STATIC.rglob("*.js"), *(STATIC.parent / "templates").rglob("*.html")]
    own = [path for path in own if "vendor" not in path.parts]
    assert own
    asking = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//|@import|url\((?!["']?(?:data:|\#))|fetch\(["']http""")
    for path in own:
        assert not asking.search(path.read_text("utf-8")), path


def test_templates_have_no_inline_script_style_or_handler() -> None:
    for path in (STATIC.parent / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js", text), path
        for script in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in script or 'type="application/json"' in script, f"{path}: {script}"
