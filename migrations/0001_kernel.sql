-- What all subjects stand on: extensions, the application's role, the outbox, the history.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- The application connects as this role: it reads and writes rows, and can alter nothing.
DO $$
BEGIN
    -- Roles belong to the cluster: another database may have made it, or an administrator beforehand.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'servicehub_app') THEN
        CREATE ROLE servicehub_app LOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- at the same moment
END
$$;
GRANT USAGE ON SCHEMA public TO servicehub_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO servicehub_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO servicehub_app;

-- unaccent() is not IMMUTABLE because its dictionary can be changed; ours is fixed by name.
CREATE FUNCTION plain_text(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent', words)) $$;

-- Microseconds since 1970 as an instant, exactly: to_timestamp() goes through a float.
CREATE FUNCTION at(micros bigint) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT 'epoch'::timestamptz + make_interval(secs => micros / 1000000) + (micros % 1000000) * interval '1 microsecond' $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Events commit with the change that caused them; the relay hands them to their consumers.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    object_id uuid NOT NULL,
    payload jsonb,
    handled_at timestamptz
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE handled_at IS NULL;

-- The history. Each entry carries the hash of the one before it. Personal details are kept apart,
-- under a salted commitment, so that a person can be erased and the chain still verifies.
CREATE TABLE audit_entries (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_id uuid,
    capacity text NOT NULL,
    action text NOT NULL,
    object_kind text NOT NULL,
    object_id uuid NOT NULL,
    detail jsonb NOT NULL,
    request_id uuid,
    personal_commitment bytea NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE INDEX audit_entries_object ON audit_entries (object_id, seq);

CREATE TABLE audit_personal (
    seq bigint PRIMARY KEY REFERENCES audit_entries,
    salt bytea NOT NULL,
    content jsonb NOT NULL
);

-- Where the chain ends. Locked by whoever appends, until the commit.
CREATE TABLE audit_head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    seq bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO audit_head (seq, hash) VALUES (0, sha256('ServiceHub'::bytea));

-- What an entry's hash covers: every field with its length before it, so that nothing can be moved
-- from one field into its neighbour unnoticed.
CREATE FUNCTION audit_hash(prev bytea, seq bigint, at timestamptz, actor_id uuid, capacity text, action text,
                           object_kind text, object_id uuid, detail jsonb, request_id uuid, commitment bytea)
    RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(prev || commitment || convert_to(string_agg(octet_length(field) || ':' || field, ',' ORDER BY place), 'UTF8'))
    FROM unnest(ARRAY[
        seq::text, (extract(epoch FROM at) * 1000000)::bigint::text, coalesce(actor_id::text, ''), capacity, action,
        object_kind, object_id::text, detail::text, coalesce(request_id::text, '')
    ]) WITH ORDINALITY AS fields (field, place)
$$;

-- Events, jobs and history of one transaction, in one call, right before its commit.
-- SECURITY DEFINER: the application's role may call this, but not touch the head of the chain.
CREATE FUNCTION record_effects(who jsonb, events jsonb, jobs jsonb, audit jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    entry jsonb;
    head audit_head;
    at_ timestamptz := (who ->> 'at')::timestamptz;
    salt_ bytea;
    personal jsonb;
    commitment bytea;
    hash_ bytea;
BEGIN
    IF jsonb_array_length(events) > 0 THEN
        INSERT INTO outbox (at, kind, object_id, payload)
        SELECT at_, e ->> 'kind', (e ->> 'object_id')::uuid, nullif(e -> 'payload', 'null')
        FROM jsonb_array_elements(events) e;
    END IF;
    FOR entry IN SELECT jsonb_array_elements(jobs) LOOP
        PERFORM graphile_worker.add_job(entry ->> 'task', (entry -> 'payload')::json, run_at => (entry ->> 'run_at')::timestamptz);
    END LOOP;
    IF jsonb_array_length(audit) = 0 THEN
        RETURN;
    END IF;
    SELECT * INTO head FROM audit_head FOR UPDATE;
    FOR entry IN SELECT jsonb_array_elements(audit) LOOP
        salt_ := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
        personal := jsonb_build_object('address', who -> 'address', 'words', entry -> 'personal');
        commitment := sha256(salt_ || convert_to(personal::text, 'UTF8'));
        head.seq := head.seq + 1;
        hash_ := audit_hash(head.hash, head.seq, at_, (who ->> 'user')::uuid, entry ->> 'capacity', entry ->> 'action',
                            entry ->> 'object_kind', (entry ->> 'object_id')::uuid, entry -> 'detail',
                            (who ->> 'request')::uuid, commitment);
        INSERT INTO audit_entries VALUES (
            head.seq, at_, (who ->> 'user')::uuid, entry ->> 'capacity', entry ->> 'action', entry ->> 'object_kind',
            (entry ->> 'object_id')::uuid, entry -> 'detail', (who ->> 'request')::uuid, commitment, head.hash, hash_);
        INSERT INTO audit_personal VALUES (head.seq, salt_, personal);
        head.hash := hash_;
    END LOOP;
    UPDATE audit_head SET seq = head.seq, hash = head.hash;
END
$$;

REVOKE ALL ON audit_entries, audit_personal, audit_head FROM servicehub_app;
GRANT SELECT ON audit_entries, audit_personal, audit_head TO servicehub_app;
REVOKE ALL ON FUNCTION record_effects FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_effects TO servicehub_app;

CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
