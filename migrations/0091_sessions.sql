-- Sessions of browsers. Whoever reads this table cannot take one over: it holds hashes of ids only.
CREATE TABLE sessions (
    id_hash   bytea       PRIMARY KEY CHECK (octet_length(id_hash) = 32),
    user_id   uuid        REFERENCES users (id) ON DELETE CASCADE,
    data      jsonb       NOT NULL,
    created   timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    -- The earlier of two ends: a fortnight unused, or ninety days old.
    expires   timestamptz NOT NULL,
    address   inet,
    agent     text
);

CREATE INDEX sessions_user_id ON sessions (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX sessions_expires ON sessions (expires);
