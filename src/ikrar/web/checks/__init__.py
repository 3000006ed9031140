"""What `ikrar check` looks at: each check returns findings, never changes anything."""

from ikrar.core.links import may_send_links

__all__ = ["may_send_links"]
