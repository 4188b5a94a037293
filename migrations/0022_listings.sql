-- What a business writes about a service: drafts, what waits for review, and what was. The tables of the catalogue stay
-- what customers see; they are written from a revision when it goes live.

ALTER TABLE services DROP CONSTRAINT services_status_check;
ALTER TABLE services ADD CONSTRAINT services_status_check
    CHECK (status IN ('draft', 'review', 'live', 'paused', 'archived'));
-- Grows with every change a business or a reviewer makes: a form that was opened before it is told so.
ALTER TABLE services ADD COLUMN version int NOT NULL DEFAULT 0;

-- A tier that is not offered any more stays for the bookings that chose it.
ALTER TABLE packages ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;

CREATE TABLE service_revisions (
    service_id uuid NOT NULL REFERENCES services,
    number int NOT NULL CHECK (number > 0),
    -- draft: being written. submitted: waits for review. live: what customers see. declined: sent back with a note.
    -- replaced: another one took its place, or it was thrown away.
    state text NOT NULL CHECK (state IN ('draft', 'submitted', 'live', 'declined', 'replaced')),
    -- a domain::catalog::listing::Listing
    content jsonb NOT NULL,
    -- nobody for what was there before anybody wrote revisions, and for people who are forgotten
    author_id uuid REFERENCES users,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    submitted_at timestamptz,
    -- since when it is on show
    live_at timestamptz,
    decided_at timestamptz,
    reviewer_id uuid REFERENCES users,
    -- why it was declined, for the business
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    PRIMARY KEY (service_id, number)
);
-- One text is worked on, one is on show.
CREATE UNIQUE INDEX service_revisions_open ON service_revisions (service_id) WHERE state IN ('draft', 'submitted');
CREATE UNIQUE INDEX service_revisions_live ON service_revisions (service_id) WHERE state = 'live';
CREATE INDEX service_revisions_queue ON service_revisions (submitted_at, service_id) WHERE state = 'submitted';
CREATE INDEX service_revisions_author ON service_revisions (author_id);
CREATE INDEX service_revisions_reviewer ON service_revisions (reviewer_id) WHERE reviewer_id IS NOT NULL;

-- Addresses services had before: they lead to the present one.
CREATE TABLE service_slugs (
    slug text PRIMARY KEY,
    service_id uuid NOT NULL REFERENCES services
);
CREATE INDEX service_slugs_service ON service_slugs (service_id);

-- For the back office, which searches what is not on offer as well.
CREATE INDEX services_created ON services (created_at, id);
CREATE INDEX services_plain_title ON services USING gin (plain_text(title) gin_trgm_ops);

-- What is on show, as a Listing: the rows are the truth, whoever wrote them.
CREATE FUNCTION service_content(service uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'title', s.title, 'summary', s.summary, 'description', s.description, 'includes', s.includes,
        'category', s.category_id, 'kind', s.kind, 'pricing', s.pricing,
        'price_minor', CASE s.pricing WHEN 'packages' THEN NULL ELSE s.price_minor END,
        'currency', s.currency, 'duration_min', s.duration_min, 'max_duration_min', s.max_duration_min,
        'delivery_days', s.delivery_days,
        'packages', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'tier', k.tier, 'name', k.name, 'description', k.description, 'includes', k.includes,
                        'price_minor', k.price_minor, 'duration_min', k.duration_min,
                        'delivery_days', k.delivery_days, 'revisions', k.revisions)
                        ORDER BY array_position(ARRAY['basic', 'standard', 'premium'], k.tier)), '[]')
                     FROM packages k WHERE k.service_id = s.id AND NOT k.withdrawn),
        'extras', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                      'id', e.id, 'name', e.name, 'price_minor', e.price_minor, 'extra_min', e.extra_min,
                      'extra_days', e.extra_days) ORDER BY e.position, e.id), '[]')
                   FROM extras e WHERE e.service_id = s.id),
        'booking_mode', s.booking_mode, 'cancellation_policy', s.cancellation_policy,
        'place', s.place, 'city', s.city, 'lat', s.lat, 'lng', s.lng, 'radius_km', s.radius_km,
        'slot_interval_min', s.slot_interval_min, 'buffer_before_min', s.buffer_before_min,
        'buffer_after_min', s.buffer_after_min, 'min_notice_min', s.min_notice_min,
        'horizon_days', s.horizon_days, 'daily_limit', s.daily_limit,
        'members', (SELECT coalesce(jsonb_agg(m.id ORDER BY m.position, m.id), '[]')
                    FROM service_members sm JOIN members m ON m.id = sm.member_id
                    WHERE sm.service_id = s.id AND m.active),
        'pictures', (SELECT coalesce(jsonb_agg(jsonb_build_object('key', i.key, 'alt', i.alt, 'colour', i.colour)
                                               ORDER BY i.position), '[]')
                     FROM service_pictures i WHERE i.service_id = s.id))
    FROM services s WHERE s.id = service
$$;

-- Which sent pictures the texts in use refer to, so that they are kept. Kept by a trigger.
CREATE TABLE service_revision_pictures (
    key text NOT NULL,
    service_id uuid NOT NULL,
    number int NOT NULL,
    PRIMARY KEY (key, service_id, number),
    FOREIGN KEY (service_id, number) REFERENCES service_revisions ON DELETE CASCADE
);
CREATE INDEX service_revision_pictures_of ON service_revision_pictures (service_id, number);

CREATE FUNCTION hold_revision_pictures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO service_revision_pictures (key, service_id, number)
    SELECT DISTINCT p ->> 'key', NEW.service_id, NEW.number
    FROM jsonb_array_elements(NEW.content -> 'pictures') p
    WHERE NEW.state <> 'replaced' AND p ->> 'key' LIKE 'photo-%'
    ON CONFLICT DO NOTHING;
    DELETE FROM service_revision_pictures h
    WHERE h.service_id = NEW.service_id AND h.number = NEW.number
      AND (NEW.state = 'replaced' OR NOT NEW.content -> 'pictures' @> jsonb_build_array(jsonb_build_object('key', h.key)));
    RETURN NULL;
END
$$;
CREATE TRIGGER service_revisions_pictures AFTER INSERT OR UPDATE OF content, state ON service_revisions
    FOR EACH ROW EXECUTE FUNCTION hold_revision_pictures();

-- Only one more place is asked, whatever else was added to the function since it was made.
DO $$
DECLARE
    present text := pg_get_functiondef('drop_unused_picture'::regproc);
    better text := replace(present, 'AND NOT EXISTS (SELECT FROM service_pictures s',
        'AND NOT EXISTS (SELECT FROM service_revision_pictures r WHERE r.key = gone)
        AND NOT EXISTS (SELECT FROM service_pictures s');
BEGIN
    IF better = present THEN
        RAISE EXCEPTION 'drop_unused_picture looks in other places than expected';
    END IF;
    EXECUTE better;
END
$$;
CREATE TRIGGER service_revision_pictures_gone AFTER DELETE ON service_revision_pictures FOR EACH ROW
    EXECUTE FUNCTION drop_unused_picture('key');

-- Whoever sets deleted_at forgets this as well: who wrote and who reviewed, the words of a review, and every text of a
-- business that closes with its only owner. (What is on show of it is archived by forget_person.)
CREATE FUNCTION forget_revisions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE service_revisions SET author_id = NULL WHERE author_id = NEW.id;
    UPDATE service_revisions SET reviewer_id = NULL, note = '' WHERE reviewer_id = NEW.id;
    DELETE FROM service_revisions r USING services s, members m
    WHERE m.user_id = NEW.id AND m.role = 'owner' AND s.provider_id = m.provider_id AND r.service_id = s.id
      AND NOT EXISTS (SELECT FROM members o WHERE o.provider_id = m.provider_id AND o.role = 'owner' AND o.active
                      AND o.user_id IS DISTINCT FROM NEW.id);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forget_revisions FROM PUBLIC;
CREATE TRIGGER users_forget_revisions AFTER UPDATE OF deleted_at ON users FOR EACH ROW
    WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION forget_revisions();
