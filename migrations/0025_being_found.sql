-- Being found: the order of recommended services, and what people keep and look for.

-- What a business's word is worth, counted like completed_count.
ALTER TABLE providers
    -- bookings it called off, did not answer, or did not begin
    ADD COLUMN broken_count int NOT NULL DEFAULT 0,
    -- requests it answered, and how many minutes all answers took
    ADD COLUMN answer_count int NOT NULL DEFAULT 0,
    ADD COLUMN answer_minutes bigint NOT NULL DEFAULT 0;

UPDATE providers p SET broken_count = told.broken, answer_count = told.answers, answer_minutes = told.minutes
FROM (SELECT b.provider_id,
             count(*) FILTER (WHERE e.event = 'cancel' AND e.capacity = 'provider'
                              OR e.event = 'lapse' AND e.from_state IN ('requested', 'confirmed')) AS broken,
             count(*) FILTER (WHERE e.event IN ('accept', 'decline')) AS answers,
             coalesce(sum(floor(extract(epoch FROM e.at - asked.at) / 60))
                      FILTER (WHERE e.event IN ('accept', 'decline')), 0)::bigint AS minutes
      FROM bookings b JOIN booking_events e ON e.booking_id = b.id
      LEFT JOIN booking_events asked ON asked.booking_id = b.id AND asked.event = 'request'
      WHERE e.event IN ('cancel', 'lapse', 'accept', 'decline')
      GROUP BY b.provider_id) told
WHERE told.provider_id = p.id;

-- The points a listing's score is made of, in the order of domain/src/catalog/search/ranking.rs, which alone knows the
-- weights. Empty until they were worked out.
ALTER TABLE listings ADD COLUMN points smallint[] NOT NULL DEFAULT '{}';

-- When a listing's score is to be worked out again. A table of its own, because it changes all the time and a listing
-- has ten indexes.
CREATE TABLE listing_ranks (
    service_id uuid PRIMARY KEY REFERENCES listings ON DELETE CASCADE,
    due timestamptz NOT NULL,
    -- listings in the order in which they came on offer
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX listing_ranks_number ON listing_ranks (number);
CREATE INDEX listing_ranks_due ON listing_ranks (due);
INSERT INTO listing_ranks (service_id, due) SELECT service_id, '2000-01-01Z' FROM listings;

CREATE FUNCTION expect_ranks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO listing_ranks (service_id, due) SELECT service_id, '2000-01-01Z' FROM added ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER listings_ranked AFTER INSERT ON listings
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION expect_ranks();
ALTER TABLE listings ENABLE ALWAYS TRIGGER listings_ranked;

CREATE FUNCTION expect_rank_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE listing_ranks SET due = '2000-01-01Z' WHERE service_id = NEW.service_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER listings_ranked_again AFTER UPDATE ON listings FOR EACH ROW
    WHEN ((OLD.rated, OLD.verified, OLD.picture_key) IS DISTINCT FROM (NEW.rated, NEW.verified, NEW.picture_key))
    EXECUTE FUNCTION expect_rank_again();

-- A listing that is made anew keeps the score it was given; a new one begins without and is ranked within seconds.
DO $$
DECLARE
    present text := pg_get_functiondef('refresh_listings'::regproc);
    better text := replace(replace(present,
        'listing_score(rating_sum, rating_count, verified, picture_key IS NOT NULL)', '0::bigint'),
        'score = excluded.score, ', '');
BEGIN
    IF better !~ '0::bigint' OR better ~ 'score = excluded\.score' THEN
        RAISE EXCEPTION 'refresh_listings scores in another way than expected';
    END IF;
    EXECUTE better;
END
$$;
DROP FUNCTION listing_score;

-- Services people keep.
CREATE TABLE favorites (
    user_id uuid NOT NULL REFERENCES users,
    service_id uuid NOT NULL REFERENCES services ON DELETE CASCADE,
    at timestamptz NOT NULL,
    PRIMARY KEY (user_id, service_id)
);
CREATE INDEX favorites_latest ON favorites (user_id, at DESC, service_id DESC);
CREATE INDEX favorites_service ON favorites (service_id);

-- Searches people keep.
CREATE TABLE saved_searches (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    -- the names and values of its address, as JSON
    asked text NOT NULL CHECK (length(asked) <= 2000),
    -- letters tell of new services
    alert boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    UNIQUE (user_id, asked)
);
-- How far those with letters have looked.
CREATE TABLE saved_search_looks (
    search_id uuid PRIMARY KEY REFERENCES saved_searches ON DELETE CASCADE,
    looked_at timestamptz NOT NULL,
    -- the newest listing it knows: listing_ranks.number
    seen bigint NOT NULL
);
CREATE INDEX saved_search_looks_at ON saved_search_looks (looked_at);

-- A person who is forgotten takes both along. A trigger and not a part of forget_person: whoever sets deleted_at forgets
-- this as well.
CREATE FUNCTION forget_what_was_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM favorites WHERE user_id = NEW.id;
    DELETE FROM saved_searches WHERE user_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER users_forgotten_kept AFTER UPDATE OF deleted_at ON users
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL)
    EXECUTE FUNCTION forget_what_was_kept();

-- Letters that go to many say where they are stopped.
ALTER TABLE outbound_messages ADD COLUMN stop text NOT NULL DEFAULT '' CHECK (length(stop) <= 500 AND stop !~ '[[:cntrl:]]');

-- Searches that found nothing: how often words were looked for, where. Nobody's name, address or browser is with them.
CREATE TABLE unmet_searches (
    day date NOT NULL,
    words text NOT NULL CHECK (length(words) BETWEEN 1 AND 60),
    -- a town's name; empty for none
    place text NOT NULL,
    -- all zeros for none
    category_id uuid NOT NULL,
    times int NOT NULL,
    PRIMARY KEY (day, words, place, category_id)
);
CREATE INDEX unmet_searches_place ON unmet_searches (place, day);
