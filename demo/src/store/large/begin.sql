-- The settings of the one transaction, its chance and its present.
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0;
SET LOCAL synchronous_commit = off;
SET LOCAL work_mem = '256MB';
SET LOCAL maintenance_work_mem = '512MB';
SET LOCAL max_parallel_maintenance_workers = 2;

-- Throws dice: the same number and throw give the same fraction, 0 up to 1.
CREATE FUNCTION pg_temp.dice(n bigint, throw bigint) RETURNS double precision IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT (hashint8extended(n, throw) & 4503599627370495) / 4503599627370496.0::double precision $$;
CREATE FUNCTION pg_temp.dice(id uuid, throw bigint) RETURNS double precision IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT (uuid_hash_extended(id, throw) & 4503599627370495) / 4503599627370496.0::double precision $$;

-- The id of a number: in order, as ids made one after the other are.
CREATE FUNCTION pg_temp.uid(kind int, n bigint) RETURNS uuid IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT (lpad(to_hex(1735689600000 + n), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8000'
        || lpad(to_hex((n * 2654435761) % 281474976710656), 12, '0'))::uuid $$;

CREATE TEMP TABLE present (now timestamptz NOT NULL, monday date NOT NULL) ON COMMIT DROP;
