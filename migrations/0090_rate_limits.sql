-- How often something was done lately. Losing it in a crash only forgives people early,
-- so it is not written to the log of changes.
CREATE UNLOGGED TABLE rate_limits (
    kind    text        NOT NULL,
    -- An address, a user's id, or the hash of an account's name; never what people typed.
    subject text        NOT NULL,
    spent   integer     NOT NULL CHECK (spent >= 0),
    expires timestamptz NOT NULL,
    PRIMARY KEY (kind, subject)
);
