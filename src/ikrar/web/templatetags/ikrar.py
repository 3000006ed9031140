"""Tags and filters of our templates: addresses that keep the language; dates and numbers as the field writes them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.utils.translation import get_language

from ikrar.core import formats
from ikrar.core.dated import Words

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
def say(words: Words) -> str:
    """What the law says, in the language of the page."""
    return words.say(get_language() or "id")


@register.filter
def in_language(address: str) -> str:
    """An address made elsewhere, e.g. by a query, with the present language."""
    return keep_language(address)


def _language() -> str:
    return get_language() or "id"


@register.filter
def num(value: int) -> str:
    """`1.939`."""
    return formats.number(value, _language())


@register.filter
def day(value: date | None) -> str:
    """`20 November 2024`; nothing for no date."""
    return formats.plain_date(value, _language()) if value else ""


@register.filter
def day_month(value: date | None) -> str:
    """`20 November`, where the year stands beside it."""
    return formats.plain_date(value, _language()).rpartition(" ")[0] if value else ""


@register.filter
def long_day(value: date) -> str:
    """`Rabu, 20 November 2024`."""
    return formats.long_date(value, _language())


@register.filter
def moment(value: datetime | None, zone: str) -> str:
    """`Rabu, 20 November 2024 pukul 14.00 WIB`; nothing for no time."""
    return formats.moment(value, zone, _language()) if value else ""


@register.filter
def short_moment(value: datetime | None, zone: str) -> str:
    """`Rabu, 20 Nov pukul 14.00 WIB`."""
    return formats.short_moment(value, zone, _language()) if value else ""


@register.filter
def clock_time(value: datetime, zone: str) -> str:
    """`pukul 14.00 WIB`."""
    return formats.clock_time(value, zone, _language())


@register.filter
def initials(name: str) -> str:
    """`J.U.R.`."""
    return formats.initials(name)


@register.filter
def badge(name: str) -> str:
    """One or two letters for the round sign beside a name: `JR`."""
    letters = formats.initials(name).replace(".", "")
    return letters[:1] + letters[-1:] if len(letters) > 1 else letters


@register.filter
def date_in(value: datetime, zone: str) -> str:
    """The day of a moment in a zone: `5 November 2024`."""
    return formats.plain_date(value.astimezone(ZoneInfo(zone)).date(), _language())
