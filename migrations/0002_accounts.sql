-- People with a login, and their roles.

CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    phone text CHECK (length(phone) <= 20),
    first_name text NOT NULL CHECK (length(first_name) BETWEEN 1 AND 80),
    last_name text NOT NULL CHECK (length(last_name) BETWEEN 1 AND 80),
    password_hash text NOT NULL,
    picture text,
    zone text NOT NULL DEFAULT 'UTC',
    -- signing in is refused from this instant on; the reason is for the person's own eyes
    suspended_at timestamptz,
    suspended_reason text NOT NULL DEFAULT '' CHECK (length(suspended_reason) <= 500),
    created_at timestamptz NOT NULL,
    CHECK (suspended_at IS NOT NULL OR suspended_reason = '')
);
CREATE UNIQUE INDEX users_email ON users (email);

CREATE TABLE user_roles (
    user_id uuid NOT NULL REFERENCES users,
    role text NOT NULL CHECK (role IN ('customer', 'provider', 'onboarding_manager', 'ops_manager', 'admin', 'superadmin')),
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, role)
);
