-- The way to customers takes time, which is kept free with the visit.

-- How long a business is on its way to a customer, one way, by distance. Without rows it does not count with it.
CREATE TABLE travel_bands (
    provider_id uuid NOT NULL REFERENCES providers,
    -- kilometres as the crow flies, up to and with this; NULL is farther than all others
    up_to_km smallint CHECK (up_to_km BETWEEN 1 AND 500),
    minutes smallint NOT NULL CHECK (minutes BETWEEN 0 AND 240),
    CONSTRAINT travel_bands_once UNIQUE NULLS NOT DISTINCT (provider_id, up_to_km)
);

-- What a booking reserved for the way, before and after the visit: it stays when bands or addresses change.
ALTER TABLE bookings ADD COLUMN travel_min smallint NOT NULL DEFAULT 0 CHECK (travel_min BETWEEN 0 AND 240);
