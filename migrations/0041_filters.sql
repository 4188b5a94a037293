-- Lists are narrowed by what services say in the fields of their categories; offers while one types are found by beginnings.

-- Whether customers can narrow lists by a field, and its word in addresses, which stays when its label changes.
-- Only a choice or a yes or no can be asked for; of other kinds the mark means nothing.
ALTER TABLE category_fields
    ADD COLUMN searchable boolean NOT NULL DEFAULT true,
    ADD COLUMN key text NOT NULL DEFAULT '';

-- One word means one field wherever its category goes, so none has it twice: 'products', 'products-2'.
CREATE FUNCTION name_field() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    word text := coalesce(nullif(trim(both '-' from
        left(regexp_replace(plain_text(NEW.label), '[^a-z0-9]+', '-', 'g'), 40)), ''), 'field');
    taken int := 1;
BEGIN
    NEW.key := word;
    WHILE EXISTS (SELECT FROM category_fields WHERE key = NEW.key) LOOP
        taken := taken + 1;
        NEW.key := word || '-' || taken;
    END LOOP;
    RETURN NEW;
END
$$;
CREATE TRIGGER category_fields_named BEFORE INSERT ON category_fields FOR EACH ROW
    WHEN (NEW.key = '') EXECUTE FUNCTION name_field();
ALTER TABLE category_fields ENABLE ALWAYS TRIGGER category_fields_named;

DO $$
DECLARE
    present category_fields;
BEGIN
    FOR present IN SELECT * FROM category_fields ORDER BY position, id LOOP
        UPDATE category_fields SET key = (
            SELECT CASE n WHEN 0 THEN word ELSE word || '-' || n + 1 END
            FROM (SELECT coalesce(nullif(trim(both '-' from
                      left(regexp_replace(plain_text(present.label), '[^a-z0-9]+', '-', 'g'), 40)), ''), 'field') AS word) w,
                 generate_series(0, 10000) n
            WHERE NOT EXISTS (SELECT FROM category_fields o
                              WHERE o.key = CASE n WHEN 0 THEN word ELSE word || '-' || n + 1 END)
            ORDER BY n LIMIT 1), searchable = present.kind IN ('choice', 'yes_no')
        WHERE id = present.id;
    END LOOP;
END
$$;
CREATE UNIQUE INDEX category_fields_key ON category_fields (key);

-- What a listing is found by beside its words and terms: 'field choice' for each answer that can be asked for. Whether it
-- is asked for, the mark decides when somebody searches: a mark that changes writes no listing anew.
ALTER TABLE listings ADD COLUMN answers text[] NOT NULL DEFAULT '{}';

CREATE FUNCTION answers_of(service uuid) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(v.field_id || ' ' || v.value ORDER BY v.field_id), '{}')
            FROM service_fields v JOIN category_fields f ON f.id = v.field_id
            WHERE v.service_id = service AND f.kind IN ('choice', 'yes_no'));
END
$$;

-- One index of inverted lists finds what is in all of them; it is made after the rows.
DROP INDEX listings_words;
UPDATE listings l SET answers = answers_of(l.service_id)
WHERE EXISTS (SELECT FROM service_fields v WHERE v.service_id = l.service_id);
CREATE INDEX listings_words ON listings USING gin (words, terms, answers) WITH (fastupdate = off);

-- A listing that comes in has its answers, whoever loads it.
CREATE FUNCTION answer_in_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.answers := answers_of(NEW.service_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER listings_answered BEFORE INSERT ON listings FOR EACH ROW EXECUTE FUNCTION answer_in_listing();
ALTER TABLE listings ENABLE ALWAYS TRIGGER listings_answered;

-- A listing that stands follows its answers. Those to a field that is gone may stay in the index: nobody can ask for them,
-- and a field of a large branch is gone at once.
CREATE FUNCTION renew_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE listings l SET answers = fresh.answers
    FROM (SELECT service_id, answers_of(service_id) AS answers
          FROM (SELECT DISTINCT v.service_id FROM changed v
                JOIN category_fields f ON f.id = v.field_id AND f.kind IN ('choice', 'yes_no')) c) fresh
    WHERE l.service_id = fresh.service_id AND l.answers <> fresh.answers;
    RETURN NULL;
END
$$;
CREATE TRIGGER service_fields_told AFTER INSERT ON service_fields
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_answers();
CREATE TRIGGER service_fields_told_anew AFTER UPDATE ON service_fields
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_answers();
CREATE TRIGGER service_fields_taken_back AFTER DELETE ON service_fields
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_answers();

-- Businesses are offered by the beginnings of the words of their names.
CREATE INDEX providers_name_words ON providers USING gin (to_tsvector('simple', plain_text(name)));
