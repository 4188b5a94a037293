-- What customers say of a booking that is done.

CREATE TABLE reviews (
    id uuid PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings,
    service_id uuid NOT NULL REFERENCES services,
    provider_id uuid NOT NULL REFERENCES providers,
    customer_id uuid NOT NULL REFERENCES users,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    quality smallint NOT NULL CHECK (quality BETWEEN 1 AND 5),
    punctuality smallint NOT NULL CHECK (punctuality BETWEEN 1 AND 5),
    professionalism smallint NOT NULL CHECK (professionalism BETWEEN 1 AND 5),
    value smallint NOT NULL CHECK (value BETWEEN 1 AND 5),
    title text NOT NULL DEFAULT '' CHECK (length(title) <= 120),
    body text NOT NULL DEFAULT '' CHECK (length(body) <= 4000),
    created_at timestamptz NOT NULL,
    CONSTRAINT reviews_once UNIQUE (booking_id)
);
CREATE INDEX reviews_service ON reviews (service_id, created_at DESC, id DESC);
CREATE INDEX reviews_provider ON reviews (provider_id, created_at DESC, id DESC);
