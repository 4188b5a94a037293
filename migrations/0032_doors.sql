-- Who gets in, what they may do there, and what is forgotten of them.

-- Addresses outlive nobody: whoever is forgotten takes along what others have written down of their address.

-- Entries that hold somebody's address, whoever they are about. Few do.
CREATE INDEX audit_personal_email ON audit_personal ((content #>> '{words,email}'))
    WHERE content #>> '{words,email}' IS NOT NULL;

-- Nobody's entries cannot be found again when a person wants to be forgotten, so they hold no addresses any more.
DELETE FROM audit_personal p USING audit_entries e
WHERE p.seq = e.seq AND e.action = 'session.failed' AND e.object_id = '00000000-0000-0000-0000-000000000000';

-- A trigger and not a part of forget_person: whoever sets deleted_at forgets this as well. Addresses the person had before
-- count, too, unless somebody else has them by now.
-- SECURITY DEFINER: parts of this the application may not change in any other way.
CREATE FUNCTION forget_addresses() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    theirs text[];
BEGIN
    SELECT array_agg(DISTINCT had.email) INTO theirs FROM (
        SELECT OLD.email
        UNION
        SELECT p.content #>> '{words,email}' FROM audit_entries e JOIN audit_personal p ON p.seq = e.seq
        WHERE e.object_id = NEW.id AND e.object_kind = 'user'
          AND e.action IN ('user.registered', 'user.email_verified', 'user.email_changed')
    ) AS had (email)
    WHERE had.email IS NOT NULL AND NOT EXISTS (SELECT FROM users u WHERE u.email = had.email AND u.id <> NEW.id);
    -- Who was invited under it, who asked for it, who tried to register it.
    DELETE FROM audit_personal p USING audit_entries e, operator_invitations i
    WHERE p.seq = e.seq AND e.object_kind = 'invitation' AND e.object_id = i.id
      AND (i.email = ANY(theirs) OR i.accepted_by = NEW.id);
    DELETE FROM audit_personal WHERE content #>> '{words,email}' = ANY(theirs);
    UPDATE operator_invitations SET email = NEW.email WHERE email = ANY(theirs) OR accepted_by = NEW.id;
    DELETE FROM account_links WHERE email = ANY(theirs);
    DELETE FROM forgotten_passwords WHERE email = ANY(theirs);
    DELETE FROM outbound_messages WHERE recipient = ANY(theirs);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION forget_addresses FROM PUBLIC;
CREATE TRIGGER users_forgotten_addresses AFTER UPDATE OF deleted_at ON users
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL)
    EXECUTE FUNCTION forget_addresses();

-- What somebody may do, as far as it is given to them: a session notes it under its id, and gets another id when there is
-- more. SECURITY INVOKER: it says nothing the application cannot read.
CREATE FUNCTION rights_of(person uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(had.given ORDER BY had.given), '[]')
    FROM (SELECT role FROM user_roles WHERE user_id = person
          UNION ALL
          SELECT provider_id || ' ' || role FROM members WHERE user_id = person AND active) AS had (given)
$$;

-- Sessions that are open now have the rights they have. (A new installation makes their table later.)
DO $$
BEGIN
    IF to_regclass('public.sessions') IS NOT NULL THEN
        UPDATE sessions SET data = data || jsonb_build_object('rights', rights_of(user_id)) WHERE user_id IS NOT NULL;
    END IF;
END
$$;

-- How often all sessions of the person were ended: what was begun in an earlier round (a first step of two, a login whose
-- password was looked at a moment ago) opens nothing any more.
ALTER TABLE users ADD COLUMN round bigint NOT NULL DEFAULT 0;
