-- The first superadmin is invited from the command line, by nobody who has an account.
ALTER TABLE operator_invitations ALTER COLUMN by_id DROP NOT NULL;

-- Salts of the history: 128 random bits. A version 4 UUID holds 122; two of them hashed hold more than is taken.
CREATE FUNCTION audit_salt() RETURNS bytea LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16)
$$;
REVOKE ALL ON FUNCTION audit_salt FROM PUBLIC;

-- Only the salt changes, whatever else was added to the function since it was made.
DO $$
DECLARE
    present text := pg_get_functiondef('record_effects'::regproc);
    better text := replace(present, 'decode(replace(gen_random_uuid()::text, ''-'', ''''), ''hex'')', 'audit_salt()');
BEGIN
    IF better = present THEN
        RAISE EXCEPTION 'record_effects makes its salts in another way than expected';
    END IF;
    EXECUTE better;
END
$$;

-- Whether a login has a role of the marketplace's own people; their sessions are shorter.
CREATE FUNCTION is_operator(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM user_roles WHERE user_id = person AND role NOT IN ('customer', 'provider'))
$$;
