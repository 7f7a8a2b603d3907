"""What requests share that write to the record: an idempotency key, and what of a case they had seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from starlette.responses import Response

from sekisho.desk.api.common import data
from sekisho.desk.keeping import actor_of, store_of
from sekisho.desk.record import Appended, Key, answered
from sekisho.desk.record.cases import By
from sekisho.desk.record.entry import Entry, canonical

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,255}$",
        description="Any text of your own: the same request sent again with the same key is done once.",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", pattern=r'^"[0-9]{1,15}"$', description="The `ETag` of the case as you saw it."),
]


class Writing:
    """A request that writes."""

    def __init__(self, request: Request, key: IdempotencyKey = None) -> None:
        self.request, self.actor = request, actor_of(request)
        self._key = key
        self._seen: int | None = None

    def once(
        self, body: Any, write: Callable[[By], Appended], show: Callable[[Entry], Any],
        where: Callable[[Entry], str] | None = None,
    ) -> Response:  # fmt: skip
        """What the write made, shown: 201, and the same again for the same key and body; `where` gives its address.

        Raises what `write` raises, and `ConflictError` for a key that stood for another request.
        """
        key = None if self._key is None else Key(self._key, self._digest(body))
        before = answered(store_of(self.request), key, self.actor) if key is not None else None
        entry = before or write(By(self.actor, key, self._seen)).entry
        return data(show(entry), 201, {} if where is None else {"location": where(entry)})

    def _digest(self, body: Any) -> str:
        """The hash of what makes a request: what it asks of which address, however it is laid out."""
        url = self.request.url
        made = canonical([self.request.method, url.path, sorted(self.request.query_params.multi_items()), body])
        return "sha256:" + hashlib.sha256(made.encode()).hexdigest()


class WritingOn(Writing):
    """A request that writes to a case it may have seen before."""

    def __init__(self, request: Request, key: IdempotencyKey = None, seen: IfMatch = None) -> None:
        super().__init__(request, key)
        self._seen = None if seen is None else int(seen.strip('"'))


Writes = Annotated[Writing, Depends(Writing)]
WritesOn = Annotated[WritingOn, Depends(WritingOn)]
