"""Reasons that a machine can test and a person can read: each code stands beside its sentence."""

from enum import Enum


def N_(message: str) -> str:
    """Mark an English sentence for translation where it is defined; it is translated where it is shown."""
    return message


class Code(Enum):
    """A reason with its sentence (English msgid, `{name}` marks what `data` fills in).

    Rooms subclass it in `rules.py`; `key` is `<room>.<reason>` and is what the API and the command line show.
    """

    @property
    def key(self) -> str:
        """The closed reason code, e.g. `pact.not_in_force`."""
        return f"{type(self).__module__.split('.')[1]}.{self.name.lower()}"

    @property
    def sentence(self) -> str:
        """The English sentence, untranslated and with its marks."""
        return str(self.value)
