-- What operators do with accounts: suspend and restore, invite colleagues.

CREATE TABLE suspensions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users,
    at timestamptz NOT NULL,
    by_id uuid NOT NULL REFERENCES users,
    -- both are shown to the person
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    evidence text NOT NULL DEFAULT '' CHECK (length(evidence) <= 2000),
    appealed_at timestamptz,
    appeal text NOT NULL DEFAULT '' CHECK (length(appeal) <= 2000),
    lifted_at timestamptz,
    lifted_by uuid REFERENCES users,
    answer text NOT NULL DEFAULT '' CHECK (length(answer) <= 2000),
    CHECK ((appealed_at IS NULL) = (appeal = '')),
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
CREATE INDEX suspensions_user ON suspensions (user_id, id);
-- one at a time
CREATE UNIQUE INDEX suspensions_in_force ON suspensions (user_id) WHERE lifted_at IS NULL;
CREATE INDEX suspensions_appealed ON suspensions (appealed_at) WHERE lifted_at IS NULL AND appealed_at IS NOT NULL;

-- Operator roles are given by invitation only. The link goes by mail; only its hash is kept.
CREATE TABLE operator_invitations (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    role text NOT NULL CHECK (role IN ('onboarding_manager', 'ops_manager', 'admin', 'superadmin', 'auditor')),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    by_id uuid NOT NULL REFERENCES users,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    accepted_by uuid REFERENCES users,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX operator_invitations_hash ON operator_invitations (hash);
CREATE INDEX operator_invitations_waiting ON operator_invitations (id) WHERE accepted_at IS NULL AND revoked_at IS NULL;

ALTER TABLE user_roles DROP CONSTRAINT user_roles_role_check;
ALTER TABLE user_roles ADD CONSTRAINT user_roles_role_check
    CHECK (role IN ('customer', 'provider', 'onboarding_manager', 'ops_manager', 'admin', 'superadmin', 'auditor'));

-- People are found by parts of names and addresses.
CREATE INDEX users_words ON users USING gin (lower(first_name || ' ' || last_name || ' ' || email) gin_trgm_ops);
-- The newest first.
CREATE INDEX users_created ON users (created_at, id);
