"""Why a file from outside was not taken: the codes with their sentences, and the two errors that carry them."""

from typing import Any

from ikrar.core.codes import N_, Code
from ikrar.core.errors import Invalid


class Unread(Code):
    """Why a file cannot be used. Each sentence says what, and what to do; nothing was stored in any of these cases."""

    EMPTY = N_("This file is empty. Nothing was stored. Choose the file again.")
    BROKEN = N_("This file cannot be read; it may be cut short. Nothing was stored. Open it on your computer, save it "
                "again, then upload the new copy.")
    TOO_SLOW = N_("This file took longer than {seconds} seconds to read, so reading was stopped. Nothing was stored. "
                  "Save only the part that is needed, then upload again.")
    TOO_HEAVY = N_("This file needs too much memory to read. Nothing was stored. Save only the part that is needed, "
                   "then upload again.")
    WRONG_KIND = N_("This kind of file is not used here ({extension}). Use {wanted}.")
    OTHER_CONTENT = N_("The name ends in {extension}, but what is inside is something else. Nothing was stored. Open "
                       "the original, save it as {wanted}, then upload again.")
    SHEET_TOO_LARGE = N_("This file is {size} MB, the limit is {limit} MB. Save only the member sheet, then upload "
                         "again.")
    IMAGE_TOO_LARGE = N_("This picture is {size} MB, the limit is {limit} MB. Take it again at a smaller size, or save "
                         "a smaller copy.")
    PDF_TOO_LARGE = N_("This PDF is {size} MB, the limit is {limit} MB. Scan it in grey at 200 dpi, or upload it in "
                       "parts.")
    FILE_TOO_LARGE = N_("This file is {size} MB, the limit is {limit} MB. Nothing was stored. Choose a smaller one.")
    OLD_XLS = N_("An old .xls file cannot be read. Open it in a spreadsheet program, save it as .xlsx.")
    LOCKED_SHEET = N_("This spreadsheet is locked with a password. Open it, remove the password, then save and upload "
                      "again.")
    MACRO_SHEET = N_("A spreadsheet with macros (.xlsm) is not read. Save it as an ordinary .xlsx.")
    HEIC = N_("A HEIC photograph cannot be read here. On the phone choose camera format \"Most Compatible\" (JPG), or "
              "send a screenshot of the photograph.")
    TOO_MANY_PARTS = N_("There are {count} files inside this one, the limit is {limit}. Save only the member sheet as "
                        "a new .xlsx, then upload again.")
    UNPACKS_TOO_LARGE = N_("This file unpacks to {ratio} times its size, which no roster does, so it was not opened. "
                           "Copy the rows into a new spreadsheet and save that.")
    NESTED_ARCHIVE = N_("This file holds another packed file ({name}), so it was not opened. Save the sheet alone as a "
                        "new .xlsx.")
    TOO_MANY_PIXELS = N_("This picture is {width} by {height} dots, the limit is {limit} million dots. Save a smaller "
                         "copy.")
    LOCKED_PDF = N_("This PDF is locked with a password. Save a copy without the password, then upload that.")
    ACTIVE_PDF = N_("This PDF holds a program or an attached file ({what}). A scan needs neither. Print it to PDF once "
                    "more, or photograph the paper.")
    NO_PAGES = N_("This PDF has no pages. Scan the paper again.")
    TOO_MANY_PAGES = N_("This PDF has {count} pages, the limit is {limit}. Upload it in parts.")


class Unreadable(Invalid):
    """A file from outside cannot be used. `code` is an `Unread`, or a code of the room that registered the worker."""


class Refused(Exception):
    """Raised by a worker inside the child: the name of a code, and what fills its sentence."""

    def __init__(self, name: str, /, **data: Any) -> None:
        self.name = name
        self.data = data
        super().__init__(name)
