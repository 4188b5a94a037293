-- Copies of everything about a person, made for them; and the one way to forget a person.

CREATE TABLE data_exports (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users,
    asked_at timestamptz NOT NULL,
    -- percent
    progress smallint NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    done_at timestamptz,
    expires_at timestamptz NOT NULL,
    content bytea,
    CHECK ((done_at IS NULL) = (content IS NULL))
);
CREATE INDEX data_exports_user ON data_exports (user_id, id);
CREATE INDEX data_exports_expires ON data_exports (expires_at);

-- What keeps an account from being deleted: bookings that are not over, as a customer or as the one who does them.
CREATE FUNCTION open_bookings_of(person uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT (SELECT count(*) FROM bookings
            WHERE customer_id = person AND state IN ('held', 'requested', 'confirmed', 'started', 'done'))
         + (SELECT count(*) FROM members m JOIN bookings b ON b.member_id = m.id
            WHERE m.user_id = person AND b.state IN ('held', 'requested', 'confirmed', 'started', 'done'))
$$;

-- Takes everything that says who a person is out of all tables. What stays: that somebody booked what, when, for how
-- much, and how many stars they gave. The history keeps its commitments and verifies.
-- SECURITY DEFINER: parts of this the application may not change in any other way.
CREATE FUNCTION forget_person(person uuid, now_ timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old text;
    nobody text := 'deleted-' || person || '@deleted.invalid';
BEGIN
    SELECT email INTO STRICT old FROM users WHERE id = person AND deleted_at IS NULL FOR UPDATE;
    UPDATE users SET email = nobody, phone = NULL, first_name = 'Deleted', last_name = 'account', password_hash = '',
        picture = NULL, zone = 'UTC', locale = 'en', email_verified_at = NULL, phone_verified_at = NULL,
        suspended_at = NULL, suspended_reason = '', deleted_at = now_
    WHERE id = person;
    DELETE FROM sessions WHERE user_id = person;
    DELETE FROM account_links WHERE user_id = person;
    DELETE FROM phone_codes WHERE user_id = person;
    DELETE FROM totp_secrets WHERE user_id = person;
    DELETE FROM totp_used WHERE user_id = person;
    DELETE FROM recovery_codes WHERE user_id = person;
    DELETE FROM known_devices WHERE user_id = person;
    DELETE FROM sign_ins WHERE user_id = person;
    DELETE FROM api_keys WHERE user_id = person;
    DELETE FROM user_roles WHERE user_id = person;
    DELETE FROM data_exports WHERE user_id = person;
    DELETE FROM forgotten_passwords WHERE email = old;
    DELETE FROM outbound_messages WHERE user_id = person OR recipient = old;
    UPDATE operator_invitations SET email = nobody WHERE email = old;
    UPDATE suspensions SET reason = 'Deleted.', evidence = '', answer = '',
        appeal = CASE WHEN appeal = '' THEN '' ELSE 'Deleted.' END
    WHERE user_id = person;
    UPDATE bookings SET street = '', postal_code = '', city = '', note = '' WHERE customer_id = person;
    UPDATE booking_events e SET note = '' WHERE e.actor_id = person AND e.note <> '';
    UPDATE booking_events e SET note = '' FROM bookings b
    WHERE b.id = e.booking_id AND b.customer_id = person AND e.note <> '';
    UPDATE reviews SET title = '', body = '' WHERE customer_id = person;
    UPDATE reservations r SET note = '' FROM members m WHERE m.id = r.member_id AND m.user_id = person AND r.note <> '';
    -- A business whose only owner goes closes.
    UPDATE services s SET status = 'archived' FROM members m
    WHERE m.user_id = person AND m.role = 'owner' AND s.provider_id = m.provider_id
      AND NOT EXISTS (SELECT FROM members o WHERE o.provider_id = m.provider_id AND o.role = 'owner' AND o.active
                      AND o.user_id IS DISTINCT FROM person);
    UPDATE providers p SET name = 'Closed business', slug = 'closed-' || p.id, headline = '', about = '', picture = NULL
    FROM members m
    WHERE m.user_id = person AND m.role = 'owner' AND p.id = m.provider_id AND p.kind = 'sole';
    UPDATE members SET user_id = NULL, active = false, name = 'Former member', picture = NULL WHERE user_id = person;
    PERFORM erase_personal(person);
END
$$;
REVOKE ALL ON FUNCTION forget_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_person TO servicehub_app;
