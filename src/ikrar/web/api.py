"""The API under /api/v1/: one root, each room's router, and the same errors as the pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from ikrar.core.errors import AppError, Invalid
from ikrar.core.http import answer, public
from ikrar.pact.api import router as pact

api = NinjaAPI(
    title="Ikrar",
    version="1",
    openapi_url="/openapi.json",
    docs_url=None,
    docs_decorator=public("GET"),
    urls_namespace="api",
)
api.add_router("/pact", pact)


@api.exception_handler(AppError)
def refused(request: HttpRequest, error: AppError) -> HttpResponse:
    """What an action refused."""
    return answer(error, request)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input that does not have the shape of its schema; what stood there is not repeated."""
    return answer(Invalid(places=[_place(each) for each in error.errors]), request)


def _place(problem: dict[str, Any]) -> str:
    return ".".join(str(part) for part in problem.get("loc", ()) if part not in ("body", "given"))
