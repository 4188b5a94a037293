-- Where a visit goes, in full: the region people write, and the country, because postal codes mean nothing without it.

-- Empty: bookings from before, and those nobody comes to. (Which country those were in, nobody was asked.)
ALTER TABLE bookings
    ADD COLUMN region text NOT NULL DEFAULT '' CHECK (length(region) <= 120),
    ADD COLUMN country text NOT NULL DEFAULT '' CHECK (country ~ '^([A-Z]{2})?$'),
    -- false: nobody could tell whether it lies in the area of the business, and both sides are told so
    ADD COLUMN code_known boolean NOT NULL DEFAULT true;

-- A person who is forgotten takes both along. A trigger and not a part of forget_person: whoever sets deleted_at forgets
-- this as well.
CREATE FUNCTION forget_regions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE bookings SET region = '', country = '', code_known = true
    WHERE customer_id = NEW.id AND (region <> '' OR country <> '' OR NOT code_known);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forget_regions FROM PUBLIC;
CREATE TRIGGER users_forget_regions AFTER UPDATE OF deleted_at ON users FOR EACH ROW
    WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION forget_regions();

-- Which countries places are known of, without reading all places.
CREATE INDEX places_country ON places (country);
