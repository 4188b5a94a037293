-- A million bookings over two years behind and nine weeks ahead. No two visits of a member meet: each
-- takes a cell of its own, one of four of a working day, 150 minutes with its buffers.

CREATE TEMP TABLE customers ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY id) AS n, id FROM users u
WHERE NOT EXISTS (SELECT FROM user_roles r WHERE r.user_id = u.id AND r.role <> 'customer');

CREATE TEMP TABLE workers ON COMMIT DROP AS
WITH offered AS (
    SELECT provider_id, array_agg(id ORDER BY created_at, id) AS visits FROM services WHERE kind = 'visit' GROUP BY provider_id
), known AS (
    SELECT row_number() OVER (ORDER BY m.id) AS n, m.id AS member_id, m.provider_id, p.zone, o.visits,
           (SELECT min(weekday) - 1 FROM member_hours h WHERE h.member_id = m.id) AS late
    FROM members m JOIN providers p ON p.id = m.provider_id JOIN offered o ON o.provider_id = m.provider_id
), weighed AS (
    SELECT *, 0.03 + power(pg_temp.dice(n, 1), 3) AS weight FROM known
)
SELECT *, least(1900, round(890000 * weight / sum(weight) OVER ()))::int AS quota FROM weighed;

CREATE TEMP TABLE wishes ON COMMIT DROP AS
WITH cells AS (
    SELECT w.*, w.n * 2048 + i AS k, ((w.n * 977 + i * 1397) % 2260)::int AS cell
    FROM workers w, generate_series(0, w.quota - 1) i
)
SELECT k, member_id, visits[1 + floor(cardinality(visits) * power(pg_temp.dice(k, 2), 2))::int] AS service_id,
       ((monday + (cell / 20) * 7 + (cell / 4) % 5 + late) + time '08:00' + (cell % 4) * interval '150 minutes') AT TIME ZONE zone AS starts,
       NULL::timestamptz AS ordered
FROM cells, present;

INSERT INTO wishes
WITH deliveries AS (
    SELECT row_number() OVER (ORDER BY s.id) AS n, count(*) OVER () AS all_of_them, s.id, m.id AS member_id
    FROM services s JOIN members m ON m.provider_id = s.provider_id AND m.position = 0 WHERE s.kind = 'delivery'
), orders AS (
    SELECT 1000000000 + j AS k FROM generate_series(1, 1000000 - (SELECT count(*) FROM wishes)) j
)
SELECT o.k, d.member_id, d.id, NULL, now - power(pg_temp.dice(o.k, 3), 1.2) * interval '728 days' - interval '1 hour'
FROM orders o
JOIN deliveries d ON d.n = 1 + floor((SELECT max(n) FROM deliveries) * power(pg_temp.dice(o.k, 2), 2))::bigint, present;

CREATE TEMP TABLE drafts ON COMMIT DROP AS
WITH priced AS (
    SELECT w.k, w.member_id, w.starts, w.ordered, s.id AS service_id, s.provider_id, s.title, s.kind, s.booking_mode,
           s.cancellation_policy, s.currency, s.zone, s.place, s.city, b.country, p.id AS package_id,
           w.starts + coalesce(p.duration_min, s.duration_min) * interval '1 minute' AS ends,
           w.ordered + coalesce(p.delivery_days, s.delivery_days) * interval '1 day' AS due,
           coalesce(p.price_minor, CASE s.pricing WHEN 'hourly' THEN (s.price_minor * s.duration_min + 30) / 60 ELSE s.price_minor END) AS total
    FROM wishes w
    JOIN services s ON s.id = w.service_id
    JOIN providers b ON b.id = s.provider_id
    LEFT JOIN packages p ON p.service_id = s.id AND p.tier = (ARRAY['basic', 'basic', 'standard', 'premium'])[1 + floor(4 * pg_temp.dice(k, 4))::int]
), fated AS (
    SELECT *, coalesce(ends, due) AS promised, pg_temp.dice(k, 5) AS fate, pg_temp.dice(k, 6) AS pace FROM priced
), told AS (
    SELECT fated.*, CASE
        WHEN promised < now - interval '47 hours' THEN CASE
            WHEN fate < 0.88 THEN 'completed' WHEN fate < 0.95 THEN 'cancelled'
            WHEN fate < 0.97 AND booking_mode = 'request' THEN 'declined' WHEN fate < 0.98 THEN 'cancelled' ELSE 'expired' END
        WHEN kind = 'visit' AND ends < now THEN 'done'
        WHEN kind = 'visit' AND starts < now THEN 'started'
        WHEN kind = 'visit' AND booking_mode = 'request' AND fate < 0.2 AND starts > now + interval '26 hours' THEN 'requested'
        WHEN kind = 'delivery' AND fate < 0.6 THEN 'started'
        WHEN fate > 0.96 THEN 'cancelled'
        ELSE 'confirmed' END AS state
    FROM fated, present
), dated AS (
    SELECT told.*, CASE
        WHEN kind = 'delivery' THEN ordered
        WHEN state = 'requested' THEN now - pace * interval '20 hours'
        ELSE least(starts - interval '1 day' - pace * interval '18 days', now - pace * interval '3 hours' - interval '1 minute') END AS created
    FROM told, present
)
SELECT dated.*, least(now, CASE state
        WHEN 'completed' THEN promised + interval '10 minutes' + pace * interval '40 hours'
        WHEN 'done' THEN ends
        WHEN 'started' THEN coalesce(starts, created + interval '3 hours')
        WHEN 'cancelled' THEN created + pace * (least(coalesce(starts, due), now) - created)
        WHEN 'expired' THEN created + CASE booking_mode WHEN 'instant' THEN interval '10 minutes' ELSE interval '1 day' END
        WHEN 'declined' THEN created + interval '2 minutes' + pace * interval '9 hours'
        ELSE created + interval '2 minutes' END) AS updated
FROM dated, present;

INSERT INTO bookings (id, reference, customer_id, provider_id, service_id, package_id, member_id, any_member, kind, state, title,
    lines, total_minor, currency, booking_mode, cancellation_policy, starts_at, ends_at, due_at, zone, place, street, postal_code,
    city, country, clock_at, satisfaction, idempotency_key, created_at, updated_at)
WITH numbered AS (
    -- in the order in which they were made, as they would lie in the table
    SELECT row_number() OVER (ORDER BY created, k) AS n, drafts.* FROM drafts
), coded AS (
    SELECT numbered.*, (n * 702887654421 + 31415926) % 1099511627776 AS code FROM numbered
)
SELECT pg_temp.uid(11, b.n),
       'SH-' || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> 35) & 31)::int, 1)
           || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> 30) & 31)::int, 1)
           || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> 25) & 31)::int, 1)
           || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> 20) & 31)::int, 1)
           || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> 15) & 31)::int, 1)
           || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> 10) & 31)::int, 1)
           || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> 5) & 31)::int, 1)
           || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((code >> 0) & 31)::int, 1),
       c.id, provider_id, service_id, package_id, member_id, fate > 0.6, kind, state, title,
       jsonb_build_array(jsonb_build_object('label', title, 'amount', jsonb_build_object('minor', total, 'currency', currency))),
       total, currency, booking_mode, cancellation_policy, starts, ends, due, zone, b.place,
       CASE WHEN b.place = 'customer' THEN 'Linden Row ' || 1 + b.n % 120 ELSE '' END,
       CASE WHEN b.place = 'customer' THEN (10000 + b.n % 89999)::text ELSE '' END,
       CASE WHEN b.place = 'customer' THEN city ELSE '' END,
       CASE WHEN b.place = 'customer' THEN country ELSE '' END,
       CASE WHEN state = 'requested' THEN least(created + interval '24 hours', starts - interval '2 hours')
            WHEN state IN ('confirmed', 'started') THEN promised + CASE kind WHEN 'visit' THEN interval '48 hours' ELSE interval '14 days' END
            WHEN state = 'done' THEN updated + interval '48 hours' END,
       CASE WHEN state = 'completed' THEN 3 + floor(3 * sqrt(pace))::int END,
       pg_temp.uid(12, b.n), created, updated
FROM coded b
JOIN customers c ON c.n = 1 + floor((SELECT count(*) FROM customers) * power(pg_temp.dice(b.n, 7), 1.15))::bigint
ORDER BY b.n;
