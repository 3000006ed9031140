"""Why a value or a row of the roster is not taken: the codes, each with what is wrong and, after the line break, how to
mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ikrar.core.codes import N_, Code


class Problem(Code):
    """What is wrong with a row. The first line says what, the second how to mend it; nothing of the row was stored."""

    INVISIBLE = N_("There is an invisible sign ({sign}) at place {position}.\nEmpty the cell and type it again.")
    FORMULA = N_("The cell holds a formula, not text.\nCopy it, then paste it as a value.")
    FORMULA_TEXT = N_("The text begins with {sign}, as a formula does.\nRemove that sign.")
    CELL_ERROR = N_("The cell shows an error of the spreadsheet.\nType the value itself.")
    TOO_LONG = N_("The text has {length} letters, the limit is {limit}.\nShorten it.")

    NAME_MISSING = N_("The name is missing.\nEven one word is enough, for example Suprapti.")
    STRANGE_SIGN = N_("The sign {sign} is not used here (place {position}).\n"
                       "Write it as on the KTP or the decree.")
    LOOK_ALIKE = N_("Letter {position} ({sign}) looks like {latin}, but it is of another alphabet.\n"
                    "Empty the cell and type it again by keyboard.")

    NIK_SHORT = N_("A NIK has 16 digits. This one has {digits}.\nWrite it again as on the KTP.")
    NIK_LONG = N_("A NIK has 16 digits. This one has {digits}, too many.\nWrite it again as on the KTP.")
    NIK_SIGN = N_("A NIK has digits only, no {sign}.\nWrite it again as on the KTP.")
    NIK_LOST = N_("The NIK was stored as a number and its last digits are lost.\n"
                  "Set column {column} to Text, then type the 16 digits again.")
    NIK_NO_DATE = N_("Digits 7 to 12 of a NIK are a birth date; these are none.\nWrite the NIK again as on the KTP.")
    NIK_OTHER_BIRTH = N_("The NIK says born {in_nik}, the birth date column says {given}.\n"
                         "Look at the KTP and mend whichever is wrong.")
    NIK_OF_WOMAN = N_("The NIK is a woman's, the sex column says a man.\n"
                      "Look at the KTP and mend whichever is wrong.")
    NIK_OF_MAN = N_("The NIK is a man's, the sex column says a woman.\n"
                    "Look at the KTP and mend whichever is wrong.")
    NIK_TWICE = N_("The NIK is the same as in row {rows}.\nCheck both KTP. One NIK is for one person only.")
    NIK_ELSEWHERE = N_("This NIK is recorded as a member of {body}.\n"
                       "If the person moved, open that member and choose Move. If not, check the KTP.")
    NIK_OTHER_NAME = N_("This NIK is recorded under another name, {initials} of {body}.\n"
                        "Check the KTP. A wrong name is mended on the member's page.")
    NIK_DIFFERS = N_("This person is recorded with another NIK, {masked}.\n"
                     "Check the KTP. A wrong NIK is mended on the member's page.")
    PERSON_TWICE = N_("The same person stands in row {rows}: body, name and birth date agree.\n"
                      "Remove one, or fill in the NIK of both.")
    PERSON_UNSURE = N_("{body} has more than one member of this name.\nFill in the NIK or the birth date.")

    DATE_IMPOSSIBLE = N_("This date is not in the calendar.\nLook at the birth date on the KTP, then write it again.")
    DATE_SHORT_YEAR = N_("The year has only two digits, so the century is not certain.\n"
                         "Write four, for example 1988.")
    DATE_UNREADABLE = N_("This date cannot be read.\nWrite it like 17-08-1988 or 17 Agustus 1988.")
    BIRTH_IMPLAUSIBLE = N_("A member cannot be born in {year}.\n"
                           "Look at the birth date on the KTP, then write it again.")
    DECREE_DATE_IMPOSSIBLE = N_("This decree date is not in the calendar.\nLook at the decree, then write it again.")

    DECREE_DATE_FAR = N_("The decree date, {day}, is more than two years away from voting day.\n"
                         "Look at the decree, then write the date again.")
    DECREE_NEEDED = N_("{body} has a vacancy to be filled, so the decree number is needed.\n"
                       "Write the number of the decree that appoints this person. Its scan may follow.")
    SERVED_HERE = N_("This person's service in {body} ended on {day}.\n"
                     "Leave the row out. If the person was appointed again, write the new decree.")
    STARTS_WHILE_FULL = N_("On the decree date, {day}, {body} was still complete.\n"
                           "Write number and date of the decree that appoints this person.")
    STARTS_BESIDE_CHAIR = N_("On the decree date, {day}, {body} still had another chair.\n"
                             "Write number and date of the decree that appoints this person.")
    STARTS_WHILE_ELSEWHERE = N_("On the decree date, {day}, this person still served in another body, until {until}.\n"
                                "Write number and date of the decree that appoints this person here.")

    PHONE_UNREADABLE = N_("This is no phone number.\nWrite one number, for example 0812 3456 7890.")
    PHONE_TWO = N_("There are two phone numbers in one cell.\nKeep the one that has WhatsApp.")
    PHONE_ABROAD = N_("This number is not from Indonesia.\nWrite a number that begins with 0 or +62.")
    PHONE_LOST = N_("The phone number was stored as a number and its last digits are lost.\n"
                    "Set column {column} to Text, then type the number again.")
    SEX_UNKNOWN = N_("The sex is not understood.\nWrite L or P.")

    POSITION_MISSING = N_("The position is missing.\nWrite Ketua or Anggota.")
    POSITION_UNKNOWN = N_("This position is not known.\nWrite Ketua or Anggota.")
    POSITION_SECRETARIAT = N_("The secretariat is not a member of the body.\nLeave this row out.")
    SECOND_CHAIR = N_("{body} has its chair already, row {rows}.\nA body has one chair. Check which row is wrong.")
    SECOND_CHAIR_KNOWN = N_("{body} has its chair already, {initials}.\n"
                            "A body has one chair. If it changed, put the former chair's row into the file too.")

    BODY_UNKNOWN = N_("This body is not known.\nWrite PPK or PPS.")
    BODY_NOT_FORMED = N_("{body} is not part of this election.\nCheck on the election page which bodies it has.")
    KECAMATAN_MISSING = N_("The kecamatan is missing.\nWrite it as in the region list.")
    KECAMATAN_UNKNOWN = N_("There is no kecamatan of this name here.\nWrite it as in the region list.")
    KECAMATAN_NEAR = N_("There is no kecamatan of this name here.\nDo you mean {suggestion}?")
    VILLAGE_MISSING = N_("The village is missing.\nWrite it as in the region list. For a PPK write PPK as the body.")
    VILLAGE_UNKNOWN = N_("{kecamatan} has no such village.\nWrite it as in the region list.")
    VILLAGE_NEAR = N_("{kecamatan} has no such village.\nDo you mean {suggestion}?")
    VILLAGE_ELSEWHERE = N_("{kecamatan} has no such village; there is one in {elsewhere}.\n"
                           "Check the kecamatan of this row.")
    VILLAGE_TWICE = N_("There is more than one {village} here: in {kecamatan}.\nFill in the kecamatan of this row.")
    VILLAGE_UNKNOWN_HERE = N_("There is no village of this name here.\nWrite it as in the region list.")
    VILLAGE_NEAR_HERE = N_("There is no village of this name here.\nDo you mean {suggestion}?")

    BODY_FULL = N_("{body} is complete, {seats} persons (row {rows}).\n"
                   "Check which row is wrong. If somebody left, record that first.")
    BODY_FULL_RANGE = N_("{body} is complete, {seats} persons (row {first} to {last}).\n"
                         "Check which row is wrong. If somebody left, record that first.")
    BODY_FULL_KNOWN = N_("{body} is complete, {seats} persons, all recorded before.\n"
                         "If somebody left, record that first.")
    BODY_FULL_MIXED = N_("{body} is complete, {seats} persons: {known} recorded before, and row {rows}.\n"
                         "Check which row is wrong. If somebody left, record that first.")


@dataclass(frozen=True)
class Trouble:
    """A value that is not taken: why, and what fills the sentence."""

    code: Problem
    data: Mapping[str, Any] = field(default_factory=dict)


def trouble(code: Problem, **data: Any) -> Trouble:
    """A trouble with the marks of its sentence filled."""
    return Trouble(code, data)
