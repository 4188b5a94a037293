-- What is done most often costs less: no job for each clock, functions whose plans are kept, an index for the front page.

-- Clocks of bookings are found by `clock_at`; the jobs that were kept for them before have nobody to do them.
DO $$
BEGIN
    IF to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
        DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
        WHERE t.id = j.task_id AND t.identifier = 'lapse_booking';
    END IF;
END
$$;

-- As in 0032, 0020 and 0001, word for word, but in plpgsql: a function in SQL that cannot be inlined is planned anew in every
-- statement that calls it, one in plpgsql once for each connection.
CREATE OR REPLACE FUNCTION rights_of(person uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(had.given ORDER BY had.given), '[]')
        FROM (SELECT role FROM user_roles WHERE user_id = person
              UNION ALL
              SELECT provider_id || ' ' || role FROM members WHERE user_id = person AND active) AS had (given)
    );
END
$$;

CREATE OR REPLACE FUNCTION audit_hash(prev bytea, seq bigint, at timestamptz, actor_id uuid, capacity text, action text,
                                      object_kind text, object_id uuid, detail jsonb, request_id uuid, commitment bytea)
    RETURNS bytea LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT sha256(prev || commitment || convert_to(string_agg(octet_length(field) || ':' || field, ',' ORDER BY place), 'UTF8'))
        FROM unnest(ARRAY[
            seq::text, (extract(epoch FROM at) * 1000000)::bigint::text, coalesce(actor_id::text, ''), capacity, action,
            object_kind, object_id::text, detail::text, coalesce(request_id::text, '')
        ]) WITH ORDINALITY AS fields (field, place)
    );
END
$$;

CREATE OR REPLACE FUNCTION audit_salt() RETURNS bytea LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16);
END
$$;

-- The best visits of each branch, for the front page: a branch without visits (design, writing) was walked to its end.
CREATE INDEX listings_top_visits ON listings (top_category_id, score DESC, service_id DESC) WHERE kind = 'visit';

-- Lists of what is not over yet: without these they begin with all that is.
CREATE INDEX bookings_customer_open ON bookings (customer_id, sort_at, id)
    WHERE state IN ('held', 'requested', 'confirmed', 'started', 'done');
CREATE INDEX bookings_provider_open ON bookings (provider_id, sort_at, id)
    WHERE state IN ('held', 'requested', 'confirmed', 'started', 'done');
