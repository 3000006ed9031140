"""What can go wrong between a door and the law; `core.http.answer` is the one place that shows it."""

from typing import Any

from ikrar.core.codes import N_, Code


class Reason(Code):
    """The general sentence of each error, used where a room has nothing more exact to say."""

    INVALID = N_("Something in the form is not filled in correctly.")
    NOT_ALLOWED = N_("Your role may not do this here.")
    NOT_FOUND = N_("This page does not exist, or it is not for your area.")
    CONFLICT = N_("Somebody changed this after you opened it. Open the page again; nothing of yours was stored.")
    RULE_BROKEN = N_("The rules do not allow this.")
    TOO_MANY = N_("Too many attempts. Try again later.")
    UNAVAILABLE = N_("A service is not reachable at the moment. Your work is safe; try again in a few minutes.")


class AppError(Exception):
    """Base of the errors that actions raise. `data` fills the marks of the code's sentence and goes into JSON.

    `fields` maps a field's name to (code, data) where the trouble belongs to one field of a form.
    """

    status = 500
    default: Code = Reason.INVALID

    def __init__(
        self,
        code: Code | None = None,
        /,
        *,
        fields: dict[str, tuple[Code, dict[str, Any]]] | None = None,
        law: str | None = None,
        **data: Any,
    ) -> None:
        self.code = code or self.default
        self.data = data
        self.fields = fields or {}
        self.law = law
        super().__init__(self.code.sentence)


class Invalid(AppError):
    """The input has the wrong shape."""

    status = 400
    default = Reason.INVALID


class NotAllowed(AppError):
    """The actor holds no grant for this verb at this place."""

    status = 403
    default = Reason.NOT_ALLOWED


class NotFound(AppError):
    """It does not exist, or the actor may not know that it does."""

    status = 404
    default = Reason.NOT_FOUND


class Conflict(AppError):
    """Done before, or changed since the actor looked."""

    status = 409
    default = Reason.CONFLICT


class RuleBroken(AppError):
    """The law says no; `law` names the source."""

    status = 422
    default = Reason.RULE_BROKEN


class TooMany(AppError):
    """A limit was reached; `data["until"]` says when to come back."""

    status = 429
    default = Reason.TOO_MANY


class Unavailable(AppError):
    """A system outside is down."""

    status = 503
    default = Reason.UNAVAILABLE
