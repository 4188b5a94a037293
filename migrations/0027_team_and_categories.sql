-- The people of a business: skills, invitations, and that there is always an owner. The tree of categories as operators
-- keep it: versions, former addresses, and fields of their own.

ALTER TABLE members
    ADD COLUMN skills text[] NOT NULL DEFAULT '{}' CHECK (cardinality(skills) <= 20),
    -- gone for good; the row stays for the bookings that name it, and for the person, should they come back
    ADD COLUMN left_at timestamptz,
    ADD CONSTRAINT members_gone CHECK (left_at IS NULL OR NOT active);

-- A link by mail that makes somebody a member. Only its hash is kept.
CREATE TABLE team_invitations (
    id uuid PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers,
    -- a member without a login who is to get one; NULL: somebody new
    member_id uuid REFERENCES members,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    role text NOT NULL CHECK (role IN ('owner', 'manager', 'member')),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    by_id uuid NOT NULL REFERENCES users,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    accepted_by uuid REFERENCES users,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX team_invitations_hash ON team_invitations (hash);
CREATE INDEX team_invitations_email ON team_invitations (email);
-- one at a time for an address
CREATE UNIQUE INDEX team_invitations_waiting ON team_invitations (provider_id, email)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- A business keeps an owner who can log in. The row of the business is locked before the others are looked for, and
-- each statement of a function looks afresh: of two owners who leave at once, the second finds itself the last one.
-- Whoever is forgotten may go in any case, and the business closes.
CREATE FUNCTION keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM providers WHERE id = OLD.provider_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM members WHERE provider_id = OLD.provider_id AND role = 'owner' AND active
               AND user_id IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM users WHERE id = OLD.user_id AND deleted_at IS NOT NULL) THEN
        UPDATE services SET status = 'archived' WHERE provider_id = OLD.provider_id AND status <> 'archived';
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'a business keeps an owner' USING ERRCODE = 'check_violation', CONSTRAINT = 'members_keep_an_owner';
END
$$;
CREATE TRIGGER members_keep_an_owner AFTER UPDATE OF role, active, user_id, provider_id ON members
    FOR EACH ROW WHEN (OLD.role = 'owner' AND OLD.active AND OLD.user_id IS NOT NULL
        AND NOT (NEW.role = 'owner' AND NEW.active AND NEW.user_id IS NOT NULL AND NEW.provider_id = OLD.provider_id))
    EXECUTE FUNCTION keep_an_owner();
CREATE TRIGGER members_delete_no_owner AFTER DELETE ON members
    FOR EACH ROW WHEN (OLD.role = 'owner' AND OLD.active AND OLD.user_id IS NOT NULL)
    EXECUTE FUNCTION keep_an_owner();

-- Who is forgotten has left, and leaves no skills behind.
CREATE FUNCTION member_is_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone timestamptz;
BEGIN
    SELECT deleted_at INTO gone FROM users WHERE id = OLD.user_id;
    IF gone IS NOT NULL THEN
        NEW.left_at := coalesce(NEW.left_at, gone);
        NEW.skills := '{}';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER members_forgotten BEFORE UPDATE OF user_id ON members
    FOR EACH ROW WHEN (OLD.user_id IS NOT NULL AND NEW.user_id IS NULL)
    EXECUTE FUNCTION member_is_forgotten();

-- Invitations to the address of somebody who is forgotten go, and what the history says of them. So does the name under
-- which they were invited.
-- SECURITY DEFINER: parts of this the application may not change in any other way.
CREATE FUNCTION forget_team_invitations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    theirs uuid[];
BEGIN
    SELECT coalesce(array_agg(id), '{}') INTO theirs FROM team_invitations
    WHERE email = OLD.email OR accepted_by = NEW.id;
    DELETE FROM audit_personal p USING audit_entries e
    WHERE p.seq = e.seq AND e.object_kind = 'member' AND e.object_id IN (SELECT id FROM members WHERE user_id = NEW.id);
    DELETE FROM audit_personal p USING audit_entries e
    WHERE p.seq = e.seq AND e.object_kind = 'team_invitation' AND e.object_id = ANY(theirs);
    DELETE FROM team_invitations WHERE id = ANY(theirs);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forget_team_invitations FROM PUBLIC;
CREATE TRIGGER users_forgotten_by_teams AFTER UPDATE OF deleted_at ON users
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL)
    EXECUTE FUNCTION forget_team_invitations();

-- The tree as operators keep it. The version tells a form that somebody else was faster.
ALTER TABLE categories
    ADD COLUMN version int NOT NULL DEFAULT 1,
    -- not shown in menus and lists; its services can still be found and booked
    ADD COLUMN hidden boolean NOT NULL DEFAULT false,
    -- has become part of another one; the row stays for drafts that name it
    ADD COLUMN merged_into uuid REFERENCES categories,
    ADD CONSTRAINT categories_merged CHECK (merged_into IS NULL OR (hidden AND merged_into <> id));

-- A service that is put into a category which has become part of another one follows it there.
CREATE FUNCTION follow_merged_category() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT t.id, coalesce(t.parent_id, t.id) INTO NEW.category_id, NEW.top_category_id
    FROM categories c JOIN categories t ON t.id = coalesce(c.merged_into, c.id) WHERE c.id = NEW.category_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER services_follow_category BEFORE INSERT OR UPDATE OF category_id ON services
    FOR EACH ROW EXECUTE FUNCTION follow_merged_category();

-- Counts of all categories, from what is listed.
CREATE FUNCTION recount_categories() RETURNS void LANGUAGE sql AS $$
    WITH RECURSIVE own AS (
        SELECT category_id, count(*) AS n FROM listings GROUP BY category_id
    ), up AS (
        SELECT c.id, c.parent_id, own.n FROM own JOIN categories c ON c.id = own.category_id
        UNION ALL
        SELECT c.id, c.parent_id, up.n FROM up JOIN categories c ON c.id = up.parent_id
    ), counted AS (
        SELECT c.id, coalesce(sum(up.n), 0)::int AS n FROM categories c LEFT JOIN up ON up.id = c.id GROUP BY c.id
    )
    UPDATE categories c SET service_count = counted.n FROM counted
    WHERE counted.id = c.id AND c.service_count <> counted.n
$$;

-- Former addresses, of renamed categories and of those that became part of another one.
CREATE TABLE category_slugs (
    slug text PRIMARY KEY,
    category_id uuid NOT NULL REFERENCES categories
);
CREATE INDEX category_slugs_category ON category_slugs (category_id);

-- What services of a category tell beside the usual.
CREATE TABLE category_fields (
    id uuid PRIMARY KEY,
    category_id uuid NOT NULL REFERENCES categories,
    label text NOT NULL CHECK (length(label) BETWEEN 1 AND 80),
    kind text NOT NULL CHECK (kind IN ('text', 'number', 'yes_no', 'choice')),
    -- of a number: 'm²', 'years'
    unit text NOT NULL DEFAULT '' CHECK (length(unit) <= 20 AND (unit = '' OR kind = 'number')),
    -- of a choice
    options text[] NOT NULL DEFAULT '{}' CHECK ((kind = 'choice') = (cardinality(options) >= 2) AND cardinality(options) <= 30),
    required boolean NOT NULL DEFAULT false,
    position int NOT NULL DEFAULT 0
);
CREATE INDEX category_fields_category ON category_fields (category_id, position);

CREATE TABLE service_fields (
    service_id uuid NOT NULL REFERENCES services ON DELETE CASCADE,
    field_id uuid NOT NULL REFERENCES category_fields ON DELETE CASCADE,
    -- as typed; 'yes' or 'no' for those kinds, one of the options for a choice
    value text NOT NULL CHECK (length(value) BETWEEN 1 AND 500),
    PRIMARY KEY (service_id, field_id)
);
CREATE INDEX service_fields_field ON service_fields (field_id);
