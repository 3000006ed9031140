"""Roles, and who may give which role to whom."""

from dataclasses import dataclass

from ikrar.core.codes import N_, Code

# The role that invites and ends the others of its office.
ADMIN = "ADMIN"


@dataclass(frozen=True)
class Role:
    """A role of `data/roles.yaml`.

    `duty` is the one word for what the role does here, `levels` the offices that have it, `gives` what it may give.
    """

    name: str
    kind: str
    title_id: str
    title_en: str
    verbs: frozenset[str]
    duty_id: str = ""
    duty_en: str = ""
    levels: frozenset[int] = frozenset()
    gives: frozenset[str] = frozenset()

    def title(self, lang: str | None) -> str:
        """The title in the reader's language."""
        return self.title_en if (lang or "").startswith("en") else self.title_id

    def duty(self, lang: str | None) -> str:
        """What the role does here, in the reader's language."""
        return self.duty_en if (lang or "").startswith("en") else self.duty_id


class GrantRefusal(Code):
    """Why a role is not given or taken away."""

    ROLE_NOT_HERE = N_("This office has no such role. Choose one of the roles in the list.")
    NOT_YOURS_TO_GIVE = N_("Your role cannot give this role. Choose one of the roles in the list.")
    OWN_ROLE = N_("Nobody gives a role to their own account. Ask another administrator.")
    OWN_ACCOUNT = N_("This is your own account. Change it on the page Account, or ask another administrator.")
    HAS_ROLE = N_("{name} already has this role here.")
    WORKS_ELSEWHERE = N_(
        "{name} also works for another office. Here you can only end the role in this office; "
        "the other office's administrator makes a new link."
    )
    REASON_MISSING = N_("Give a reason. It is kept with the act.")
    LAST_ADMIN = N_(
        "This is the last administrator of this office. Nothing was changed. Invite another administrator first."
    )
    ENDED = N_("The account of {name} has ended. Nothing was changed. Invite the person again if needed.")


def check_grant(role: Role | None, *, level: int, giver: Role | None) -> GrantRefusal | None:
    """Why `giver` cannot give `role` in an office of this level, or None; the installation itself is no giver (None)."""
    if role is None or level not in role.levels:
        return GrantRefusal.ROLE_NOT_HERE
    if giver is not None and role.name not in giver.gives:
        return GrantRefusal.NOT_YOURS_TO_GIVE
    return None
