"""The summary and the chart of a sweep: counted from what was written, and each says what was put in place of what."""

import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from helpers import refused, sekisho
from sekisho.corpus import Corpus
from sekisho.sweep.pictures import png

HEADER = "key,date,exporter,recipient,item,assurance.licensor_request\n"
ROWS = """\
a,2023-12-21,JPN,USA,patriot-pac-3-mse,true
b,2023-12-22,JPN,USA,patriot-pac-3-mse,true
c,2023-12-22,USA,JPN,patriot-pac-3-mse,
d,2024,JPN,UKR,type-03-chu-sam,
e,never,JPN,UKR,type-03-chu-sam,
"""
FORMATS = ("parquet", "csv", "jsonl")
CHARTS = ("svg", "png", "html")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(HEADER + ROWS, "utf-8")
    return path


def data(*words: object) -> Any:
    run = sekisho("sweep", *words, "--json")
    assert run.status == 0, run.err
    return json.loads(run.out)


def chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG, each with a checksum that holds."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    found, place = [], 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        assert struct.unpack(">I", content[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + body)
        found.append((kind, body))
        place += 12 + length
    assert found[-1][0] == b"IEND"
    return found


def metadata(chart: Path) -> dict[str, str]:
    """What a chart says of itself, for programs."""
    if chart.suffix == ".png":
        texts = [body.split(b"\0", 1) for kind, body in chunks(chart.read_bytes()) if kind == b"iTXt"]
        return {key.decode(): rest.split(b"\0", 4)[4].decode() for key, rest in texts}
    found = re.search(r"<svg.*</svg>", chart.read_text("utf-8"), re.DOTALL)
    assert found
    element = ET.fromstring(found[0]).find(f"{SVG}metadata")
    assert element is not None and element.text
    said: dict[str, str] = json.loads(element.text)
    return said


def words(chart: Path) -> str:
    """What a reader reads in a drawing."""
    found = re.search(r"<svg.*</svg>", chart.read_text("utf-8"), re.DOTALL)
    assert found
    return " ".join(element.text or "" for element in ET.fromstring(found[0]).iter(f"{SVG}text"))


# ---- the summary -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FORMATS)
def test_a_summary_is_counted_from_any_output(ending: str, register: Path, tmp_path: Path) -> None:
    found = data(register, "-o", tmp_path / f"out.{ending}", "--summary")
    assert (found["decided"], found["rejected"]) == (4, 1)
    own = found["summary"]
    assert own["regime"] == "" and own["total"] == 4
    assert own["years"] == {"2023": {"conditional": 1, "prohibited": 1, "outside": 1}, "2024": {"prohibited": 1}}
    assert own["exporters"] == {"JPN": {"conditional": 1, "prohibited": 2}, "USA": {"outside": 1}}
    assert own["recipients"]["UKR"] == {"prohibited": 1}
    assert own["provisions"]["jp.guidelines#control"] == {"conditional": 1}
    # a row prohibited by one regime still asks the licence of the other
    assert own["provisions"]["jp.fefta#licence-goods"] == {"conditional": 3}


def test_one_regime_has_a_summary_of_its_own(register: Path, tmp_path: Path) -> None:
    own = data(register, "-o", tmp_path / "out.csv", "--summary", "--regime", "japan-licence")["summary"]
    assert (own["regime"], own["verdicts"]) == ("japan-licence", {"conditional": 3, "outside": 1})


@pytest.mark.slow
def test_a_summary_as_it_is_printed(register: Path, tmp_path: Path) -> None:
    run = sekisho("sweep", register, "-o", tmp_path / "out.csv", "--summary", "--set", "exporter.state=JPN")
    assert run.status == 0, run.err
    for told in ("As if: exporter.state = JPN, in every row.", "By year", "By exporter", "By recipient", "By provision"):
        assert told in run.out
    assert "By year" not in sekisho("sweep", register, "-o", tmp_path / "out.csv").out


@pytest.mark.parametrize("ending", FORMATS)
def test_a_register_without_rows_has_a_summary(ending: str, tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text(HEADER, "utf-8")
    out, chart = tmp_path / f"out.{ending}", tmp_path / "chart.svg"
    own = data(tmp_path / "none.csv", "-o", out, "--summary", "--chart", chart)["summary"]
    assert (own["total"], own["years"], own["provisions"]) == (0, {}, {})
    assert "Verdicts of 0 rows" in words(chart)


# ---- the chart -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", CHARTS)
def test_a_chart_says_what_it_rests_on(ending: str, register: Path, corpus: Corpus, tmp_path: Path) -> None:
    chart = tmp_path / f"chart.{ending}"
    asked = "--set exporter.state=JPN --law-on 2026-05-01 --world-on 2024-01-01 --strict --regime japan"
    found = data(register, "-o", tmp_path / "out.parquet", "--chart", chart, *asked.split())
    assert found["chart"] == str(chart)
    assert metadata(chart) == found["metadata"]
    assert metadata(chart)["sekisho.as_if"] == "exporter.state = JPN"
    assert metadata(chart)["sekisho.law_on"] == "2026-05-01"
    if ending == "png":
        header = chunks(chart.read_bytes())[0][1]
        width, height = struct.unpack(">II", header[:8])
        assert width == 2400 and height > 600
        return
    told = words(chart)
    assert "As if: exporter.state = JPN, in every row." in told
    assert "the law of 2026-05-01 (not of its own day)" in told and "the world of 2024-01-01 (not of its own day)" in told
    assert "without facts last checked before it" in told
    assert f"Source: Sekisho, law {corpus.law_version[:12]}, world {corpus.world_version[:12]}; register orders.csv." in told
    assert corpus.regimes["japan"].title in told
    assert "Ukraine" in told and "By provision" in told


def test_a_page_needs_nothing_else(register: Path, tmp_path: Path) -> None:
    chart = tmp_path / "chart.html"
    data(register, "-o", tmp_path / "out.parquet", "--chart", chart)
    text = chart.read_text("utf-8")
    assert not re.findall(r"(?:src|href)=|@import|url\((?!#)", text)
    assert "<td>jp.guidelines#control</td>" in text


def test_letters_of_a_picture_are_drawn_without_fonts_of_the_machine() -> None:
    """Dark pixels are where the letters are: a renderer without a font leaves them out."""
    letters = '<text x="5" y="30" font-size="30" font-family="Helvetica, sans-serif">{}</text>'
    drawings = [png(f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">{words}</svg>')
                for words in ("", letters.format("Law"), letters.format("→"))]  # fmt: skip
    pixels = [zlib.decompress(b"".join(body for kind, body in chunks(drawn) if kind == b"IDAT")) for drawn in drawings]
    assert pixels[0] != pixels[1]


@pytest.mark.parametrize(
    "asked, status, said",
    [
        (["--chart", "chart.pdf"], 2, "does not end in .svg, .png, .html"),
        (["--chart", "absent/chart.svg"], 3, "no such folder"),
        (["--engine", "sparks"], 2, "Did you mean 'spark'"),
        (["--master", "local[2]"], 2, "--engine spark"),
        (["--engine", "spark", "--master", "nowhere"], 2, "no Spark"),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is_written(
    asked: list[str], status: int, said: str, register: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (error,) = refused("sweep", register, "-o", "out.csv", *asked, status=status)
    assert said in error
    assert [path.name for path in tmp_path.iterdir()] == ["orders.csv"]


def test_a_chart_does_not_take_the_place_of_the_register(tmp_path: Path, register: Path) -> None:
    odd = register.rename(tmp_path / "orders.svg")
    refused("sweep", odd, "-o", tmp_path / "out.csv", "--chart", odd, status=2)
    assert odd.read_text("utf-8").startswith(HEADER)
