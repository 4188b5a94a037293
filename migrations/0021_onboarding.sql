-- Becoming a provider: applications with their documents, businesses that can be hidden, and where places are.

CREATE TABLE applications (
    id uuid PRIMARY KEY,
    reference text NOT NULL CONSTRAINT applications_reference UNIQUE,
    user_id uuid NOT NULL REFERENCES users,
    state text NOT NULL CHECK (state IN ('draft', 'submitted', 'asked', 'approved', 'declined', 'withdrawn')),
    -- counts changes, so that a form or a decision made from an older one is noticed
    version int NOT NULL DEFAULT 1,
    -- how often it was sent
    round smallint NOT NULL DEFAULT 0,
    -- business
    name text NOT NULL DEFAULT '' CHECK (length(name) <= 120),
    kind text NOT NULL DEFAULT 'sole' CHECK (kind IN ('sole', 'company')),
    headline text NOT NULL DEFAULT '' CHECK (length(headline) <= 120),
    about text NOT NULL DEFAULT '' CHECK (length(about) <= 4000),
    -- place and area; lat and lng come from the geocoder
    city text NOT NULL DEFAULT '' CHECK (length(city) <= 120),
    country text NOT NULL DEFAULT '' CHECK (length(country) IN (0, 2)),
    postal_code text NOT NULL DEFAULT '' CHECK (length(postal_code) <= 16),
    zone text NOT NULL DEFAULT '',
    lat double precision CHECK (lat BETWEEN -90 AND 90),
    lng double precision CHECK (lng BETWEEN -180 AND 180),
    radius_km int NOT NULL DEFAULT 25 CHECK (radius_km BETWEEN 1 AND 500),
    postal_codes text[] NOT NULL DEFAULT '{}',
    -- work
    category_ids uuid[] NOT NULL DEFAULT '{}',
    skills text[] NOT NULL DEFAULT '{}',
    -- where earnings go
    payout_country text NOT NULL DEFAULT '' CHECK (length(payout_country) IN (0, 2)),
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    -- when it was sent last: what the queue goes by
    submitted_at timestamptz,
    decided_at timestamptz,
    decided_by uuid REFERENCES users,
    -- the last words of whoever checked it, for the applicant
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    provider_id uuid REFERENCES providers,
    CHECK ((state = 'approved') = (provider_id IS NOT NULL)),
    CHECK (state NOT IN ('submitted', 'asked', 'approved', 'declined') OR submitted_at IS NOT NULL)
);
CREATE UNIQUE INDEX applications_one_open ON applications (user_id) WHERE state IN ('draft', 'submitted', 'asked');
CREATE INDEX applications_user ON applications (user_id, id);
CREATE INDEX applications_queue ON applications (state, submitted_at, id);
CREATE UNIQUE INDEX applications_provider ON applications (provider_id) WHERE provider_id IS NOT NULL;

CREATE TABLE application_documents (
    id uuid PRIMARY KEY,
    application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('identity', 'licence', 'insurance')),
    number text NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
    -- the last day it is good; a licence may be for life
    expires_on date,
    state text NOT NULL CHECK (state IN ('sent', 'accepted', 'refused', 'replaced')),
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    -- days before its end for which a reminder went out already: 30, then 7, then -1 when it was over
    reminded smallint,
    created_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by uuid REFERENCES users,
    CHECK (expires_on IS NOT NULL OR kind = 'licence')
);
CREATE INDEX application_documents_application ON application_documents (application_id, id);
CREATE INDEX application_documents_ends ON application_documents (expires_on) WHERE state = 'accepted';
CREATE INDEX application_documents_sent ON application_documents (application_id) WHERE state = 'sent';

-- Pictures of documents. Not among `pictures`: those are public.
CREATE TABLE application_document_files (
    document_id uuid NOT NULL REFERENCES application_documents ON DELETE CASCADE,
    width int NOT NULL CHECK (width BETWEEN 1 AND 4000),
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 8388608),
    PRIMARY KEY (document_id, width)
);
ALTER TABLE application_document_files ALTER COLUMN content SET STORAGE EXTERNAL;

-- What the application said of area, skills and payouts; and why a business is hidden, if it is.
ALTER TABLE providers
    ADD COLUMN radius_km int NOT NULL DEFAULT 25 CHECK (radius_km BETWEEN 1 AND 500),
    ADD COLUMN postal_codes text[] NOT NULL DEFAULT '{}',
    ADD COLUMN skills text[] NOT NULL DEFAULT '{}',
    ADD COLUMN payout_country text NOT NULL DEFAULT '' CHECK (length(payout_country) IN (0, 2)),
    ADD COLUMN suspended_at timestamptz,
    -- for the people of the business
    ADD COLUMN suspended_reason text NOT NULL DEFAULT '' CHECK (length(suspended_reason) <= 500),
    -- a document it needs is over
    ADD COLUMN papers_over_at timestamptz,
    ADD COLUMN hidden boolean NOT NULL GENERATED ALWAYS AS (suspended_at IS NOT NULL OR papers_over_at IS NOT NULL) STORED;
CREATE INDEX providers_newest ON providers (created_at DESC, id DESC);
CREATE INDEX providers_hidden ON providers (created_at DESC, id DESC) WHERE hidden;

-- Services of a hidden business are not among the listings: they do not come in, and they go when it is hidden.
CREATE FUNCTION keep_hidden_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM services s JOIN providers p ON p.id = s.provider_id WHERE s.id = NEW.service_id AND p.hidden) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER listings_hidden BEFORE INSERT ON listings FOR EACH ROW EXECUTE FUNCTION keep_hidden_out();

CREATE FUNCTION hide_or_show_listings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.hidden THEN
        DELETE FROM listings l USING services s WHERE s.id = l.service_id AND s.provider_id = NEW.id;
    ELSE
        PERFORM refresh_listings(array_agg(id)) FROM services WHERE provider_id = NEW.id HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER providers_hidden_or_shown AFTER UPDATE OF suspended_at, papers_over_at ON providers
    FOR EACH ROW WHEN (OLD.hidden IS DISTINCT FROM NEW.hidden) EXECUTE FUNCTION hide_or_show_listings();

-- Where places are. Towns are what can be typed under "Where?"; postal codes are nearer.
ALTER TABLE places ADD COLUMN zone text;
CREATE TABLE postal_codes (
    country char(2) NOT NULL,
    -- capital letters and digits only
    code text NOT NULL CHECK (code ~ '^[A-Z0-9]{2,12}$'),
    name text NOT NULL,
    lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lng double precision NOT NULL CHECK (lng BETWEEN -180 AND 180),
    zone text,
    PRIMARY KEY (country, code)
);
CREATE OR REPLACE FUNCTION know_towns_of_providers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO places (name, country, lat, lng, zone)
    SELECT DISTINCT ON (city, country) city, country, lat, lng, zone FROM added ORDER BY city, country, id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- A person who is forgotten takes along what they told of themselves to become a provider.
-- A trigger and not a part of forget_person: whoever sets deleted_at forgets this as well.
CREATE FUNCTION forget_applications() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM audit_personal p USING audit_entries e, applications a
    WHERE p.seq = e.seq AND e.object_id = a.id AND a.user_id = NEW.id;
    DELETE FROM application_documents d USING applications a WHERE a.id = d.application_id AND a.user_id = NEW.id;
    UPDATE applications SET name = '', headline = '', about = '', city = '', postal_code = '', postal_codes = '{}',
        lat = NULL, lng = NULL, skills = '{}', note = '',
        state = CASE WHEN state = 'approved' THEN state ELSE 'withdrawn' END
    WHERE user_id = NEW.id;
    UPDATE providers p SET skills = '{}', postal_codes = '{}', payout_country = '', suspended_reason = ''
    FROM applications a WHERE a.user_id = NEW.id AND p.id = a.provider_id AND p.kind = 'sole';
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forget_applications FROM PUBLIC;
CREATE TRIGGER users_forgotten_applications AFTER UPDATE OF deleted_at ON users
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL)
    EXECUTE FUNCTION forget_applications();
