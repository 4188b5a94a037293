-- Where the history stood, day by day, signed: what was published cannot be taken back. And the one way to forget a
-- person's words and addresses.

CREATE TABLE audit_heads (
    day date PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    seq bigint NOT NULL CHECK (seq >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    signed_at timestamptz NOT NULL,
    public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
    signature bytea NOT NULL CHECK (octet_length(signature) = 64),
    CONSTRAINT audit_heads_on_their_day CHECK (day = (signed_at AT TIME ZONE 'UTC')::date)
);

REVOKE ALL ON audit_heads FROM servicehub_app;
GRANT SELECT, INSERT ON audit_heads TO servicehub_app;

CREATE TRIGGER audit_heads_append_only BEFORE UPDATE OR DELETE ON audit_heads
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_heads_no_truncate BEFORE TRUNCATE ON audit_heads
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The application's role could do none of this before; now a slip of the owner's is refused too.
-- Rows of audit_personal may go (people may be forgotten), but never change.
CREATE TRIGGER audit_personal_unchanged BEFORE UPDATE ON audit_personal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_personal_no_truncate BEFORE TRUNCATE ON audit_personal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Searches come newest first: by actor, and by action (all actions are looked up one after another, there are few).
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, at, seq);
CREATE INDEX audit_entries_action ON audit_entries (action, at, seq);

-- Forgets addresses and words: of what the person did, of what was done to them, and of what others wrote into the
-- history of bookings they made. The entries themselves stay: they hold commitments and no words.
-- SECURITY DEFINER: the application may delete these rows this way and no other, and can delete nothing else with it.
CREATE FUNCTION erase_personal(person uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH theirs AS (
        SELECT seq FROM audit_entries WHERE actor_id = person
        UNION
        SELECT seq FROM audit_entries WHERE object_id = person AND object_kind = 'user'
        UNION
        SELECT e.seq FROM bookings b JOIN audit_entries e ON e.object_id = b.id WHERE b.customer_id = person
    ), gone AS (
        DELETE FROM audit_personal p USING theirs WHERE p.seq = theirs.seq RETURNING 1
    )
    SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION erase_personal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_personal TO servicehub_app;

-- Somebody who may read the history and nothing else.
ALTER TABLE user_roles DROP CONSTRAINT user_roles_role_check;
ALTER TABLE user_roles ADD CONSTRAINT user_roles_role_check
    CHECK (role IN ('customer', 'provider', 'onboarding_manager', 'ops_manager', 'auditor', 'admin', 'superadmin'));
