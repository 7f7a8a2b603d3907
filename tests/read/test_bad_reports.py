"""Bad reports: each is refused with what is wrong and the mend, or read without harm."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from helpers import refused, sekisho
from sekisho.decide import Decider
from sekisho.errors import ReportError
from sekisho.read import Source, read_report
from sekisho.read.source import source_of

NEWS = "Japan agreed on Friday to sell two TC-90 aircraft to the Philippines, and the ministry said that it was the first sale."


def pdf(text: str, password: str = "") -> bytes:
    """A PDF of one page with a line of text."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=1200, height=300)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def html(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>News</title>{head}</head><body>{body}</body></html>".encode()


def drafts_of(content: bytes, decider: Decider) -> list[object]:
    return [(draft.status, draft.thing.id) for draft in read_report(source_of(content, "report"), decider).drafts]


# ---- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content, words",
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is not text"),
        (b"Japan sold \xff\xfe tanks", "is not UTF-8"),
        (b"", "there is no text in it"),
        (b" \n\t \n", "there is no text in it"),
        (b"%PDF-1.7 nonsense", "the PDF cannot be read"),
        (b"%PDF-", "the PDF cannot be read"),
        (pdf(NEWS, "secret"), "protected by a password"),
        (pdf(""), "there is no text in it"),
        ("日本は金曜日、米国にペトリオットミサイルを売却することを決めた。".encode(), "does not seem to be English"),
        ("Japon a décidé vendredi de vendre des missiles Patriot aux États-Unis selon les règles".encode(),
         "does not seem to be English"),
        ("El gobierno de Japón aprobó la venta de misiles a los Estados Unidos".encode(), "does not seem to be English"),
        ("Япония согласилась продать США ракеты Patriot".encode(), "does not seem to be English"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(content: bytes, words: str, tmp_path: Path) -> None:
    report = tmp_path / "report"
    report.write_bytes(content)
    (error,) = refused("read", report)
    assert words in error and str(report) in error
    (piped,) = refused("read", "-", stdin=content)
    assert words in piped


def test_a_large_file_is_told(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    with report.open("wb") as file:
        file.truncate(50_000_000)
    (error,) = refused("read", report)
    assert "more than 8,388,608 bytes" in error


def test_a_text_too_long_for_a_report_is_told(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(f"{NEWS}\n\n" * 4_000, "utf-8")
    (error,) = refused("read", report)
    assert "a report has at most 400,000" in error


def test_an_absent_file_and_a_bad_day_are_told(tmp_path: Path) -> None:
    assert "cannot be read" in refused("read", tmp_path / "absent.txt")[0]
    assert "is not a day" in refused("read", "-", "--date", "Friday", status=2)[0]


def test_a_page_nested_beyond_reason_is_told() -> None:
    with pytest.raises(ReportError, match="levels deep"):
        source_of(html("<div>" * 5_000 + NEWS), "page")


# ---- what is read without harm -------------------------------------------------------------------------------------


def test_a_short_headline_is_english(decider: Decider) -> None:
    assert drafts_of(b"Japan sells Patriot missiles to United States", decider) == [("decided", "patriot-missile")]


def test_unseen_characters_are_shown_escaped(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    text = "Japan agreed to sell \u202etwo\u202c TC-90\x07 aircraft \x1b[31m to the Philippines, and the ministry said so."
    report.write_text(text, "utf-8")
    run = sekisho("read", report, "--date", "2017-03-27")
    assert run.status == 0 and not {"\u202e", "\u202c", "\x1b", "\x07"} & set(run.out)
    assert "\\u202e" in run.out and "\\u001b" in run.out
    out = tmp_path / "out"
    assert sekisho("read", report, "--date", "2017-03-27", "-o", out).status == 0
    for file in out.iterdir():
        assert not {"\u202e", "\x1b", "\x07"} & set(file.read_text("utf-8"))


def test_scripts_are_never_run_and_never_read(decider: Decider, tmp_path: Path) -> None:
    script = "<script>document.write('Japan agreed to sell tanks to Peru.')</script>"
    paragraphs = "".join(f"<p>{NEWS}</p>" for _ in range(3))
    page = html(f"<article><h1>Aircraft</h1>{script}{paragraphs}<img src=x onerror='alert(1)'></article>")
    source = source_of(page, "page")
    assert source.kind == "html" and "Peru" not in source.text and "alert" not in source.text and "<" not in source.text
    assert drafts_of(page, decider) == [("decided", "tc-90")]


def test_a_page_gives_its_main_text_and_its_day(decider: Decider) -> None:
    head = '<meta property="article:published_time" content="2017-03-27T10:00:00+09:00">'
    menu = "<nav><ul>" + "<li><a href='/'>Cars sold to America</a></li>" * 20 + "</ul></nav>"
    page = html(
        f"{menu}<article><h1>Aircraft</h1>" + f"<p>{NEWS}</p>" * 3 + "</article><footer>All rights reserved</footer>", head
    )
    source = source_of(page, "page")
    assert "Cars" not in source.text and NEWS in source.text
    report = read_report(source, decider)
    date = report.drafts[0].fact("date")
    assert str(report.date) == "2017-03-27" and date is not None and str(date.value) == "2017-03-24"


def test_a_pdf_gives_its_text(decider: Decider) -> None:
    assert drafts_of(pdf(NEWS), decider) == [("decided", "tc-90")]


ENDLESS = (
    ".",
    "Japan ",
    "sold ",
    ",",
    "to and ",
    "Japan sold missiles to ",
    "Japan, ",
    "missiles and ",
    "which said that ",
    "F-",
    "'s",
    "((",
)


@pytest.mark.slow
@pytest.mark.parametrize("text", [piece * 6_000 for piece in ENDLESS], ids=ENDLESS)
def test_endless_sentences_are_read_in_time(text: str, decider: Decider) -> None:
    report = read_report(Source(text, "text", "report"), decider)
    assert all(draft.facts for draft in report.drafts)
