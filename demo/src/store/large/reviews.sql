-- Reviews of completed bookings: $1 titles, $2 and $3 sentences, $4 how many.
INSERT INTO reviews (id, booking_id, service_id, provider_id, customer_id, rating, quality, punctuality, professionalism, value, title,
    body, created_at)
WITH chosen AS (
    SELECT b.*, 3.5 + 1.45 * pg_temp.dice(b.provider_id, 1) AS standing FROM bookings b
    WHERE b.state = 'completed' AND pg_temp.dice(b.id, 2) < 0.3
    ORDER BY pg_temp.dice(b.id, 2) LIMIT $4
), rated AS (
    SELECT *, least(5, greatest(1, round(standing + 1.6 * (pg_temp.dice(id, 3) + pg_temp.dice(id, 4) - 1))))::int AS stars FROM chosen
)
SELECT pg_temp.uid(14, row_number() OVER (ORDER BY id)), id, service_id, provider_id, customer_id, stars,
       greatest(1, stars - floor(2 * pg_temp.dice(id, 5))::int), greatest(1, stars - floor(2 * pg_temp.dice(id, 6))::int),
       stars, greatest(1, stars - floor(2 * pg_temp.dice(id, 7))::int),
       $1[1 + floor(cardinality($1) * pg_temp.dice(id, 8))::int],
       $2[1 + floor(cardinality($2) * pg_temp.dice(id, 9))::int] || ' ' || $3[1 + floor(cardinality($3) * pg_temp.dice(id, 10))::int],
       least(now, updated_at + pg_temp.dice(id, 11) * interval '5 days')
FROM rated, present
ORDER BY id;
