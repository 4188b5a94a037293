-- What services say in the fields of their categories becomes part of their text: drafted, looked at, kept in the
-- history. Only these answers are added, whatever else the function says by now.
DO $$
DECLARE
    present text := pg_get_functiondef('service_content'::regproc);
    better text := replace(present, '''pictures'', (SELECT',
        '''told'', (SELECT coalesce(jsonb_object_agg(v.field_id, jsonb_build_object(''kind'', f.kind, ''value'', v.value)), ''{}'')
                  FROM service_fields v JOIN category_fields f ON f.id = v.field_id
                  WHERE v.service_id = s.id AND f.category_id IN (s.category_id, s.top_category_id)),
        ''pictures'', (SELECT');
BEGIN
    IF better = present THEN
        RAISE EXCEPTION 'service_content says something else than expected';
    END IF;
    EXECUTE better;
END
$$;
