-- The agreement between a customer and a provider: who, what, when, and the frozen price.

CREATE TABLE bookings (
    id uuid PRIMARY KEY,
    reference text NOT NULL,
    customer_id uuid NOT NULL REFERENCES users,
    provider_id uuid NOT NULL REFERENCES providers,
    service_id uuid NOT NULL REFERENCES services,
    package_id uuid REFERENCES packages,
    member_id uuid NOT NULL REFERENCES members,
    -- the customer asked for anyone free
    any_member boolean NOT NULL DEFAULT false,
    kind text NOT NULL CHECK (kind IN ('visit', 'delivery')),
    state text NOT NULL CHECK (state IN ('held', 'requested', 'confirmed', 'started', 'done', 'completed',
                                         'declined', 'cancelled', 'expired')),
    -- what was promised when it was booked; later edits of the service change nothing here
    title text NOT NULL,
    lines jsonb NOT NULL,
    total_minor bigint NOT NULL CHECK (total_minor >= 0),
    currency char(3) NOT NULL,
    booking_mode text NOT NULL CHECK (booking_mode IN ('instant', 'request')),
    cancellation_policy text NOT NULL,
    starts_at timestamptz,
    ends_at timestamptz,
    due_at timestamptz,
    zone text NOT NULL,
    place text NOT NULL,
    street text NOT NULL DEFAULT '' CHECK (length(street) <= 200),
    postal_code text NOT NULL DEFAULT '' CHECK (length(postal_code) <= 20),
    city text NOT NULL DEFAULT '' CHECK (length(city) <= 120),
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    -- the clock of the present state: at this instant it ends by itself
    clock_at timestamptz,
    satisfaction smallint CHECK (satisfaction BETWEEN 1 AND 5),
    idempotency_key uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- the order of lists
    sort_at timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(starts_at, due_at, created_at)) STORED,
    CHECK ((kind = 'visit') = (starts_at IS NOT NULL)),
    CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CONSTRAINT bookings_once UNIQUE (customer_id, idempotency_key)
);
CREATE UNIQUE INDEX bookings_reference ON bookings (reference);
CREATE INDEX bookings_customer ON bookings (customer_id, sort_at, id);
CREATE INDEX bookings_provider ON bookings (provider_id, sort_at, id);
CREATE INDEX bookings_clock ON bookings (clock_at) WHERE clock_at IS NOT NULL;

ALTER TABLE reservations ADD CONSTRAINT reservations_of_booking FOREIGN KEY (booking_id) REFERENCES bookings DEFERRABLE INITIALLY DEFERRED;

-- What happened, for both sides to read. Never changed.
CREATE TABLE booking_events (
    booking_id uuid NOT NULL REFERENCES bookings,
    seq int NOT NULL,
    at timestamptz NOT NULL,
    event text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    actor_id uuid REFERENCES users,
    capacity text NOT NULL,
    note text NOT NULL DEFAULT '',
    PRIMARY KEY (booking_id, seq)
);
REVOKE UPDATE, DELETE, TRUNCATE ON booking_events FROM servicehub_app;
