"""Whether personal links may be sent out: only to an address where phones can sign, and nobody on the way can read."""

from urllib.parse import urlsplit

from django.conf import settings

from ikrar.core.codes import N_, Code

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class Unsafe(Code):
    """Why no link is sent."""

    PLAIN_HTTP = N_(
        "Links cannot be sent: this address has no https, so phones could not sign and others could read along. "
        "Ask whoever keeps the machine to set up https (docs/installation.md); until then members sign on paper."
    )


def may_send_links() -> bool:
    """Https, or an address that never leaves this machine, or the demo (security, rule 2.11)."""
    address = urlsplit(settings.IKRAR_URL)
    return address.scheme == "https" or address.hostname in THIS_MACHINE or bool(settings.IKRAR_DEMO)
