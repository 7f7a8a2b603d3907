"""multipart/form-data as it arrives: fields in memory, each within a limit; one file, handed on piece by piece."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from sekisho.desk.problems import DeskError
from sekisho.errors import Mistake

MOST_FIELDS = 600
LONGEST_FIELD = 256 << 10
"""Bytes of one field: a mapping of some thousand lines."""
_HEADERS = {"max_header_count": 8, "max_header_size": 4 << 10}


@dataclass
class Part:
    """A field or file: its name, the file's own name and type where it is one, and the piece of it that came."""

    name: str = ""
    filename: str | None = None
    media: str = ""
    piece: bytes = b""
    ended: bool = False


@dataclass
class _Part:
    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: str = ""
    filename: str | None = None
    media: str = ""


class Parts:
    """Reads the parts of a body. `async for part in Parts(content_type, stream)` gives them piece by piece, in order."""

    def __init__(self, content_type: str, stream: AsyncIterable[bytes]) -> None:
        _, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if not boundary:
            raise _broken("it names no boundary")
        self._stream, self._now, self._told = stream, _Part(), list[Part]()
        self._field, self._value = b"", b""
        self._fields, self._ended = 0, False
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin, "on_part_data": self._data, "on_part_end": self._end,
                    "on_header_field": self._name, "on_header_value": self._said, "on_header_end": self._header,
                    "on_headers_finished": self._headed, "on_end": self._all,
                },
                **_HEADERS,
            )  # fmt: skip
        except FormParserError as flaw:
            raise _broken(str(flaw)) from flaw

    async def __aiter__(self) -> AsyncIterator[Part]:
        async for chunk in self._stream:
            try:
                self._parser.write(chunk)
            except FormParserError as flaw:
                raise _broken(str(flaw)) from flaw
            told, self._told = self._told, []
            for part in told:
                yield part
        if not self._ended:
            raise _broken("it breaks off before its end")

    def _begin(self) -> None:
        self._now, self._fields = _Part(), self._fields + 1
        if self._fields > MOST_FIELDS:
            raise _broken(f"it has more than {MOST_FIELDS} fields")

    def _name(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _said(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header(self) -> None:
        self._now.headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def _headed(self) -> None:
        now = self._now
        _, options = parse_options_header(now.headers.get(b"content-disposition", b""))
        if b"name" not in options:
            raise _broken("a field has no name")
        now.name = _text(options[b"name"], "the name of a field")
        now.filename = _text(options[b"filename"], "the name of a file") if b"filename" in options else None
        now.media = now.headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().casefold()

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._told.append(Part(self._now.name, self._now.filename, self._now.media, data[start:end]))

    def _end(self) -> None:
        self._told.append(Part(self._now.name, self._now.filename, self._now.media, ended=True))

    def _all(self) -> None:
        self._ended = True


class Fields:
    """The fields of a body by name, gathered from their pieces."""

    def __init__(self) -> None:
        self.values: list[tuple[str, str]] = []
        self._gathered = bytearray()

    def take(self, part: Part) -> None:
        """Take a piece of a field. Raises `DeskError` for one that is too long, or no UTF-8."""
        self._gathered += part.piece
        if len(self._gathered) > LONGEST_FIELD:
            raise DeskError(413, Mistake(f"'{part.name[:40]}' has more than {LONGEST_FIELD:,} bytes.", "Shorten it."), "size")
        if part.ended:
            self.values.append((part.name, _text(bytes(self._gathered), f"'{part.name[:40]}'")))
            self._gathered.clear()

    def every(self, name: str) -> list[str]:
        """The values of a field."""
        return [value for found, value in self.values if found == name]

    def last(self, name: str) -> str:
        """The value of a field, nothing where there is none."""
        return next(iter(reversed(self.every(name))), "")


def _text(content: bytes, what: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as flaw:
        raise DeskError(400, Mistake(f"{what} is not UTF-8.", "Send it in UTF-8."), "input") from flaw


def _broken(why: str) -> DeskError:
    return DeskError(400, Mistake(f"the body is no whole form: {why.rstrip('.')}.", "Send it again."), "input")
