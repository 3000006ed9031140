"""What the officers' pages of the pact share."""

from django.urls import reverse
from django.utils.translation import gettext


def crumbs(*after: tuple[str, str]) -> list[tuple[str, str]]:
    """The way here: oath and pact, the pact, and what follows; the last one has no address."""
    trail = [(gettext("Oath and pact"), "/sumpah/"), (gettext("Pact"), reverse("pact:show"))]
    whole = [*trail, *after]
    return [*whole[:-1], (whole[-1][0], "")]


def paper_crumbs(*after: tuple[str, str]) -> list[tuple[str, str]]:
    """As `crumbs`, below the paper pacts."""
    return crumbs((gettext("Paper pacts"), reverse("pact:papers")), *after)
