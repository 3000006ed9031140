from django.db import migrations

GUARD = """
CREATE FUNCTION texts_keep_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE may text[] := ARRAY['state', 'replaced_at', 'replaced_by_id', 'version'];
BEGIN
  IF OLD.state NOT IN ('approved', 'replaced') THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR NEW.state <> 'replaced' OR OLD.state = 'replaced'
     OR to_jsonb(NEW) - may IS DISTINCT FROM to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'an approved text never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_approved BEFORE UPDATE OR DELETE ON texts_textversion
  FOR EACH ROW EXECUTE FUNCTION texts_keep_approved();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON texts_textversion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION texts_keep_scan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stands text;
BEGIN
  SELECT state INTO stands FROM texts_textversion WHERE id = OLD.text_id;
  IF stands IN ('approved', 'replaced') THEN
    RAISE EXCEPTION 'the scan of an approved text never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_scan BEFORE UPDATE OR DELETE ON texts_decreescan FOR EACH ROW EXECUTE FUNCTION texts_keep_scan();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON texts_decreescan FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
UNGUARD = """
DROP TRIGGER keep_approved ON texts_textversion; DROP TRIGGER no_truncate ON texts_textversion;
DROP TRIGGER keep_scan ON texts_decreescan; DROP TRIGGER no_truncate ON texts_decreescan;
DROP FUNCTION texts_keep_approved; DROP FUNCTION texts_keep_scan;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_functions"), ("texts", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
