-- Counts and stars, on the rows that show them.
UPDATE services s SET booking_count = n FROM (SELECT service_id, count(*) AS n FROM bookings WHERE state = 'completed' GROUP BY 1) x
WHERE x.service_id = s.id;
UPDATE services s SET rating_sum = r, rating_count = n FROM (SELECT service_id, sum(rating) AS r, count(*) AS n FROM reviews GROUP BY 1) x
WHERE x.service_id = s.id;
UPDATE providers p SET completed_count = n FROM (SELECT provider_id, count(*) AS n FROM bookings WHERE state = 'completed' GROUP BY 1) x
WHERE x.provider_id = p.id;
UPDATE providers p SET rating_sum = r, rating_count = n FROM (SELECT provider_id, sum(rating) AS r, count(*) AS n FROM reviews GROUP BY 1) x
WHERE x.provider_id = p.id;
