-- Calendars that leave the house and come into it: feeds people subscribe to, and calendars kept elsewhere whose
-- busy time is taken here.

-- One secret address for each kind of calendar of a person. The secret itself is shown once and kept nowhere.
CREATE TABLE calendar_feeds (
    user_id uuid NOT NULL REFERENCES users,
    -- bookings: what the person booked; work: what the person does for a business
    kind text NOT NULL CHECK (kind IN ('bookings', 'work')),
    id uuid NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, kind),
    CONSTRAINT calendar_feeds_hash UNIQUE (hash)
);

-- Addresses of calendars elsewhere. Whoever knows such an address reads the calendar, so it is kept sealed.
CREATE TABLE calendar_sources (
    id uuid PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES members,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    -- the address without what makes it secret, for people to know it by
    host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX calendar_sources_member ON calendar_sources (member_id, id);

-- How reading them went: written every quarter of an hour and no change of state, so beside them and not in them.
CREATE TABLE calendar_readings (
    source_id uuid PRIMARY KEY REFERENCES calendar_sources ON DELETE CASCADE,
    due_at timestamptz NOT NULL,
    -- when it was last read well; what was found then stays until it is read well again
    read_at timestamptz,
    -- since when it cannot be read, and why
    failing_since timestamptz,
    reason text,
    -- what the last good reading found: stretches of busy time, events nobody here understands
    busy int NOT NULL DEFAULT 0 CHECK (busy >= 0),
    unread int NOT NULL DEFAULT 0 CHECK (unread >= 0),
    -- busy time in which there is a booking already: [[from, to]] in microseconds
    conflicts jsonb NOT NULL DEFAULT '[]',
    CHECK ((failing_since IS NULL) = (reason IS NULL))
);
CREATE INDEX calendar_readings_due ON calendar_readings (due_at);

-- From which calendar imported time is. No reference: time outlives nothing, it goes with its source.
ALTER TABLE reservations
    ADD COLUMN source_id uuid,
    ADD CONSTRAINT reservations_imported CHECK (source_id IS NULL OR state = 'imported');
CREATE INDEX reservations_source ON reservations (source_id) WHERE source_id IS NOT NULL;

-- A person who is forgotten takes their addresses along. A trigger and not a part of forget_person: whoever sets
-- deleted_at forgets this as well.
CREATE FUNCTION forget_calendars() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM calendar_feeds WHERE user_id = NEW.id;
    DELETE FROM calendar_sources s USING members m WHERE m.id = s.member_id AND m.user_id = NEW.id;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION forget_calendars FROM PUBLIC;
CREATE TRIGGER users_forget_calendars BEFORE UPDATE OF deleted_at ON users
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION forget_calendars();
