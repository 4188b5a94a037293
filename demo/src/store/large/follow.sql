-- The time that is taken, and what happened: the whole story of what is live or recent, the last word of the rest.

INSERT INTO reservations (id, member_id, booking_id, state, during, visit_starts, visit_ends, created_at)
SELECT pg_temp.uid(13, row_number() OVER (ORDER BY b.id)), b.member_id, b.id,
       CASE b.state WHEN 'requested' THEN 'pending' ELSE 'confirmed' END,
       tstzrange(b.starts_at - s.buffer_before_min * interval '1 minute', b.ends_at + s.buffer_after_min * interval '1 minute'),
       b.starts_at, b.ends_at, b.created_at
FROM bookings b JOIN services s ON s.id = b.service_id
WHERE b.kind = 'visit' AND b.state NOT IN ('declined', 'cancelled', 'expired');

INSERT INTO booking_events (booking_id, seq, at, event, from_state, to_state, actor_id, capacity)
SELECT b.id, row_number() OVER (PARTITION BY b.id ORDER BY e.place),
       CASE WHEN e.share = 1 THEN b.updated_at ELSE b.created_at + e.share * (b.updated_at - b.created_at) END,
       e.event, e.from_state, e.to_state, CASE e.capacity WHEN 'customer' THEN b.customer_id WHEN 'provider' THEN m.user_id END, e.capacity
FROM bookings b
JOIN members m ON m.id = b.member_id, present,
LATERAL (VALUES
    (1, true, 0.0, 'hold', NULL, 'held', 'customer'),
    (2, b.booking_mode = 'instant' AND b.state <> 'expired', CASE b.state WHEN 'confirmed' THEN 1 ELSE 0.001 END, 'confirm', 'held', 'confirmed', 'customer'),
    (3, b.booking_mode = 'request', CASE b.state WHEN 'requested' THEN 1 ELSE 0.001 END, 'request', 'held', 'requested', 'customer'),
    (4, b.booking_mode = 'request' AND b.state NOT IN ('requested', 'declined', 'expired'),
        CASE b.state WHEN 'confirmed' THEN 1 ELSE 0.01 END, 'accept', 'requested', 'confirmed', 'provider'),
    (5, b.state = 'declined', 1, 'decline', 'requested', 'declined', 'provider'),
    (6, b.state IN ('started', 'done', 'completed'), CASE b.state WHEN 'started' THEN 1 ELSE 0.8 END, 'start', 'confirmed', 'started', 'provider'),
    (7, b.state IN ('done', 'completed'), CASE b.state WHEN 'done' THEN 1 ELSE 0.9 END, 'finish', 'started', 'done', 'provider'),
    (8, b.state = 'completed', 1, 'sign_off', 'done', 'completed', 'customer'),
    (9, b.state = 'cancelled', 1, 'cancel', 'confirmed', 'cancelled', 'customer'),
    (10, b.state = 'expired', 1, 'lapse', CASE b.booking_mode WHEN 'request' THEN 'requested' ELSE 'held' END, 'expired', 'system')
) e (place, happened, share, event, from_state, to_state, capacity)
WHERE e.happened AND (e.to_state = b.state OR b.clock_at IS NOT NULL OR b.updated_at > now - interval '30 days');
