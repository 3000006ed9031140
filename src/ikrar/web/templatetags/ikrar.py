"""Tags and filters of our templates: addresses that keep the language, and dates and numbers as the field writes them."""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.utils.translation import get_language

register = template.Library()


class LanguageKeepingURL(URLNode):
    """Django's `url` tag, with `?bahasa=en` while the page is in English."""

    def render(self, context: template.Context) -> str:
        if self.asvar:
            address: str = super().render(context)
            context[self.asvar] = keep_language(context[self.asvar])
            return address
        return keep_language(super().render(context))


def keep_language(address: str) -> str:
    """The address with the present language in its query."""
    if get_language() != "en" or not address or "bahasa=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}bahasa=en"


@register.tag
def url(parser: Parser, token: Token) -> LanguageKeepingURL:
    """Django's `url`, which keeps the language."""
    node: Any = django_url(parser, token)
    return LanguageKeepingURL(node.view_name, node.args, node.kwargs, node.asvar)


@register.filter
def in_language(address: str) -> str:
    """An address made elsewhere, e.g. by a query, with the present language."""
    return keep_language(address)
