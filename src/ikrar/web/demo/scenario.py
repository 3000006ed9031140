"""The demo's story from the first day to today, told through the users' own actions."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from ikrar.access.actions import DOORS_FILE
from ikrar.core import clock
from ikrar.core.db.scope import everywhere
from ikrar.web.demo import ceremonies, pacts, roster, stage, texts
from ikrar.web.demo.stage import Days, Stage

Say = Callable[[str], object]


@dataclass(frozen=True)
class Gaps:
    """What is left open on purpose, so that the boards have something to say."""

    without_data: int
    away: int
    still_away: int
    resigned: int
    followed: int
    unsigned: int


GAPS = {
    "63.10": Gaps(without_data=2, away=11, still_away=5, resigned=5, followed=2, unsigned=15),
    "75.71": Gaps(without_data=1, away=6, still_away=3, resigned=1, followed=0, unsigned=5),
}


def fill(seed: str, say: Say, *, unsigned: int | None = None) -> None:
    """Fill an empty demo. The same seed gives the same people, acts and gaps; keys, codes and the log's root differ.

    `unsigned`: how many of Tanah Bumbu's members leave their pact open, where it is not the story's own number.
    """
    gaps = GAPS if unsigned is None else {**GAPS, "63.10": replace(GAPS["63.10"], unsigned=unsigned)}
    days = stage.first_day()
    with everywhere("the demo is filled by one process, before anybody signs in"), transaction.atomic():
        with clock.travel(datetime.combine(days.founded, time(8), ZoneInfo("Asia/Makassar"))):
            stages = stage.found(days)
        doors: dict[str, str] = {}
        for each in stages.values():
            _tell(each, gaps[each.code], days, seed, doors, say)
    (Path(settings.IKRAR_HOME) / DOORS_FILE).write_text(json.dumps(doors))


def _tell(each: Stage, gaps: Gaps, days: Days, seed: str, doors: dict[str, str], say: Say) -> None:
    roster.import_roster(each, days.before(200), seed=seed, without_data=gaps.without_data)
    say(f"  {each.office.name}: daftar anggota diimpor")
    texts.approve_all(each, days.before(198))
    first = ceremonies.swear_in(each, "PPK", days.ppk_sworn, away=0, seed=seed)
    ceremonies.bring_back(each, first, days.before(194))
    main = ceremonies.swear_in(each, "PPS", days.pps_sworn, away=gaps.away, seed=seed)
    ceremonies.swear_in_late(each, "PPS", days.late_sworn, follows=main, still_away=gaps.still_away, seed=seed)
    say(f"  {each.office.name}: naskah disetujui, sumpah/janji diucapkan")
    gone = roster.leave(each, days.before(26), how_many=gaps.resigned, seed=seed)
    roster.follow(each, gone[: gaps.followed], days.before(22), seed=seed)
    doors.update(pacts.sign_pacts(each, days, seed=seed, unsigned=gaps.unsigned))
    say(f"  {each.office.name}: pakta ditandatangani")
