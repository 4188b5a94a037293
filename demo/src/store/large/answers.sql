-- What services say in the fields of their categories: most of what can be chosen, and all that has to be said.
INSERT INTO service_fields (service_id, field_id, value)
SELECT s.id, f.id, CASE f.kind WHEN 'choice' THEN f.options[1 + floor(cardinality(f.options) * pg_temp.dice(s.id, f.place))::int]
                   WHEN 'yes_no' THEN CASE WHEN pg_temp.dice(s.id, f.place) < 0.5 THEN 'yes' ELSE 'no' END END
FROM (SELECT *, row_number() OVER (ORDER BY key) + 9000 AS place FROM category_fields WHERE kind IN ('choice', 'yes_no')) f
JOIN services s ON f.category_id IN (s.category_id, s.top_category_id)
WHERE f.required OR pg_temp.dice(s.id, f.place + 1000) < 0.85;
