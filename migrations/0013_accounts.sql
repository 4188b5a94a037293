-- What an account needs beyond a password: proofs of its addresses, a second factor, known devices.

ALTER TABLE users
    ADD COLUMN email_verified_at timestamptz,
    ADD COLUMN phone_verified_at timestamptz,
    ADD COLUMN locale text NOT NULL DEFAULT 'en' CHECK (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
    ADD COLUMN password_changed_at timestamptz,
    -- the row of a deleted person stays, because bookings point to it; nothing in it says who it was
    ADD COLUMN deleted_at timestamptz;

-- Links that were sent out. Only hashes are kept; of one purpose a person has one, and a newer one replaces it.
CREATE TABLE account_links (
    user_id uuid NOT NULL REFERENCES users,
    purpose text NOT NULL CHECK (purpose IN ('verify_email', 'change_email', 'reset_password')),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    email text NOT NULL CHECK (length(email) <= 254),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, purpose)
);
CREATE UNIQUE INDEX account_links_hash ON account_links (hash);

-- Six digits sent to a phone.
CREATE TABLE phone_codes (
    user_id uuid PRIMARY KEY REFERENCES users,
    phone text NOT NULL CHECK (length(phone) <= 20),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    tries int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

-- The second factor: a shared secret, encrypted; in force once it has been confirmed with a code.
CREATE TABLE totp_secrets (
    user_id uuid PRIMARY KEY REFERENCES users,
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz
);
-- Each code opens once: the primary key refuses the second use, however many try at the same moment.
CREATE TABLE totp_used (
    user_id uuid NOT NULL REFERENCES users,
    step bigint NOT NULL,
    PRIMARY KEY (user_id, step)
);
CREATE TABLE recovery_codes (
    user_id uuid NOT NULL REFERENCES users,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    used_at timestamptz,
    PRIMARY KEY (user_id, hash)
);

-- Browsers a person has signed in with before. The cookie holds a secret, the table its hash.
CREATE TABLE known_devices (
    user_id uuid NOT NULL REFERENCES users,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- Every attempt to sign in to an account, for its owner's eyes.
CREATE TABLE sign_ins (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users,
    at timestamptz NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('opened', 'password', 'code', 'suspended', 'delayed')),
    address inet,
    agent text NOT NULL DEFAULT '' CHECK (length(agent) <= 200)
);
CREATE INDEX sign_ins_user ON sign_ins (user_id, id);

-- Failures slow the next try down: of an account tried from unknown browsers, and of one known browser.
CREATE TABLE login_delays (
    key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
    failures int NOT NULL,
    until timestamptz NOT NULL
);
CREATE INDEX login_delays_until ON login_delays (until);

-- Keys of programs that act for a person. Shown once; only the hash is kept.
CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    prefix text NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX api_keys_hash ON api_keys (hash);
CREATE INDEX api_keys_user ON api_keys (user_id, id);

-- Somebody asked for a new password. Whether the address has an account is looked up later, so that the answer
-- takes the same time for all; the row goes then.
CREATE TABLE forgotten_passwords (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (length(email) <= 254),
    at timestamptz NOT NULL
);
