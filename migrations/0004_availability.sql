-- When members can be booked, and every stretch of their time that is taken.

-- Weekly hours in the provider's civil time. Monday is 1. Breaks are cut out of open hours.
-- minutes of the day, 0..1440, so that "until midnight" can be said.
CREATE TABLE member_hours (
    member_id uuid NOT NULL REFERENCES members,
    weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    kind text NOT NULL DEFAULT 'open' CHECK (kind IN ('open', 'break')),
    starts_min smallint NOT NULL CHECK (starts_min BETWEEN 0 AND 1439),
    ends_min smallint NOT NULL CHECK (ends_min BETWEEN 1 AND 1440),
    PRIMARY KEY (member_id, weekday, kind, starts_min),
    CHECK (starts_min < ends_min)
);

-- One date: closed (all day when no times are given), or open at other hours than usual.
CREATE TABLE member_exceptions (
    id uuid PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES members,
    date date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('closed', 'open')),
    starts_min smallint CHECK (starts_min BETWEEN 0 AND 1439),
    ends_min smallint CHECK (ends_min BETWEEN 1 AND 1440),
    note text NOT NULL DEFAULT '',
    CHECK ((starts_min IS NULL) = (ends_min IS NULL)),
    CHECK (starts_min < ends_min),
    CHECK (kind = 'closed' OR starts_min IS NOT NULL)
);
CREATE INDEX member_exceptions_date ON member_exceptions (member_id, date);

-- The whole business is closed: first to last date, both included.
CREATE TABLE provider_closures (
    id uuid PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers,
    first_date date NOT NULL,
    last_date date NOT NULL,
    reason text NOT NULL DEFAULT '',
    CHECK (first_date <= last_date)
);
CREATE INDEX provider_closures_dates ON provider_closures (provider_id, last_date);

-- Every stretch of a member's time that is taken. Buffers and travel are inside `during`; the visit
-- itself is visit_starts..visit_ends. One function writes this table: domain::availability::reserve.
CREATE TABLE reservations (
    id uuid PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES members,
    booking_id uuid,
    state text NOT NULL CHECK (state IN ('hold', 'pending', 'confirmed', 'blocked', 'imported', 'released')),
    during tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
    visit_starts timestamptz NOT NULL,
    visit_ends timestamptz NOT NULL,
    -- a hold ends by itself at this instant
    expires_at timestamptz,
    note text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    CHECK (visit_starts < visit_ends),
    CHECK (during @> tstzrange(visit_starts, visit_ends)),
    CHECK ((state = 'hold') <= (expires_at IS NOT NULL)),
    -- No double booking: the database forbids it, for every live state at once.
    CONSTRAINT reservations_no_overlap EXCLUDE USING gist (member_id WITH =, during WITH &&)
        WHERE (state IN ('hold', 'pending', 'confirmed', 'blocked', 'imported'))
);
CREATE INDEX reservations_booking ON reservations (booking_id);

-- On which days a service can be booked, kept by a job after every change of hours or reservations.
-- Bit n of `days` is base_date + n in the service's zone. Search reads this; booking never does.
CREATE TABLE service_openings (
    service_id uuid PRIMARY KEY REFERENCES services,
    base_date date NOT NULL,
    days varbit NOT NULL,
    next_free timestamptz,
    refreshed_at timestamptz NOT NULL
) WITH (fillfactor = 70);
