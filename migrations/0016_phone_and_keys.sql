-- Codes sent to phones cost money: how many were sent, by what they could be a burden to. Keys of programs, finished.

-- Who may be bothered, or may bother, and how often. Subjects are keyed hashes: a copy of this table names nobody.
CREATE TABLE phone_budgets (
    kind text NOT NULL CHECK (kind ~ '^[a-z_]+$'),
    subject bytea NOT NULL CHECK (octet_length(subject) = 32),
    spent int NOT NULL CHECK (spent > 0),
    until timestamptz NOT NULL,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX phone_budgets_until ON phone_budgets (until);

ALTER TABLE phone_codes ADD CONSTRAINT phone_codes_tries CHECK (tries BETWEEN 0 AND 5);

-- When a key was used is written often and is no change of state: it stands beside the key, not in it.
CREATE TABLE api_key_uses (
    key_id uuid PRIMARY KEY REFERENCES api_keys ON DELETE CASCADE,
    last_used_at timestamptz NOT NULL
);

ALTER TABLE api_keys
    DROP COLUMN last_used_at,
    ADD COLUMN expires_at timestamptz,
    -- made with the form: a form sent twice makes one key
    ADD COLUMN form_key uuid NOT NULL,
    ADD CONSTRAINT api_keys_once UNIQUE (user_id, form_key),
    ADD CONSTRAINT api_keys_scopes CHECK (cardinality(scopes) BETWEEN 1 AND 20),
    ADD CONSTRAINT api_keys_prefix CHECK (length(prefix) BETWEEN 1 AND 20),
    ADD CONSTRAINT api_keys_expiry CHECK (expires_at > created_at);
