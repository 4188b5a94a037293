-- What is on offer, and by whom. Counts and ratings are kept on the rows that show them.

CREATE TABLE categories (
    id uuid PRIMARY KEY,
    parent_id uuid REFERENCES categories,
    slug text NOT NULL,
    name text NOT NULL,
    blurb text NOT NULL DEFAULT '',
    -- other words people use for it, found by search: 'plumber leak tap boiler'
    keywords text NOT NULL DEFAULT '',
    tint text NOT NULL DEFAULT 'cleaning',
    picture text,
    position int NOT NULL DEFAULT 0,
    service_count int NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX categories_slug ON categories (slug);
CREATE INDEX categories_parent ON categories (parent_id, position);

CREATE TABLE providers (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    kind text NOT NULL CHECK (kind IN ('sole', 'company')),
    headline text NOT NULL DEFAULT '',
    about text NOT NULL DEFAULT '',
    picture text,
    city text NOT NULL,
    country char(2) NOT NULL,
    lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lng double precision NOT NULL CHECK (lng BETWEEN -180 AND 180),
    zone text NOT NULL,
    verified_at timestamptz,
    rating_sum bigint NOT NULL DEFAULT 0,
    rating_count int NOT NULL DEFAULT 0,
    completed_count int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX providers_slug ON providers (slug);

-- A bookable person of a provider, with own hours and calendar.
CREATE TABLE members (
    id uuid PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES providers,
    user_id uuid REFERENCES users,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    role text NOT NULL CHECK (role IN ('owner', 'manager', 'member')),
    picture text,
    active boolean NOT NULL DEFAULT true,
    position int NOT NULL DEFAULT 0,
    UNIQUE (provider_id, user_id)
);
CREATE INDEX members_user ON members (user_id);

CREATE TABLE services (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    provider_id uuid NOT NULL REFERENCES providers,
    category_id uuid NOT NULL REFERENCES categories,
    -- the top of the category's branch, so that filtering by a parent needs no recursion
    top_category_id uuid NOT NULL REFERENCES categories,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    summary text NOT NULL CHECK (length(summary) <= 300),
    description text NOT NULL DEFAULT '' CHECK (length(description) <= 10000),
    includes text[] NOT NULL DEFAULT '{}',
    -- visit: a time and a place or call. delivery: files by a deadline.
    kind text NOT NULL CHECK (kind IN ('visit', 'delivery')),
    pricing text NOT NULL CHECK (pricing IN ('fixed', 'hourly', 'packages')),
    -- minor units: the whole price (fixed), the price of an hour (hourly), the lowest package (packages)
    price_minor bigint NOT NULL CHECK (price_minor >= 0),
    currency char(3) NOT NULL,
    -- minutes of a visit; for hourly pricing the shortest visit
    duration_min int NOT NULL DEFAULT 60 CHECK (duration_min BETWEEN 5 AND 1440),
    max_duration_min int NOT NULL DEFAULT 60 CHECK (max_duration_min BETWEEN 5 AND 1440),
    delivery_days int NOT NULL DEFAULT 0 CHECK (delivery_days BETWEEN 0 AND 365),
    place text NOT NULL DEFAULT 'customer' CHECK (place IN ('customer', 'provider', 'remote')),
    city text NOT NULL,
    lat double precision NOT NULL,
    lng double precision NOT NULL,
    radius_km int NOT NULL DEFAULT 25 CHECK (radius_km BETWEEN 1 AND 500),
    zone text NOT NULL,
    booking_mode text NOT NULL DEFAULT 'instant' CHECK (booking_mode IN ('instant', 'request')),
    cancellation_policy text NOT NULL DEFAULT 'flexible' CHECK (cancellation_policy IN ('flexible', 'moderate', 'strict')),
    -- how times are offered: see domain::availability
    slot_interval_min int NOT NULL DEFAULT 30 CHECK (slot_interval_min BETWEEN 5 AND 1440),
    buffer_before_min int NOT NULL DEFAULT 0 CHECK (buffer_before_min BETWEEN 0 AND 480),
    buffer_after_min int NOT NULL DEFAULT 0 CHECK (buffer_after_min BETWEEN 0 AND 480),
    min_notice_min int NOT NULL DEFAULT 120 CHECK (min_notice_min BETWEEN 0 AND 43200),
    horizon_days int NOT NULL DEFAULT 60 CHECK (horizon_days BETWEEN 1 AND 365),
    daily_limit int CHECK (daily_limit BETWEEN 1 AND 100),
    status text NOT NULL DEFAULT 'live' CHECK (status IN ('draft', 'live', 'paused', 'archived')),
    -- denormalised
    rating_sum bigint NOT NULL DEFAULT 0,
    rating_count int NOT NULL DEFAULT 0,
    booking_count int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    CHECK (max_duration_min >= duration_min)
);
CREATE UNIQUE INDEX services_slug ON services (slug);
CREATE INDEX services_provider ON services (provider_id);

CREATE TABLE service_members (
    service_id uuid NOT NULL REFERENCES services,
    member_id uuid NOT NULL REFERENCES members,
    PRIMARY KEY (service_id, member_id)
);
CREATE INDEX service_members_member ON service_members (member_id);

CREATE TABLE packages (
    id uuid PRIMARY KEY,
    service_id uuid NOT NULL REFERENCES services,
    tier text NOT NULL CHECK (tier IN ('basic', 'standard', 'premium')),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    includes text[] NOT NULL DEFAULT '{}',
    price_minor bigint NOT NULL CHECK (price_minor >= 0),
    duration_min int NOT NULL DEFAULT 60 CHECK (duration_min BETWEEN 5 AND 1440),
    delivery_days int NOT NULL DEFAULT 0 CHECK (delivery_days BETWEEN 0 AND 365),
    revisions int NOT NULL DEFAULT 0,
    UNIQUE (service_id, tier)
);

CREATE TABLE extras (
    id uuid PRIMARY KEY,
    service_id uuid NOT NULL REFERENCES services,
    name text NOT NULL,
    price_minor bigint NOT NULL CHECK (price_minor >= 0),
    extra_min int NOT NULL DEFAULT 0 CHECK (extra_min BETWEEN 0 AND 480),
    extra_days int NOT NULL DEFAULT 0 CHECK (extra_days BETWEEN 0 AND 60),
    position int NOT NULL DEFAULT 0
);
CREATE INDEX extras_service ON extras (service_id, position);

-- Files live under /pictures/{key}-{width}.webp and {key}-{width}.jpg; widths 400, 800, 1200.
CREATE TABLE service_pictures (
    service_id uuid NOT NULL REFERENCES services,
    position int NOT NULL,
    key text NOT NULL,
    alt text NOT NULL,
    colour char(7) NOT NULL,
    PRIMARY KEY (service_id, position)
);
