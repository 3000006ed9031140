from django.db import migrations

from ikrar.core.db.policies import append_only

GUARD = """
CREATE FUNCTION documents_keep_printed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE may text[] := ARRAY['state', 'voided_at', 'voided_by', 'voided_name', 'void_reason', 'version'];
BEGIN
  IF OLD.state = 'draft' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.state = 'void' OR NEW.state = 'draft'
     OR to_jsonb(NEW) - may IS DISTINCT FROM to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'a printed paper never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_printed BEFORE UPDATE OR DELETE ON documents_paper
  FOR EACH ROW EXECUTE FUNCTION documents_keep_printed();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON documents_paper FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A scan is struck through, not changed. It can be deleted: erasing a person's opening takes the kept scan with it.
CREATE FUNCTION documents_keep_scan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE may text[] := ARRAY['voided_at', 'voided_by', 'voided_name', 'void_reason'];
BEGIN
  IF OLD.voided_at IS NOT NULL OR to_jsonb(NEW) - may IS DISTINCT FROM to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'a scan never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_scan BEFORE UPDATE ON documents_scan FOR EACH ROW EXECUTE FUNCTION documents_keep_scan();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON documents_scan FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION documents_count_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.last <> OLD.last + 1
     OR to_jsonb(NEW) - 'last' IS DISTINCT FROM to_jsonb(OLD) - 'last' THEN
    RAISE EXCEPTION 'a series only counts on' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER count_on BEFORE UPDATE OR DELETE ON documents_numberseries
  FOR EACH ROW EXECUTE FUNCTION documents_count_on();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON documents_numberseries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
UNGUARD = """
DROP TRIGGER keep_printed ON documents_paper; DROP TRIGGER no_truncate ON documents_paper;
DROP TRIGGER keep_scan ON documents_scan; DROP TRIGGER no_truncate ON documents_scan;
DROP TRIGGER count_on ON documents_numberseries; DROP TRIGGER no_truncate ON documents_numberseries;
DROP FUNCTION documents_keep_printed; DROP FUNCTION documents_keep_scan; DROP FUNCTION documents_count_on;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_functions"), ("documents", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD), append_only("documents_letterhead", deletable=False)]
