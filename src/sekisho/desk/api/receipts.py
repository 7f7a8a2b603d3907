"""Receipts: those of saved cases, and the checking of any receipt that is sent."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sekisho import receipt
from sekisho.desk.api.cases import CaseId
from sekisho.desk.api.common import data, documented, engine, router_of, versions
from sekisho.desk.api.law import versioned
from sekisho.desk.api.shapes import Shape
from sekisho.desk.keeping import store_of
from sekisho.desk.record import views

router = router_of("receipts")
_FILE: dict[str, Any] = {
    "description": "The receipt: canonical JSON",
    "content": {"application/json": {"schema": {"type": "object"}}},
}
_SENT: dict[str, Any] = {
    "required": True,
    "description": "A receipt, to the byte as it was written.",
    "content": {"application/json": {"schema": {"type": "object", "required": ["body", "seal"]}}},
}


class CheckShape(Shape):
    """What checking a receipt found: its seal holds; the verdict then and now, and what differs."""

    law_version: str
    world_version: str
    sealed: str
    then: str
    now: str
    same_law: bool
    same_world: bool
    changes: list[str]


@router.get("/receipts/{case}", operation_id="readReceipt", summary="The receipt of a saved case",
            responses={**documented(), 200: _FILE})  # fmt: skip
def read_receipt(
    request: Request, case: CaseId,
    number: Annotated[int | None, Query(ge=1, le=2**53 - 1, description="Of this entry; else the newest that decides.")] = None,
) -> Response:  # fmt: skip
    """The receipt by which a case stands, or that of one event of it, to the byte as it was sealed."""
    store = store_of(request)
    found = views.read_case(store, case).receipt if number is None else views.receipt_of(views.read_event(store, case, number))
    name = f"receipt-{case}.json"
    headers = versions() | {"content-disposition": f'attachment; filename="{name}"'}
    return Response(found, 200, headers, "application/json")


@router.post("/receipts", operation_id="verifyReceipt", summary="Check a receipt", responses={
    **documented(422), 200: {"model": CheckShape, "description": "Its seal holds; what comes out differently now"},
}, openapi_extra={"requestBody": _SENT})  # fmt: skip
async def verify_receipt(request: Request) -> Response:
    """Check the seal of a receipt, whoever made it, and decide its case anew."""
    content = await request.body()
    return await run_in_threadpool(lambda: data(check(content)))


def check(content: bytes) -> dict[str, Any]:
    """What checking a receipt found. Raises `ReceiptError` and `SealError`."""
    found = receipt.verify_bytes(engine(), content, "the receipt")
    shown: dict[str, Any] = msgspec.to_builtins(found)
    return versioned() | shown
