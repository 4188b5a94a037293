-- Email and SMS on their way out. A row is written with the change it tells of; a job hands it over.

CREATE TABLE outbound_messages (
    id uuid PRIMARY KEY,
    channel text NOT NULL CHECK (channel IN ('email', 'sms')),
    user_id uuid REFERENCES users ON DELETE CASCADE,
    -- Recipient and words are emptied when somebody else has the message: they may hold secret links.
    recipient text NOT NULL CHECK (length(recipient) <= 254 AND recipient !~ '[[:cntrl:]]'),
    kind text NOT NULL CHECK (kind ~ '^[a-z_]+\.[a-z_]+$'),
    subject text NOT NULL CHECK (length(subject) <= 200 AND subject !~ '[[:cntrl:]]'),
    text text NOT NULL,
    html text NOT NULL,
    created_at timestamptz NOT NULL,
    -- one of the two in the end
    sent_at timestamptz,
    failed_at timestamptz,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    last_error text CHECK (length(last_error) <= 500),
    CONSTRAINT outbound_messages_one_end CHECK (sent_at IS NULL OR failed_at IS NULL)
);
CREATE INDEX outbound_messages_created ON outbound_messages (created_at, id);
CREATE INDEX outbound_messages_user ON outbound_messages (user_id) WHERE user_id IS NOT NULL;
