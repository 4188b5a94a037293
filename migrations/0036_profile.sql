-- What a business says of itself can be changed by it, and goes when it closes.

-- Grows with every such change: a form that was opened before it is told so.
ALTER TABLE providers ADD COLUMN described int NOT NULL DEFAULT 0;

-- A sole trader's business that closes with its owner: the name it gets then is what forget_person writes.
CREATE FUNCTION forget_profile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.skills := '{}';
    NEW.postal_codes := '{}';
    RETURN NEW;
END
$$;
CREATE TRIGGER providers_closed BEFORE UPDATE OF slug ON providers FOR EACH ROW
    WHEN (NEW.slug = 'closed-' || NEW.id AND OLD.slug <> NEW.slug) EXECUTE FUNCTION forget_profile();
