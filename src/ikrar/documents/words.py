"""Numbers and dates in Indonesian words, as letters and records write them beside the figures."""

from datetime import date

from ikrar.core.formats import month, number, weekday

ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
SCALES = ((1_000_000_000_000, "triliun"), (1_000_000_000, "miliar"), (1_000_000, "juta"), (1_000, "ribu"))
LIMIT = 1_000_000_000_000_000
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
         (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def in_words(value: int) -> str:
    """471 as `empat ratus tujuh puluh satu`. Raises ValueError below zero and from a thousand trillion on."""
    if not 0 <= value < LIMIT:
        raise ValueError(f"no words for {value}")
    return ONES[0] if value == 0 else " ".join(_spell(value))


def counted(value: int) -> str:
    """`471 (empat ratus tujuh puluh satu)`: a figure that nobody can add a digit to."""
    return f"{number(value)} ({in_words(value)})"


def spelled_date(day: date) -> str:
    """`Minggu, tanggal dua puluh enam bulan Mei tahun dua ribu dua puluh empat (26-5-2024)`."""
    figures = f"{day.day}-{day.month}-{day.year}"
    return f"{weekday(day)}, tanggal {in_words(day.day)} bulan {month(day)} tahun {in_words(day.year)} ({figures})"


def roman(value: int) -> str:
    """4 as `IV`, for annexes and months. Raises ValueError outside 1 to 3999."""
    if not 1 <= value <= 3999:
        raise ValueError(f"no Roman numeral for {value}")
    signs = []
    for worth, sign in ROMAN:
        count, value = divmod(value, worth)
        signs.append(sign * count)
    return "".join(signs)


def _spell(value: int) -> list[str]:
    """The words of a value from 1 on; `seribu` and `seratus`, but `satu juta`."""
    for worth, word in SCALES:
        if value >= worth:
            head, rest = divmod(value, worth)
            begin = ["seribu"] if (head, word) == (1, "ribu") else [*_spell(head), word]
            return begin + (_spell(rest) if rest else [])
    return _spell_below_thousand(value)


def _spell_below_thousand(value: int) -> list[str]:
    if value >= 100:
        head, rest = divmod(value, 100)
        begin = ["seratus"] if head == 1 else [ONES[head], "ratus"]
        return begin + (_spell_below_thousand(rest) if rest else [])
    if value >= 20:
        head, rest = divmod(value, 10)
        return [ONES[head], "puluh", *([ONES[rest]] if rest else [])]
    return [ONES[value - 10], "belas"] if value > 11 else [ONES[value]]
