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
