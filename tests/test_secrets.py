"""No secret in the repository: no key, token or password in any file that is tracked."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECRETS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b",
    "a token of a code host": r"\bgh[pousr]_[0-9A-Za-z]{36,}\b|\bglpat-[0-9A-Za-z_-]{20,}\b",
    "a token of a package index or a chat": r"\bpypi-[0-9A-Za-z_-]{50,}|\bnpm_[0-9A-Za-z]{36}\b|\bxox[abpr]-[0-9A-Za-z-]{10,}",
    "a web token": r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.",
    "a password in an address": r"\b[a-z][a-z0-9+]*://[^\s/:@'\"<>{}$]+:[^\s/@'\"<>{}$]{3,}@",
    "a password given a value": r"(?i)\b(?:password|passwd|secret|api_?key)\b\s*[:=]\s*[\"'][^\"'\s{}$]{8,}[\"']",
}
MADE_UP = {
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "a key of a cloud": "AKIA" + "A" * 16,
    "a token of a code host": "ghp_" + "a" * 36,
    "a token of a package index or a chat": "npm_" + "a" * 36,
    "a web token": "eyJ" + "a" * 12 + ".eyJ" + "b" * 12 + ".c",
    "a password in an address": "postgresql://user:" + "hunter2" + "@db/sekisho",
    "a password given a value": "password = " + "'correct-horse'",
}


def tracked() -> list[Path]:
    """The files of the repository, as git has them; in an unpacked archive there is nothing to ask."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no git repository")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_file_has_a_secret() -> None:
    found = []
    for path in tracked():
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            found += [f"{path.relative_to(ROOT)}: {what}" for what, form in SECRETS.items() if re.search(form, text)]
    assert not found


@pytest.mark.parametrize("what", SECRETS)
def test_each_kind_would_be_found(what: str) -> None:
    assert re.search(SECRETS[what], MADE_UP[what])


def test_no_file_is_named_like_a_secret() -> None:
    names = [path.name for path in tracked()]
    assert not [name for name in names if re.fullmatch(r"\.env(\..*)?|id_(rsa|ed25519|ecdsa)|.*\.(pem|p12|pfx|key|jks)", name)]
