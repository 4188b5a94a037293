-- Businesses with several places: whoever works says where, and a booking belongs to the place it is done from.

-- Places of a business beside its main one, which stands in providers and on its services.
CREATE TABLE own_places (
    id uuid PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    city text NOT NULL CHECK (length(city) <= 120),
    postal_code text NOT NULL DEFAULT '' CHECK (length(postal_code) <= 20),
    lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lng double precision NOT NULL CHECK (lng BETWEEN -180 AND 180),
    radius_km int NOT NULL CHECK (radius_km BETWEEN 1 AND 500),
    CONSTRAINT own_places_once UNIQUE (provider_id, name)
);

-- Where weekly hours hold: at the main place, at a further one, or (neither) everywhere.
ALTER TABLE member_hours
    ADD COLUMN at_main boolean NOT NULL DEFAULT false,
    ADD COLUMN own_place_id uuid,
    -- whoever removes a place changes the hours first that name it
    ADD CONSTRAINT member_hours_own_place FOREIGN KEY (own_place_id) REFERENCES own_places,
    ADD CONSTRAINT member_hours_one_place CHECK (NOT (at_main AND own_place_id IS NOT NULL));
CREATE INDEX member_hours_places ON member_hours (own_place_id) WHERE own_place_id IS NOT NULL;

-- The place a booking belongs to; neither: it is done anywhere, or its place was removed.
ALTER TABLE bookings
    ADD COLUMN at_main boolean NOT NULL DEFAULT false,
    ADD COLUMN own_place_id uuid REFERENCES own_places ON DELETE SET NULL,
    ADD CONSTRAINT bookings_one_place CHECK (NOT (at_main AND own_place_id IS NOT NULL));
CREATE INDEX bookings_places ON bookings (own_place_id) WHERE own_place_id IS NOT NULL;
