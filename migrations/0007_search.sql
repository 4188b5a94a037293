-- Search: one row per live service with all that lists filter, sort and show, kept by triggers on the
-- tables it is made from. Loaders of very many rows may set session_replication_role = replica and call
-- refresh_listings(NULL) at the end.

-- A position as a unit vector: the dot product of two is the cosine of the angle between them, so
-- distances are compared exactly with five multiplications and additions and no trigonometry per row.
CREATE TABLE listings (
    service_id uuid PRIMARY KEY REFERENCES services ON DELETE CASCADE,
    -- what lists show
    slug text NOT NULL,
    title text NOT NULL,
    provider_name text NOT NULL,
    verified boolean NOT NULL,
    pricing text NOT NULL,
    price_minor bigint NOT NULL,
    currency char(3) NOT NULL,
    price_from boolean NOT NULL,
    delivery_days int NOT NULL,
    city text NOT NULL,
    zone text NOT NULL,
    rating_count int NOT NULL,
    picture_key text,
    picture_alt text,
    picture_colour text,
    -- what they filter by
    top_category_id uuid NOT NULL,
    category_id uuid NOT NULL,
    kind text NOT NULL,
    place text NOT NULL,
    -- nominal hundredths of a currency's main unit, so that 20 euro and 2,000 yen both are numbers people type
    price_cents bigint NOT NULL,
    -- average × 100; 0 without reviews
    rating int NOT NULL,
    lat double precision NOT NULL,
    lng double precision NOT NULL,
    x double precision NOT NULL,
    y double precision NOT NULL,
    z double precision NOT NULL,
    -- cosine of the angle the provider travels; services at the provider's place can be sought from anywhere
    reach double precision NOT NULL,
    words tsvector NOT NULL,
    -- what they sort by
    score bigint NOT NULL,
    rated bigint NOT NULL,
    listed bigint NOT NULL
);

-- Lists walk one of these in order and decide by the columns it carries, without touching the table.
CREATE INDEX listings_score ON listings (score DESC, service_id DESC)
    INCLUDE (top_category_id, category_id, kind, place, price_cents, rating, x, y, z, reach);
CREATE INDEX listings_top_score ON listings (top_category_id, score DESC, service_id DESC)
    INCLUDE (category_id, kind, place, price_cents, rating, x, y, z, reach);
CREATE INDEX listings_category_score ON listings (category_id, score DESC, service_id DESC)
    INCLUDE (top_category_id, kind, place, price_cents, rating, x, y, z, reach);
CREATE INDEX listings_rated ON listings (rated DESC, service_id DESC)
    INCLUDE (top_category_id, category_id, kind, place, price_cents, rating, x, y, z, reach);
CREATE INDEX listings_price ON listings (price_cents, service_id)
    INCLUDE (top_category_id, category_id, kind, place, rating, x, y, z, reach);
CREATE INDEX listings_listed ON listings (listed DESC, service_id DESC)
    INCLUDE (top_category_id, category_id, kind, place, price_cents, rating, x, y, z, reach);
CREATE INDEX listings_lat ON listings (lat)
    INCLUDE (lng, service_id, top_category_id, category_id, kind, place, price_cents, rating, x, y, z, reach);
CREATE INDEX listings_words ON listings USING gin (words) WITH (fastupdate = off);

CREATE INDEX service_openings_next ON service_openings (next_free, service_id DESC) WHERE next_free IS NOT NULL;

-- Words of all listings, for mending what people mistype. Frequencies only grow; they are a hint.
CREATE TABLE search_words (
    word text PRIMARY KEY,
    -- the word as the index of words sees it; stop words are their own stem
    stem text NOT NULL GENERATED ALWAYS AS (coalesce((ts_lexize('english_stem', word))[1], word)) STORED,
    frequency int NOT NULL
);
CREATE INDEX search_words_stem ON search_words (stem text_pattern_ops);
CREATE INDEX search_words_prefix ON search_words (word text_pattern_ops);
CREATE INDEX search_words_alike ON search_words USING gist (word gist_trgm_ops);

-- Towns that can be typed under "Where?". Providers' towns join by themselves.
CREATE TABLE places (
    name text NOT NULL,
    country char(2) NOT NULL,
    plain text NOT NULL GENERATED ALWAYS AS (plain_text(name)) STORED,
    lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lng double precision NOT NULL CHECK (lng BETWEEN -180 AND 180),
    PRIMARY KEY (name, country)
);
CREATE INDEX places_plain ON places (plain text_pattern_ops);
CREATE INDEX places_alike ON places USING gist (plain gist_trgm_ops);

CREATE INDEX providers_plain_name ON providers USING gin (plain_text(name) gin_trgm_ops);

-- How well a service is recommended, 0 to 10,000: its rating as if eight average reviews came before it,
-- how many there are, a checked provider, a picture. Bookings do not count, so that booking rewrites nothing here.
CREATE FUNCTION listing_score(rating_sum bigint, rating_count int, verified boolean, pictured boolean) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(0, round(((rating_sum + 33.6) / (rating_count + 8) - 3) * 3500
        + least(1200, 400 * log(1 + rating_count))
        + CASE WHEN verified THEN 1000 ELSE 0 END
        + CASE WHEN pictured THEN 800 ELSE 0 END))::bigint
$$;

-- Makes the listings of these services (NULL: of all) what their tables say.
CREATE FUNCTION refresh_listings(only_these uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF only_these = '{}' THEN
        RETURN;
    END IF;
    DELETE FROM listings l USING services s
    WHERE s.id = l.service_id AND s.status <> 'live' AND (only_these IS NULL OR s.id = ANY (only_these));

    WITH fresh AS (
        SELECT s.*, p.name AS provider_name, p.verified_at IS NOT NULL AS verified,
               pic.key AS picture_key, pic.alt AS picture_alt, pic.colour AS picture_colour,
               plain_text(s.title) AS title_words,
               plain_text(concat_ws(' ', c.name, c.keywords, t.name, t.keywords, p.name, s.city)) AS near_words,
               plain_text(s.summary) AS summary_words,
               cos(radians(s.lat)) * cos(radians(s.lng)) AS x,
               cos(radians(s.lat)) * sin(radians(s.lng)) AS y,
               sin(radians(s.lat)) AS z
        FROM services s
        JOIN providers p ON p.id = s.provider_id
        JOIN categories c ON c.id = s.category_id
        JOIN categories t ON t.id = s.top_category_id
        LEFT JOIN LATERAL (SELECT key, alt, colour FROM service_pictures
                           WHERE service_id = s.id ORDER BY position LIMIT 1) pic ON true
        WHERE s.status = 'live' AND (only_these IS NULL OR s.id = ANY (only_these))
    ), worded AS (
        SELECT fresh.*,
               setweight(to_tsvector('english', title_words), 'A') || setweight(to_tsvector('english', near_words), 'B')
                   || setweight(to_tsvector('english', summary_words), 'C') AS words
        FROM fresh
    ), compared AS (
        SELECT worded.*, old.words IS DISTINCT FROM worded.words AS rewritten
        FROM worded LEFT JOIN listings old ON old.service_id = worded.id
    ), kept AS (
        INSERT INTO listings AS l
        SELECT id, slug, title, provider_name, verified, pricing, price_minor, currency, pricing = 'packages',
               delivery_days, city, zone, rating_count, picture_key, picture_alt, picture_colour,
               top_category_id, category_id, kind, place,
               CASE currency WHEN 'JPY' THEN price_minor * 100 ELSE price_minor END,
               CASE WHEN rating_count > 0 THEN round(100.0 * rating_sum / rating_count)::int ELSE 0 END,
               lat, lng, x, y, z,
               CASE place WHEN 'customer' THEN cos(radius_km / 6371.0) ELSE -1 END,
               words,
               listing_score(rating_sum, rating_count, verified, picture_key IS NOT NULL),
               round((rating_sum + 17.5) / (rating_count + 5) * 10000)::bigint,
               (extract(epoch FROM created_at) * 1000000)::bigint
        FROM compared
        ON CONFLICT (service_id) DO UPDATE SET
            slug = excluded.slug, title = excluded.title, provider_name = excluded.provider_name,
            verified = excluded.verified, pricing = excluded.pricing, price_minor = excluded.price_minor,
            currency = excluded.currency, price_from = excluded.price_from, delivery_days = excluded.delivery_days,
            city = excluded.city, zone = excluded.zone, rating_count = excluded.rating_count,
            picture_key = excluded.picture_key, picture_alt = excluded.picture_alt,
            picture_colour = excluded.picture_colour, top_category_id = excluded.top_category_id,
            category_id = excluded.category_id, kind = excluded.kind, place = excluded.place,
            price_cents = excluded.price_cents, rating = excluded.rating, lat = excluded.lat, lng = excluded.lng,
            x = excluded.x, y = excluded.y, z = excluded.z, reach = excluded.reach, words = excluded.words,
            score = excluded.score, rated = excluded.rated, listed = excluded.listed
    )
    INSERT INTO search_words AS w (word, frequency)
    SELECT word, count(*)
    FROM compared, LATERAL (
        SELECT DISTINCT word
        FROM regexp_split_to_table(concat_ws(' ', title_words, near_words, summary_words), '[^[:alnum:]]+') AS word
        WHERE length(word) BETWEEN 3 AND 30
    ) said
    WHERE rewritten
    GROUP BY word
    ORDER BY word -- one order for all writers, so that two of them never wait for each other
    ON CONFLICT (word) DO UPDATE SET frequency = w.frequency + excluded.frequency;
END
$$;

-- Adds to the numbers of live services of these categories, and of all above them.
CREATE FUNCTION add_to_category_counts(categories_ uuid[], numbers bigint[]) RETURNS void LANGUAGE sql AS $$
    WITH RECURSIVE up AS (
        SELECT c.id, c.parent_id, m.n
        FROM (SELECT id, sum(n) AS n FROM unnest(categories_, numbers) given (id, n) GROUP BY id) m
        JOIN categories c ON c.id = m.id
        WHERE m.n <> 0
        UNION ALL
        SELECT c.id, c.parent_id, up.n FROM up JOIN categories c ON c.id = up.parent_id
    ), locked AS MATERIALIZED ( -- in one order, so that two writers never wait for each other
        SELECT id FROM categories WHERE id IN (SELECT id FROM up) ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE categories c SET service_count = c.service_count + total.n
    FROM (SELECT up.id, sum(up.n) AS n FROM up JOIN locked ON locked.id = up.id GROUP BY up.id) total
    WHERE c.id = total.id AND total.n <> 0
$$;

CREATE FUNCTION count_listings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM add_to_category_counts(array_agg(category_id), array_agg(1::bigint)) FROM added HAVING count(*) > 0;
    ELSE
        PERFORM add_to_category_counts(array_agg(category_id), array_agg(-1::bigint)) FROM removed HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER listings_counted_in AFTER INSERT ON listings
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_listings();
CREATE TRIGGER listings_counted_out AFTER DELETE ON listings
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_listings();

-- A service that changes its category is counted in the new one.
CREATE FUNCTION recount_moved_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM add_to_category_counts(ARRAY[OLD.category_id, NEW.category_id], ARRAY[-1, 1]::bigint[]);
    RETURN NULL;
END
$$;
CREATE TRIGGER listings_moved AFTER UPDATE ON listings
    FOR EACH ROW WHEN (OLD.category_id <> NEW.category_id) EXECUTE FUNCTION recount_moved_listing();

-- Loaders switch ordinary triggers off; these count what they load all the same.
ALTER TABLE listings ENABLE ALWAYS TRIGGER listings_counted_in;
ALTER TABLE listings ENABLE ALWAYS TRIGGER listings_counted_out;
ALTER TABLE listings ENABLE ALWAYS TRIGGER listings_moved;

CREATE FUNCTION refresh_listings_of_services() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_listings(array_agg(id)) FROM added HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER services_listed AFTER INSERT ON services
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refresh_listings_of_services();

CREATE FUNCTION refresh_listing_of_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_listings(ARRAY[NEW.id]);
    RETURN NULL;
END
$$;
CREATE TRIGGER services_relisted
    AFTER UPDATE OF slug, provider_id, category_id, top_category_id, title, summary, kind, pricing, price_minor,
                    currency, delivery_days, place, city, lat, lng, radius_km, zone, status, rating_sum, rating_count
    ON services FOR EACH ROW EXECUTE FUNCTION refresh_listing_of_service();

CREATE FUNCTION refresh_listings_of_pictures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_listings(array_agg(DISTINCT service_id)) FROM changed HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER service_pictures_added AFTER INSERT ON service_pictures
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION refresh_listings_of_pictures();
CREATE TRIGGER service_pictures_changed AFTER UPDATE ON service_pictures
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION refresh_listings_of_pictures();
CREATE TRIGGER service_pictures_removed AFTER DELETE ON service_pictures
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION refresh_listings_of_pictures();

CREATE FUNCTION refresh_listings_of_provider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_listings(array_agg(id)) FROM services WHERE provider_id = NEW.id HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER providers_relisted AFTER UPDATE OF name, verified_at ON providers
    FOR EACH ROW EXECUTE FUNCTION refresh_listings_of_provider();

CREATE FUNCTION refresh_listings_of_category() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refresh_listings(array_agg(id)) FROM services
    WHERE NEW.id IN (category_id, top_category_id) HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER categories_relisted AFTER UPDATE OF name, keywords ON categories
    FOR EACH ROW EXECUTE FUNCTION refresh_listings_of_category();

-- A provider's town can be typed under "Where?" from then on; who was there first stands for its middle.
CREATE FUNCTION know_towns_of_providers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO places (name, country, lat, lng)
    SELECT DISTINCT ON (city, country) city, country, lat, lng FROM added ORDER BY city, country, id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER providers_known AFTER INSERT ON providers
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION know_towns_of_providers();
