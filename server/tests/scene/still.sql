-- Keeps every table as it is now, notes which are changed from now on, and puts those back.
CREATE SCHEMA still;
CREATE TABLE still.changed (name text PRIMARY KEY);
CREATE TABLE still.kept (name text PRIMARY KEY, columns text NOT NULL);

CREATE FUNCTION still.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO still.changed VALUES (TG_TABLE_NAME) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

DO $$
DECLARE of text;
BEGIN
    FOR of IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('CREATE TABLE still.%I AS TABLE public.%I', 'of_' || of, of);
        EXECUTE format('CREATE TRIGGER still AFTER INSERT OR UPDATE OR DELETE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION still.note()', of);
        INSERT INTO still.kept
        SELECT of, string_agg(quote_ident(attname), ', ') FROM pg_attribute
        WHERE attrelid = format('public.%I', of)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    END LOOP;
END $$;

-- Everything as it was. Triggers and references sleep meanwhile: what is put back was whole.
CREATE FUNCTION still.again() RETURNS void LANGUAGE plpgsql AS $$
DECLARE of still.kept;
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOR of IN SELECT k.* FROM still.kept k JOIN still.changed USING (name) LOOP
        EXECUTE format('DELETE FROM public.%I', of.name);
        EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM still.%I', of.name, of.columns, of.columns, 'of_' || of.name);
    END LOOP;
    DELETE FROM still.changed;
END $$;

-- What is different: rows that are new, and with a minus before the table's name rows that are gone.
CREATE FUNCTION still.news() RETURNS TABLE (name text, content jsonb) LANGUAGE plpgsql AS $$
DECLARE of text;
BEGIN
    FOR of IN SELECT c.name FROM still.changed c ORDER BY 1 LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L, t FROM (SELECT to_jsonb(whole_row) FROM public.%I whole_row EXCEPT ALL SELECT to_jsonb(whole_row) FROM still.%I whole_row) n(t)
             UNION ALL SELECT %L, t FROM (SELECT to_jsonb(whole_row) FROM still.%I whole_row EXCEPT ALL SELECT to_jsonb(whole_row) FROM public.%I whole_row) n(t)',
            of, of, 'of_' || of, '-' || of, 'of_' || of, of);
    END LOOP;
END $$;
