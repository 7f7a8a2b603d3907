"""The whole API put to the test by its own document: no 5xx, no status that is not documented, no answer off its schema."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import STOPPED, start, stop

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method", "allow_header_conformance",
)  # fmt: skip
SECONDS = int(os.environ.get("SEKISHO_SCHEMA_SECONDS", "120"))
"""How long it goes on; `make soak` gives it twenty minutes."""


@pytest.mark.slow
def test_the_api_keeps_to_its_document(tmp_path: Path) -> None:
    server = start(tmp_path / "desk")
    try:
        done = subprocess.run(
            [
                Path(sys.executable).with_name("st"), "run", f"{server.url}/v1/openapi.json", "--max-time", str(SECONDS),
                "--checks", ",".join(CHECKS), "--request-timeout", "60", "--no-color", "--suppress-health-check", "all",
            ],
            capture_output=True, text=True, check=False, cwd=tmp_path, timeout=SECONDS + 300,
        )  # fmt: skip
    finally:
        stopped = stop(server)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    print(done.stdout[done.stdout.rindex("SUMMARY") :])
    assert stopped == STOPPED, server.log.read_text()[-4000:]
