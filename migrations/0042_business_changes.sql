-- A business moves to another town at once; another name or payout country waits for somebody who checks businesses.

ALTER TABLE providers
    ADD COLUMN postal_code text NOT NULL DEFAULT '' CHECK (length(postal_code) <= 16),
    -- Grows with every move: a form that was opened before is told so.
    ADD COLUMN moved int NOT NULL DEFAULT 0;
UPDATE providers p SET postal_code = a.postal_code FROM applications a WHERE a.provider_id = p.id AND a.postal_code <> '';

-- Addresses businesses had before: they lead to the present one.
CREATE TABLE provider_slugs (
    slug text PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers
);
CREATE INDEX provider_slugs_provider ON provider_slugs (provider_id);

-- Another name or payout country, as an owner asks for it.
CREATE TABLE business_changes (
    provider_id uuid NOT NULL REFERENCES providers,
    number int NOT NULL CHECK (number > 0),
    state text NOT NULL CHECK (state IN ('submitted', 'approved', 'declined', 'withdrawn')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    payout_country text NOT NULL CHECK (length(payout_country) IN (0, 2)),
    -- how it was when it was asked for
    name_before text NOT NULL,
    payout_country_before text NOT NULL,
    asked_by uuid NOT NULL REFERENCES users,
    submitted_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by uuid REFERENCES users,
    -- why it was declined, for the business
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    PRIMARY KEY (provider_id, number)
);
CREATE UNIQUE INDEX business_changes_one_open ON business_changes (provider_id) WHERE state = 'submitted';
CREATE INDEX business_changes_queue ON business_changes (submitted_at, provider_id) WHERE state = 'submitted';
CREATE INDEX business_changes_asked_by ON business_changes (asked_by);

-- A sole trader's business that closes with its owner takes along its former names and addresses as well.
CREATE OR REPLACE FUNCTION forget_profile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.skills := '{}';
    NEW.postal_codes := '{}';
    NEW.postal_code := '';
    DELETE FROM provider_slugs WHERE provider_id = NEW.id;
    DELETE FROM audit_personal p USING audit_entries e
    WHERE p.seq = e.seq AND e.object_id = NEW.id AND e.action LIKE 'provider.change%';
    UPDATE business_changes SET name = NEW.name, name_before = NEW.name, note = '',
        state = CASE WHEN state = 'submitted' THEN 'withdrawn' ELSE state END
    WHERE provider_id = NEW.id;
    RETURN NEW;
END
$$;

-- When somebody was told that a calendar elsewhere is out of date; read well again, it can grow old anew.
ALTER TABLE calendar_readings ADD COLUMN told_at timestamptz;

-- A member as lists show them in which one is chosen: people of one name get what tells them apart, their first skills
-- where only they have these, else a number in the order of the team.
CREATE FUNCTION told_name(m members) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN alike.others = 0 THEN m.name
        WHEN m.skills <> '{}' AND NOT alike.shared THEN m.name || ' (' || array_to_string(m.skills[1:2], ', ') || ')'
        ELSE m.name || ' (' || alike.before + 1 || ')' END
    FROM (SELECT count(*) AS others, coalesce(bool_or(o.skills[1:2] = m.skills[1:2]), false) AS shared,
                 count(*) FILTER (WHERE (o.position, o.id) < (m.position, m.id)) AS before
          FROM members o
          WHERE o.provider_id = m.provider_id AND o.id <> m.id AND o.left_at IS NULL
            AND plain_text(trim(o.name)) = plain_text(trim(m.name))) alike
$$;
