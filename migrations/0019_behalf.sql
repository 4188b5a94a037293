-- Operators act for people, on record; and people who do not want to do business with each other.

-- An operator acts for a person: with a reason the person reads, for a short while.
CREATE TABLE acts_on_behalf (
    id uuid PRIMARY KEY,
    operator_id uuid NOT NULL REFERENCES users,
    user_id uuid NOT NULL REFERENCES users,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > started_at),
    -- when it was stopped, or was noticed to be over; it is over at expires_at in any case
    ended_at timestamptz,
    CHECK (operator_id <> user_id)
);
-- one at a time
CREATE UNIQUE INDEX acts_on_behalf_one ON acts_on_behalf (operator_id) WHERE ended_at IS NULL;
CREATE INDEX acts_on_behalf_user ON acts_on_behalf (user_id, id);
CREATE INDEX acts_on_behalf_over ON acts_on_behalf (expires_at) WHERE ended_at IS NULL;
REVOKE DELETE ON acts_on_behalf FROM servicehub_app;

-- What an operator did for others is looked up like what they did themselves: newest first.
CREATE INDEX audit_entries_behalf ON audit_entries ((detail #>> '{on_behalf,operator}'), at, seq)
    WHERE detail ? 'on_behalf';

-- A customer and a business of which one has blocked the other; both may have.
CREATE TABLE blocks (
    id uuid NOT NULL UNIQUE,
    customer_id uuid NOT NULL REFERENCES users,
    provider_id uuid NOT NULL REFERENCES providers,
    -- who does not want to meet the other
    side text NOT NULL CHECK (side IN ('customer', 'provider')),
    by_id uuid NOT NULL REFERENCES users,
    -- for the one who blocked, and for operators
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
    at timestamptz NOT NULL,
    PRIMARY KEY (customer_id, provider_id, side)
);
CREATE INDEX blocks_of_provider ON blocks (provider_id, id);
CREATE INDEX blocks_of_customer ON blocks (customer_id, id);
CREATE INDEX blocks_by ON blocks (by_id);

-- Whether a customer and a business keep apart. Whoever blocks takes the same lock alone, so that a booking is either
-- committed before the block or sees it. In a function, because the look has to come after the lock, and each
-- statement of a function looks afresh.
CREATE FUNCTION kept_apart(customer uuid, provider uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(customer::text || provider::text, 19));
    RETURN EXISTS (SELECT FROM blocks b WHERE b.customer_id = customer AND b.provider_id = provider);
END
$$;

-- A person who is forgotten takes along who they blocked, who blocked them, and the words about them.
-- A trigger and not a part of forget_person: whoever sets deleted_at forgets this as well.
-- SECURITY DEFINER: parts of this the application may not change in any other way.
CREATE FUNCTION forget_acts_and_blocks() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    closed uuid[];
BEGIN
    UPDATE acts_on_behalf SET reason = 'Deleted.', ended_at = coalesce(ended_at, NEW.deleted_at) WHERE user_id = NEW.id;
    UPDATE acts_on_behalf SET ended_at = NEW.deleted_at WHERE operator_id = NEW.id AND ended_at IS NULL;
    -- Businesses that close with their only owner.
    SELECT coalesce(array_agg(m.provider_id), '{}') INTO closed FROM members m
    WHERE m.user_id = NEW.id AND m.role = 'owner'
      AND NOT EXISTS (SELECT FROM members o WHERE o.provider_id = m.provider_id AND o.role = 'owner' AND o.active
                      AND o.user_id IS DISTINCT FROM NEW.id);
    DELETE FROM blocks WHERE customer_id = NEW.id OR provider_id = ANY(closed);
    UPDATE blocks SET reason = '' WHERE by_id = NEW.id AND reason <> '';
    -- Addresses an operator acted from, and what customers wrote about a business that closes.
    DELETE FROM audit_personal p USING audit_entries e
    WHERE p.seq = e.seq AND e.detail ? 'on_behalf' AND e.detail #>> '{on_behalf,operator}' = NEW.id::text;
    DELETE FROM audit_personal p USING audit_entries e
    WHERE p.seq = e.seq AND e.object_id = ANY(closed) AND e.action = 'block.made';
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forget_acts_and_blocks FROM PUBLIC;
CREATE TRIGGER users_forgotten AFTER UPDATE OF deleted_at ON users
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL)
    EXECUTE FUNCTION forget_acts_and_blocks();
