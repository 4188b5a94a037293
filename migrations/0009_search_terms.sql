-- Search by several filters at once: what a listing is found by, beside its words, as terms of one index. An
-- index of inverted lists finds what is in all of them without looking at anything else.

-- Whole degrees of latitude and longitude that a circle touches, or 'everywhere' if those are too many.
CREATE FUNCTION squares_around(lat double precision, lng double precision, km double precision) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN km > 100 OR abs(lat) > 75 THEN ARRAY['everywhere']
    ELSE (SELECT array_agg(DISTINCT 'at ' || la || ' ' || ((ln + 540) % 360 - 180))
          FROM (SELECT km / 111.0 AS high, km / (111.0 * cos(radians(least(abs(lat) + 1, 76)))) AS wide) circle,
               generate_series(floor(lat - high)::int, floor(lat + high)::int) la,
               generate_series(floor(lng - wide)::int, floor(lng + wide)::int) ln)
    END
$$;

-- A listing is found in its categories, and in the squares it can be booked from: those its provider travels to,
-- 25 km around a place that customers come to, everywhere if it is remote. A kilometre more, for rounding.
CREATE FUNCTION listing_terms(category_id uuid, top_category_id uuid, place text, lat double precision,
                              lng double precision, reach double precision) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['in ' || category_id, 'in ' || top_category_id] || CASE place
        WHEN 'remote' THEN ARRAY['everywhere']
        WHEN 'customer' THEN squares_around(lat, lng, greatest(25, acos(reach) * 6371) + 1)
        ELSE squares_around(lat, lng, 26) END
$$;

ALTER TABLE listings ADD COLUMN terms text[] NOT NULL
    GENERATED ALWAYS AS (listing_terms(category_id, top_category_id, place, lat, lng, reach)) STORED;
DROP INDEX listings_words;
CREATE INDEX listings_words ON listings USING gin (words, terms) WITH (fastupdate = off);
