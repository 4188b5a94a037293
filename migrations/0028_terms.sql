-- What a listing says besides its price: what is asked before the work, and what weekends and nights cost more.

-- Questions in their order, each a domain::catalog::Question.
ALTER TABLE services ADD COLUMN questions jsonb NOT NULL DEFAULT '[]'
    CHECK (jsonb_typeof(questions) = 'array' AND jsonb_array_length(questions) <= 12);

-- Percents and the hours of the night, a domain::catalog::Surcharges; what it does not say is usual.
ALTER TABLE services ADD COLUMN surcharges jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(surcharges) = 'object');

-- A booking keeps the questions it was made with; answers stand in the same order, empty where nobody has answered.
ALTER TABLE bookings
    ADD COLUMN questions jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(questions) = 'array'),
    ADD COLUMN answers jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(answers) = 'array'),
    ADD COLUMN answered_at timestamptz;

-- A listing that is read from the rows has them as well, whatever else was added to the function since it was made.
DO $$
DECLARE
    present text := pg_get_functiondef('service_content'::regproc);
    better text := replace(present, '''booking_mode'', s.booking_mode,',
        '''questions'', s.questions, ''surcharges'', s.surcharges, ''booking_mode'', s.booking_mode,');
BEGIN
    IF better = present THEN
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
