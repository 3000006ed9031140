"""What the room tells the ledger. No facts of these kinds hold a password, code, token, key or PIN."""

from ikrar.ledger.rules import Kind

OFFICER_INVITED = Kind("access.officer_invited")
ROLE_GIVEN = Kind("access.role_given")
LINK_REISSUED = Kind("access.link_reissued")
PASSWORD_CHOSEN = Kind("access.password_chosen")
FACTOR_CONNECTED = Kind("access.factor_connected")
CODES_MADE = Kind("access.codes_made")
SIGNED_IN = Kind("access.signed_in")
SIGNED_OUT = Kind("access.signed_out")
LOCKED = Kind("access.locked")
PROVEN_AGAIN = Kind("access.proven_again")
SESSIONS_ENDED = Kind("access.sessions_ended")
GRANT_SWITCHED = Kind("access.grant_switched")
GRANT_REVOKED = Kind("access.grant_revoked")
ACCOUNT_ENDED = Kind("access.account_ended")

MEMBER_OPENED = Kind("access.member_opened")
MEMBER_RESET = Kind("access.member_reset")
MEMBER_ROLE_CHANGED = Kind("access.member_role_changed")
MEMBER_ENDED = Kind("access.member_ended")
PIN_CHOSEN = Kind("access.pin_chosen")
PIN_LOCKED = Kind("access.pin_locked")
KEY_REGISTERED = Kind("access.key_registered")
# One leaf for each act of revoking, whatever the number of keys (security, section 5).
KEYS_REVOKED = Kind("access.keys_revoked")
