-- Passkeys (W3C Web Authentication): keys that live in people's devices, as a second factor and to log in with.

CREATE TABLE passkeys (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users,
    -- what its owner calls it
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    -- SHA-256 of the credential's id, which is how a device names the key
    credential_hash bytea NOT NULL CHECK (octet_length(credential_hash) = 32),
    -- the credential, encrypted: its id, the public key, the counter
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz
);
-- One credential belongs to one person, however many present it at the same moment.
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_hash);
CREATE INDEX passkeys_user ON passkeys (user_id, id);

-- Challenges that wait for their answer. Each is taken out with the first answer, right or wrong.
CREATE TABLE passkey_ceremonies (
    -- SHA-256 of the secret that the browser's session holds
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    kind text NOT NULL CHECK (kind IN ('add', 'log_in', 'second_step')),
    user_id uuid REFERENCES users,
    sealed bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    -- who logs in with a passkey alone is known by the answer only
    CHECK ((kind = 'log_in') = (user_id IS NULL))
);
CREATE INDEX passkey_ceremonies_expires ON passkey_ceremonies (expires_at);
CREATE INDEX passkey_ceremonies_user ON passkey_ceremonies (user_id) WHERE user_id IS NOT NULL;

ALTER TABLE sign_ins DROP CONSTRAINT sign_ins_outcome_check;
ALTER TABLE sign_ins ADD CONSTRAINT sign_ins_outcome_check
    CHECK (outcome IN ('opened', 'password', 'code', 'passkey', 'suspended', 'delayed'));

-- Takes everything that says who a person is out of all tables. What stays: that somebody booked what, when, for how
-- much, and how many stars they gave. The history keeps its commitments and verifies.
-- SECURITY DEFINER: parts of this the application may not change in any other way.
CREATE OR REPLACE FUNCTION forget_person(person uuid, now_ timestamptz) RETURNS void
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
    DELETE FROM passkeys WHERE user_id = person;
    DELETE FROM passkey_ceremonies WHERE user_id = person;
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
