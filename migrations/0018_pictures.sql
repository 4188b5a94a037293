-- Pictures people sent, made anew from their pixels. They lie here and not in a folder, so that every process has them.

CREATE TABLE pictures (
    -- from the content of its files; keys without this beginning are drawings of the demo data, in the data folder
    key text PRIMARY KEY CHECK (key ~ '^photo-[0-9a-f]{64}$'),
    created_at timestamptz NOT NULL
);
CREATE TABLE picture_files (
    key text NOT NULL REFERENCES pictures ON DELETE CASCADE,
    -- pixels
    width int NOT NULL CHECK (width BETWEEN 1 AND 4000),
    -- JPEG without anything but pixels
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 4194304),
    PRIMARY KEY (key, width)
);
-- JPEG does not get smaller by compressing it again.
ALTER TABLE picture_files ALTER COLUMN content SET STORAGE EXTERNAL;

-- Who refers to a picture that was sent; drawings are left out, so these stay small.
CREATE INDEX users_photo ON users (picture) WHERE picture LIKE 'photo-%';
CREATE INDEX members_photo ON members (picture) WHERE picture LIKE 'photo-%';
CREATE INDEX providers_photo ON providers (picture) WHERE picture LIKE 'photo-%';
CREATE INDEX service_pictures_photo ON service_pictures (key) WHERE key LIKE 'photo-%';

-- Deletes a picture when the last row that referred to it has let go, whoever did that and why: a new picture, a
-- person who is forgotten, a service that loses one. The row is locked first and looked for in a statement of its
-- own, so that somebody who just begins to refer to it is seen (they hold the same lock, see pictures/store.rs).
-- SECURITY DEFINER: whoever may change the one need not have a right to the others.
CREATE FUNCTION drop_unused_picture() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone text := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
    PERFORM FROM pictures WHERE key = gone FOR UPDATE;
    DELETE FROM pictures p WHERE p.key = gone
        AND NOT EXISTS (SELECT FROM users WHERE picture = gone AND picture LIKE 'photo-%')
        AND NOT EXISTS (SELECT FROM members WHERE picture = gone AND picture LIKE 'photo-%')
        AND NOT EXISTS (SELECT FROM providers WHERE picture = gone AND picture LIKE 'photo-%')
        AND NOT EXISTS (SELECT FROM service_pictures s WHERE s.key = gone AND s.key LIKE 'photo-%');
    RETURN NULL;
END
$$;

CREATE TRIGGER users_photo_gone AFTER UPDATE OF picture ON users FOR EACH ROW
    WHEN (OLD.picture LIKE 'photo-%' AND OLD.picture IS DISTINCT FROM NEW.picture)
    EXECUTE FUNCTION drop_unused_picture('picture');
CREATE TRIGGER members_photo_gone AFTER UPDATE OF picture ON members FOR EACH ROW
    WHEN (OLD.picture LIKE 'photo-%' AND OLD.picture IS DISTINCT FROM NEW.picture)
    EXECUTE FUNCTION drop_unused_picture('picture');
CREATE TRIGGER providers_photo_gone AFTER UPDATE OF picture ON providers FOR EACH ROW
    WHEN (OLD.picture LIKE 'photo-%' AND OLD.picture IS DISTINCT FROM NEW.picture)
    EXECUTE FUNCTION drop_unused_picture('picture');
CREATE TRIGGER service_pictures_photo_gone AFTER UPDATE OF key ON service_pictures FOR EACH ROW
    WHEN (OLD.key LIKE 'photo-%' AND OLD.key IS DISTINCT FROM NEW.key)
    EXECUTE FUNCTION drop_unused_picture('key');
CREATE TRIGGER service_pictures_photo_removed AFTER DELETE ON service_pictures FOR EACH ROW
    WHEN (OLD.key LIKE 'photo-%')
    EXECUTE FUNCTION drop_unused_picture('key');
