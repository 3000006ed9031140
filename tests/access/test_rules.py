"""Roles, passwords, PINs, codes and names: decisions without a database."""

from datetime import UTC, date, datetime

import pytest

from ikrar.access.law import common_passwords, roles
from ikrar.access.rules import (
    GrantRefusal,
    NameRefusal,
    PasswordRefusal,
    PinRefusal,
    check_grant,
    check_new_pin,
    check_password,
    describe_agent,
    propose_username,
)
from ikrar.access.rules.names import check_name, check_username, clean_name
from ikrar.access.rules.secrets import find_step, hyphened, make_recovery_code, read_recovery_code

BORN = date(1996, 8, 17)
# RFC 6238, appendix B (SHA-1), the last six digits of each code.
RFC_KEY = b"12345678901234567890"
RFC = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")]


def judge(password: str) -> PasswordRefusal | None:
    found = check_password(password, username="murjani.ulin", name="Murjani Ulin", common=common_passwords())
    return found[0] if found else None


@pytest.mark.parametrize(
    "password", ["mangga jatuh di kebun", "Tiga ikan, dua kail!", "xK9fQ2mVb7Lp", "サクラが咲いた庭の赤い鳥"]
)
def test_a_long_password_of_ones_own_is_taken(password: str) -> None:
    assert judge(password) is None


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("pendek saja", PasswordRefusal.TOO_SHORT),
        ("a" * 201, PasswordRefusal.TOO_LONG),
        ("6310055708960012", PasswordRefusal.ONLY_DIGITS),
        ("17-08-1996-17", PasswordRefusal.ONLY_DIGITS),
        ("Password2024!", PasswordRefusal.TOO_COMMON),
        ("rahasia rahasia", PasswordRefusal.TOO_COMMON),
        ("KataSandi123456", PasswordRefusal.TOO_COMMON),
        ("aaaaaaaaaaaaaaa", PasswordRefusal.TOO_COMMON),
        ("abababababab", PasswordRefusal.TOO_COMMON),
        ("murjani.ulin!!", PasswordRefusal.HAS_NAME),
        ("rumah murjani 7", PasswordRefusal.HAS_NAME),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str, refusal: PasswordRefusal) -> None:
    assert judge(password) is refusal


@pytest.mark.parametrize("pin", ["481920", "907316", "050927"])
def test_an_ordinary_pin_is_taken(pin: str) -> None:
    assert check_new_pin(pin, born_on=BORN) is None


@pytest.mark.parametrize("pin", ["170896", "081796", "960817", "961708", "081996", "199608", "171996"])
def test_the_birth_date_is_no_pin(pin: str) -> None:
    assert check_new_pin(pin, born_on=BORN) is PinRefusal.BIRTH_DATE


@pytest.mark.parametrize(
    "pin", ["000000", "111111", "123456", "654321", "890123", "210987", "121212", "123123", "112233", "774411"]
)
def test_digits_that_are_guessed_first_are_no_pin(pin: str) -> None:
    assert check_new_pin(pin, born_on=BORN) is PinRefusal.TOO_EASY


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "12 456", "４８１９２０"])
def test_a_pin_has_six_digits(pin: str) -> None:
    assert check_new_pin(pin, born_on=BORN) is PinRefusal.SIX_DIGITS


@pytest.mark.parametrize(("second", "code"), RFC)
def test_six_digits_are_those_of_the_standard(second: int, code: str) -> None:
    assert find_step(RFC_KEY, code, at=datetime.fromtimestamp(second, UTC), last=0) == second // 30


def test_the_step_just_gone_is_taken_and_no_other() -> None:
    def found(second: int) -> int | None:
        return find_step(RFC_KEY, "005924", at=datetime.fromtimestamp(second, UTC), last=0)

    step = 1234567890 // 30
    assert [found(1234567890 + shift) for shift in (-1, 0, 30, 60)] == [None, step, step, None]


def test_a_step_is_taken_once() -> None:
    at, step = datetime.fromtimestamp(1234567890, UTC), 1234567890 // 30
    assert find_step(RFC_KEY, "005924", at=at, last=step) is None
    assert find_step(RFC_KEY, "005924", at=at, last=step - 1) == step


def test_recovery_codes_read_as_people_type_them() -> None:
    code = make_recovery_code(bytes(range(16)))
    assert hyphened(code) == "000G-40R4"
    assert read_recovery_code(" oOog-4or4 ".replace("o", "O")) == code
    assert read_recovery_code("7k2m q9xl") == "7K2MQ9X1"


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Murjani Ulin", "murjani.ulin"),
        ("H. Murjani Ulin, S.H., M.H.", "murjani.ulin"),
        ("Lisnawati", "lisnawati"),
        ("Rabiatul Adawiyah binti Haji Abdurrahman", "rabiatul.adawiyah"),
        ("Désirée Müller", "desiree.muller"),
        ("7 Samudra", "petugas.7.samudra"),
        ("李", "petugas"),
    ],
)
def test_a_username_is_made_from_the_name(name: str, username: str) -> None:
    assert propose_username(name, is_free=lambda _: True) == username


def test_a_taken_username_gets_a_number() -> None:
    taken = {"lisnawati", "lisnawati2"}
    assert propose_username("Lisnawati", is_free=lambda name: name not in taken) == "lisnawati3"


@pytest.mark.parametrize(
    "username", ["ab", "Murjani", "murjani ulin", ".murjani", "m..u", "demo.63.10.admin", "x" * 41, "murjanı"]
)
def test_a_username_of_another_shape_is_refused(username: str) -> None:
    assert check_username(username) is NameRefusal.USERNAME_SHAPE


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("   ", NameRefusal.NAME_MISSING),
        ("12345", NameRefusal.NAME_MISSING),
        ("Murjani \u202eniluJ", NameRefusal.STRANGE_LETTER),
        ("Mur\u200bjani", NameRefusal.STRANGE_LETTER),
        ("Мurjani", NameRefusal.STRANGE_LETTER),
        ("a" * 121, NameRefusal.TOO_LONG),
        ("Lisnawati", None),
        ("Nur'aini A. Rahman, S.Pd.", None),
    ],
)
def test_names_hide_nothing(name: str, refusal: NameRefusal | None) -> None:
    assert check_name(clean_name(name)) is refusal


def test_who_gives_which_role() -> None:
    admin, legal = roles()["ADMIN"], roles()["LEGAL_OFFICER"]
    assert check_grant(legal, level=2, giver=admin) is None
    assert check_grant(legal, level=2, giver=legal) is GrantRefusal.NOT_YOURS_TO_GIVE
    assert check_grant(roles()["SUPERVISOR_PROV"], level=2, giver=admin) is GrantRefusal.ROLE_NOT_HERE
    assert check_grant(roles()["SUPERVISOR_PROV"], level=1, giver=None) is None
    assert check_grant(roles()["PPS_CHAIR"], level=2, giver=admin) is GrantRefusal.ROLE_NOT_HERE
    assert check_grant(None, level=2, giver=admin) is GrantRefusal.ROLE_NOT_HERE


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Edg/130",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, said: str) -> None:
    assert describe_agent(agent) == said
