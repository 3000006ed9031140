"""Changes of rows past every door, room by room, each with what fsck must say of it."""

from ikrar.ledger.rules import Difference

ROW, MISSING, UNTOLD, COPY = Difference.ROW, Difference.ROW_MISSING, Difference.ROW_UNTOLD, Difference.COPY
# Somebody who neither swore nor signed.
ANOTHER = "(SELECT id FROM registry_membership WHERE end_reason = 'RESIGNED')"
# What is wrong: the statement, what fsck calls it, the row that it names, and the field.
CHANGES = {
    # The registry: who serves where, since when, how it ended, and who the person is.
    "position": (
        "UPDATE registry_membership SET position = 'CHAIR' WHERE position = 'MEMBER'",
        ROW, "membership", "position",
    ),
    "first day": (
        "UPDATE registry_membership SET started_on = started_on - 1 WHERE end_reason = 'RESIGNED'",
        ROW, "membership", "started_on",
    ),
    "decree": (
        "UPDATE registry_membership SET decree_number = '1 Tahun 2026'",
        ROW, "membership", "decree_number",
    ),
    "ended": (
        "UPDATE registry_membership SET ended_on = '2026-08-01' WHERE ended_on IS NULL",
        ROW, "membership", "ended_on",
    ),
    "end undone": (
        "UPDATE registry_membership SET ended_on = NULL WHERE end_reason = 'RESIGNED'",
        ROW, "membership", "ended_on",
    ),
    "why ended": (
        "UPDATE registry_membership SET end_reason = 'DISMISSED' WHERE end_reason <> ''",
        ROW, "membership", "end_reason",
    ),
    "voided": (
        "UPDATE registry_membership SET voided_at = now()",
        ROW, "membership", "voided",
    ),
    "another person": (
        "UPDATE registry_membership SET person_id = (SELECT id FROM registry_person WHERE name = 'Gazali "
        "Tarap') WHERE person_id = (SELECT id FROM registry_person WHERE name = 'Wahidin Ulin') AND "
        "ended_on IS NULL",
        ROW, "membership", "person",
    ),
    "another body": (
        "UPDATE registry_membership SET body_id = (SELECT id FROM registry_body WHERE code = "
        "'63.10.05.2004' LIMIT 1) WHERE ended_on IS NULL",
        ROW, "membership", "body_id",
    ),
    "another path": (
        "UPDATE registry_membership SET path = '63.10.05.2004.'",
        COPY, "membership", "body",
    ),
    "carried name": (
        "UPDATE registry_membership SET name = 'Orang Lain'",
        COPY, "membership", "carried_name",
    ),
    "identity checked": (
        "UPDATE registry_membership SET identity_checked_at = now(), identity_checked_by = 'x' WHERE "
        "identity_checked_at IS NULL",
        ROW, "membership", "identity_by",
    ),
    "identity not checked": (
        "UPDATE registry_membership SET identity_checked_at = NULL",
        ROW, "membership", "identity_by",
    ),
    "name": (
        "UPDATE registry_person SET name = 'Orang Lain' WHERE name = 'Gazali Tarap'",
        ROW, "membership", "name",
    ),
    "birth date": (
        "UPDATE registry_person SET born_on = born_on + 1",
        ROW, "membership", "born_on",
    ),
    "NIK found": (
        "UPDATE registry_person SET nik_index = sha256(nik_index)",
        ROW, "membership", "nik",
    ),
    "NIK stored": (
        "UPDATE registry_person SET nik_enc = nik_enc || 'x'",
        ROW, "membership", "nik_stored",
    ),
    "phone stored": (
        "UPDATE registry_person SET phone_enc = NULL",
        ROW, "membership", "phone_stored",
    ),
    "member gone": (
        "DELETE FROM registry_membership WHERE end_reason = 'RESIGNED'",
        MISSING, "membership", "",
    ),
    "member untold": (
        "INSERT INTO registry_membership SELECT (jsonb_populate_record(m, jsonb_build_object('id', "
        "gen_random_uuid(), 'started_on', '2026-10-01', 'ended_on', NULL))).* FROM registry_membership m "
        "WHERE end_reason = 'RESIGNED'",
        UNTOLD, "membership", "",
    ),
    # The oath: marks, the ceremony, and the day that the registry keeps.
    "sworn": (
        "UPDATE oath_oathmark SET mark = 'ABSENT' WHERE mark = 'PRESENT'",
        ROW, "oath", "absent",
    ),
    "mark voided": (
        "UPDATE oath_oathmark SET voided_at = now()",
        ROW, "oath", "sworn",
    ),
    "officiant": (
        "UPDATE oath_ceremony SET officiant_name = 'Orang Lain'",
        ROW, "oath", "officiant",
    ),
    "day of the oath": (
        "UPDATE oath_ceremony SET held_at = held_at - interval '1 day'",
        ROW, "oath", "held_at",
    ),
    "oath not spoken": (
        "UPDATE oath_ceremony SET state = 'OPEN'",
        MISSING, "oath", "",
    ),
    "kept day": (
        "UPDATE registry_membership SET sworn_on = '2026-06-30' WHERE sworn_on IS NOT NULL",
        COPY, "membership", "sworn_on",
    ),
    "kept day of nobody": (
        "UPDATE registry_membership SET sworn_on = '2026-07-01' WHERE end_reason = 'RESIGNED'",
        COPY, "membership", "sworn_on",
    ),
    # Texts: the file that is signed, the wording that is shown, and the decree's scan.
    "text file": (
        "UPDATE texts_textversion SET file = file || 'x'",
        ROW, "text", "kept_sha256",
    ),
    "text wording": (
        "UPDATE texts_textversion SET wording = replace(wording::text, 'a', 'e')::jsonb",
        ROW, "text", "wording_sha256",
    ),
    "text hash": (
        "UPDATE texts_textversion SET sha256 = sha256(file || 'x')",
        ROW, "text", "sha256",
    ),
    "text decree": (
        "UPDATE texts_textversion SET decree_number = '1 Tahun 2026'",
        ROW, "text", "decree",
    ),
    "text of another body": (
        "UPDATE texts_textversion SET body_kind = 'PPK'",
        ROW, "text", "body",
    ),
    "text not in force": (
        "UPDATE texts_textversion SET state = 'DRAFT'",
        MISSING, "text", "",
    ),
    "decree's scan": (
        "UPDATE texts_decreescan SET content = content || 'x'",
        ROW, "text", "scan_kept_sha256",
    ),
    "decree's scan gone": (
        "DELETE FROM texts_decreescan",
        ROW, "text", "scan_sha256",
    ),
    # Papers: the printed bytes, and the scan of what was signed.
    "paper bytes": (
        "UPDATE documents_paper SET content = content || 'x'",
        ROW, "paper", "kept_sha256",
    ),
    "paper hash": (
        "UPDATE documents_paper SET content = content || 'x', sha256 = sha256(content || 'x')",
        ROW, "paper", "sha256",
    ),
    "paper number": (
        "UPDATE documents_paper SET number = '2/PP.04.2-BA/6310/2026'",
        ROW, "paper", "number",
    ),
    "paper voided": (
        "UPDATE documents_paper SET state = 'void'",
        ROW, "paper", "voided",
    ),
    "paper gone": (
        "DELETE FROM documents_paper",
        MISSING, "paper", "",
    ),
    "paper code": (
        "UPDATE documents_paper SET code = repeat('0', 27)",
        COPY, "paper", "code",
    ),
    "paper scan": (
        "UPDATE documents_scan SET content = content || 'x'",
        ROW, "paper", "scans",
    ),
    "paper scan gone": (
        "DELETE FROM documents_scan",
        ROW, "paper", "scans",
    ),
    # Pacts: whose signature, under which text, what stands on it, the receipt, the sheet of paper, the decline.
    "another's signature": (
        f"UPDATE pact_signature SET membership_id = {ANOTHER} WHERE level = 'B'",
        ROW, "signature", "membership",
    ),
    "signer's name": (
        "UPDATE pact_signature SET holder = 'Orang Lain'",
        ROW, "signature", "holder",
    ),
    "signed under another text": (
        "UPDATE pact_signature SET text_id = (SELECT id FROM texts_textversion WHERE kind = 'OATH')",
        ROW, "signature", "text",
    ),
    "signer's key": (
        "UPDATE pact_signature SET key = repeat('A', 43)",
        ROW, "signature", "key",
    ),
    "signer's place": (
        "UPDATE pact_signature SET snapshot = jsonb_set(snapshot, '{code}', '\"63.10.05.2001\"')",
        ROW, "signature", "place",
    ),
    "signed then": (
        "UPDATE pact_signature SET signed_at = '2026-11-20T00:00:00Z'",
        ROW, "signature", "signed_at",
    ),
    "claimed then": (
        "UPDATE pact_signature SET claimed_at = '2026-11-20T00:00:00Z'",
        ROW, "signature", "claimed_at",
    ),
    "statement": (
        "UPDATE pact_signature SET statement_sha256 = sha256(statement_sha256)",
        ROW, "signature", "statement",
    ),
    "level": (
        "UPDATE pact_signature SET level = 'D'",
        ROW, "signature", "level",
    ),
    "seen in person": (
        "UPDATE pact_signature SET identity_checked = NOT identity_checked",
        ROW, "signature", "identity_checked",
    ),
    "signature voided": (
        "UPDATE pact_signature SET voided_at = now()",
        ROW, "signature", "voided",
    ),
    "how voided": (
        "UPDATE pact_signature SET voided_as = 'MISTAKE'",
        ROW, "signature", "voided_as",
    ),
    "signature gone": (
        "DELETE FROM pact_signature WHERE level = 'B'",
        MISSING, "signature", "",
    ),
    "one more signature": (
        "INSERT INTO pact_signature SELECT (jsonb_populate_record(s, jsonb_build_object('id', "
        f"gen_random_uuid(), 'code', repeat('1', 26), 'membership_id', {ANOTHER}, 'entry_id', (SELECT "
        "max(id) FROM ledger_entry)))).* FROM pact_signature s LIMIT 1",
        UNTOLD, "signature", "",
    ),
    "signature's code": (
        "UPDATE pact_signature SET code = repeat('0', 26) WHERE level = 'B'",
        ROW, "signature", "code",
    ),
    "code of another": (
        "UPDATE ledger_publiccode SET subject = 'x' WHERE kind = 'pact'",
        COPY, "signature", "code",
    ),
    "receipt": (
        "UPDATE pact_receipt SET content = content || 'x'",
        ROW, "signature", "receipt_kept",
    ),
    "receipt with its hash": (
        "UPDATE pact_receipt SET content = content || 'x', sha256 = sha256(content || 'x')",
        ROW, "signature", "receipt",
    ),
    "receipt gone": (
        "DELETE FROM pact_receipt",
        ROW, "signature", "receipt",
    ),
    "paper pact's scan": (
        "UPDATE pact_paperscan SET content = content || 'x'",
        ROW, "papers", "",
    ),
    "paper pact's state": (
        "UPDATE pact_paperentry SET state = 'RETURNED'",
        ROW, "papers", "",
    ),
    "decline withdrawn": (
        "UPDATE pact_decline SET withdrawn_at = now()",
        ROW, "declines", "declines",
    ),
    "decline gone": (
        "DELETE FROM pact_decline",
        MISSING, "declines", "",
    ),
    "decline of another": (
        f"UPDATE pact_decline SET membership_id = {ANOTHER}",
        MISSING, "declines", "",
    ),
}
