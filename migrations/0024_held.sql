-- Whoever chooses another time gives the earlier one back: the look for it must not read all their bookings.

CREATE INDEX bookings_held ON bookings (customer_id, service_id) WHERE state = 'held';
