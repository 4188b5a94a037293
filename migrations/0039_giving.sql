-- Visits that are given to somebody else of the business: the history says from whom to whom.

ALTER TABLE booking_events
    -- of a visit that was given to a colleague: who did it before, and who does it since
    ADD COLUMN member_before uuid REFERENCES members,
    ADD COLUMN member_after uuid REFERENCES members,
    ADD CONSTRAINT booking_events_given CHECK (
        (event = 'reassign') = (member_before IS NOT NULL) AND (member_before IS NULL) = (member_after IS NULL));
