-- Terms of a listing: what is asked before the work, what weekends and nights cost more, and further ways to price.

-- Questions in their order, each a domain::catalog::Question.
ALTER TABLE services ADD COLUMN questions jsonb NOT NULL DEFAULT '[]'
    CHECK (jsonb_typeof(questions) = 'array' AND jsonb_array_length(questions) <= 12);

-- Percents and the hours of the night, a domain::catalog::Surcharges; what it does not say is usual.
ALTER TABLE services ADD COLUMN surcharges jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(surcharges) = 'object');

-- A price for one of something, a price that is the least, and one that is named on request.
ALTER TABLE services DROP CONSTRAINT services_pricing_check;
ALTER TABLE services ADD CONSTRAINT services_pricing_check
    CHECK (pricing IN ('fixed', 'hourly', 'unit', 'from', 'packages', 'quote'));
-- What is counted and how many of it, a domain::catalog::Unit; what it does not say is usual.
ALTER TABLE services ADD COLUMN unit jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(unit) = 'object');
-- What lists show behind the price of one.
ALTER TABLE listings ADD COLUMN unit text NOT NULL DEFAULT '';
CREATE FUNCTION name_unit_of_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.unit := coalesce((SELECT unit ->> 'name' FROM services WHERE id = NEW.service_id AND pricing = 'unit'), '');
    RETURN NEW;
END
$$;
CREATE TRIGGER listings_name_unit BEFORE INSERT OR UPDATE OF pricing ON listings FOR EACH ROW
    WHEN (NEW.pricing = 'unit' OR NEW.unit <> '') EXECUTE FUNCTION name_unit_of_listing();

-- The least of several is told as such; a price nobody has named comes after all others.
DO $$
DECLARE
    present text := pg_get_functiondef('refresh_listings'::regproc);
    better text := replace(replace(present, 'pricing = ''packages''', 'pricing IN (''packages'', ''from'')'),
        'CASE currency WHEN ''JPY'' THEN', 'CASE WHEN pricing = ''quote'' THEN 1000000000000 WHEN currency = ''JPY'' THEN');
BEGIN
    IF better !~ 'pricing IN' OR better !~ '1000000000000' THEN
        RAISE EXCEPTION 'refresh_listings makes prices in another way than expected';
    END IF;
    EXECUTE better;
END
$$;

-- A booking keeps the questions it was made with; answers stand in the same order, empty where nobody has answered.
ALTER TABLE bookings
    ADD COLUMN questions jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(questions) = 'array'),
    ADD COLUMN answers jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(answers) = 'array'),
    ADD COLUMN answered_at timestamptz;

-- A listing that is read from the rows has them as well, whatever else was added to the function since it was made.
DO $$
DECLARE
    present text := pg_get_functiondef('service_content'::regproc);
    better text := replace(replace(present, '''booking_mode'', s.booking_mode,',
        '''questions'', s.questions, ''surcharges'', s.surcharges, ''unit'', s.unit, ''booking_mode'', s.booking_mode,'),
        'CASE s.pricing WHEN ''packages'' THEN NULL', 'CASE WHEN s.pricing IN (''packages'', ''quote'') THEN NULL');
BEGIN
    IF better !~ 's\.questions' OR better !~ 'IN \(''packages'', ''quote''\)' THEN
        RAISE EXCEPTION 'service_content reads other columns than expected';
    END IF;
    EXECUTE better;
END
$$;

-- Whoever sets deleted_at forgets this as well: what somebody answered. What was asked is the business's own word.
CREATE FUNCTION forget_answers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE bookings SET answers = '[]' WHERE customer_id = NEW.id AND answers <> '[]';
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forget_answers FROM PUBLIC;
CREATE TRIGGER users_forget_answers AFTER UPDATE OF deleted_at ON users FOR EACH ROW
    WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION forget_answers();
