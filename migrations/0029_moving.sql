-- Visits that are moved: the history says from when to when, a form that was sent twice moves once, and the time that
-- was agreed first stays known.

ALTER TABLE booking_events
    -- of a move: the start before and after it
    ADD COLUMN starts_before timestamptz,
    ADD COLUMN starts_after timestamptz,
    -- of the form that asked for it
    ADD COLUMN key uuid,
    ADD CONSTRAINT booking_events_move CHECK (
        (event = 'reschedule') = (starts_before IS NOT NULL) AND (starts_before IS NULL) = (starts_after IS NULL));
CREATE UNIQUE INDEX booking_events_once ON booking_events (booking_id, key) WHERE key IS NOT NULL;

-- The start that was agreed first, once a visit was moved: the cancellation policy counts from it, because a reschedule
-- keeps the original clock.
ALTER TABLE bookings ADD COLUMN agreed_starts_at timestamptz;

-- Letters that bring an appointment for the calendar, and letters that tell of somebody else.
ALTER TABLE outbound_messages
    -- iCalendar with a method (RFC 5546); empty for most letters
    ADD COLUMN calendar text NOT NULL DEFAULT '',
    -- somebody beside the recipient of whom the words tell
    ADD COLUMN about_id uuid REFERENCES users;
CREATE INDEX outbound_messages_about ON outbound_messages (about_id) WHERE about_id IS NOT NULL;

-- A person who is forgotten takes such letters along. A trigger and not a part of forget_person: whoever sets deleted_at
-- forgets this as well.
CREATE FUNCTION forget_letters_about() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM outbound_messages WHERE about_id = NEW.id;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION forget_letters_about FROM PUBLIC;
CREATE TRIGGER users_forget_letters_about BEFORE UPDATE OF deleted_at ON users
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION forget_letters_about();
