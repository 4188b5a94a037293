-- Questions that are still open before the work, what the searches of one person say about them, and what is new to whom.

-- When the customer is asked once more for answers that the work waits for; empty where nothing is asked, where all is
-- answered, and once it was done.
ALTER TABLE bookings ADD COLUMN ask_again_at timestamptz;
CREATE INDEX bookings_ask_again ON bookings (ask_again_at) WHERE ask_again_at IS NOT NULL;
UPDATE bookings SET ask_again_at = starts_at - interval '24 hours'
WHERE state = 'confirmed' AND kind = 'visit' AND answered_at IS NULL AND starts_at > now()
  AND jsonb_path_exists(questions, '$[*] ? (@.required == true)');

-- What has a price on request only is booked by nobody, so it is free at no time.
DELETE FROM service_openings o USING services s WHERE s.id = o.service_id AND s.pricing = 'quote';

-- Who looked in vain, as keyed hashes over person and words: one person counts once, however often they look, and nobody
-- can be told from them, nor what else they looked for.
ALTER TABLE unmet_searches ADD COLUMN seekers bytea[] NOT NULL DEFAULT '{}';
-- What was counted before knows no persons.
DELETE FROM unmet_searches;

-- A listing keeps its number over a rest: who watches for new services hears of it once, not after every rest.
CREATE TABLE listing_numbers (
    service_id uuid PRIMARY KEY REFERENCES services ON DELETE CASCADE,
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY
);
INSERT INTO listing_numbers (service_id, number) OVERRIDING SYSTEM VALUE
SELECT service_id, number FROM listing_ranks;
-- Rests: numbers before all others, so that they are no news when they come back.
INSERT INTO listing_numbers (service_id, number) OVERRIDING SYSTEM VALUE
SELECT id, 0 FROM services WHERE status IN ('live', 'paused') ON CONFLICT DO NOTHING;
SELECT setval(pg_get_serial_sequence('listing_numbers', 'number'),
              greatest((SELECT coalesce(max(number), 0) FROM listing_numbers), 1));
ALTER TABLE listing_ranks ALTER COLUMN number DROP IDENTITY;
CREATE OR REPLACE FUNCTION expect_ranks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('listings get numbers', 0));
    INSERT INTO listing_numbers (service_id) SELECT service_id FROM added ON CONFLICT DO NOTHING;
    INSERT INTO listing_ranks (service_id, due, number)
    SELECT a.service_id, '2000-01-01Z', n.number FROM added a JOIN listing_numbers n USING (service_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- The newest number up to which all are known; nothing while somebody has drawn one and not committed yet, for a lower
-- number that appears after a higher one would never be told.
CREATE FUNCTION newest_listing() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('listings get numbers', 0)) THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT coalesce(max(number), 0) FROM listing_ranks);
END
$$;
