//! Questions about bookings whose answer is always none, asked of the rows and not of the guards.

/// Live reservations of one member that overlap: asked of the rows, not of the constraint.
pub const OVERLAPS: &str = "SELECT count(*) FROM reservations a JOIN reservations b
    ON a.member_id = b.member_id AND a.id < b.id AND a.during && b.during
    WHERE a.state <> 'released' AND b.state <> 'released'";
/// Bookings without their time, their first line of history, their entry in the audit, or their event.
pub const HALVES: &str = "SELECT count(*) FROM bookings b WHERE NOT (
    EXISTS (SELECT FROM reservations r WHERE r.booking_id = b.id
            AND (b.state = 'held') = (r.state = 'hold') AND lower(r.during) = b.starts_at)
    AND EXISTS (SELECT FROM booking_events e WHERE e.booking_id = b.id AND e.seq = 1 AND e.to_state = 'held')
    AND (SELECT count(*) FROM audit_entries a WHERE a.object_id = b.id AND a.action = 'booking.held') = 1
    AND EXISTS (SELECT FROM outbox o WHERE o.object_id = b.id AND o.kind = 'booking.held'))";
/// Traces of bookings that do not exist.
pub const GHOSTS: &str = "SELECT
    (SELECT count(*) FROM reservations r WHERE r.booking_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM bookings b WHERE b.id = r.booking_id))
    + (SELECT count(*) FROM audit_entries a WHERE object_kind = 'booking'
       AND NOT EXISTS (SELECT FROM bookings b WHERE b.id = a.object_id))
    + (SELECT count(*) FROM outbox o WHERE kind LIKE 'booking.%'
       AND NOT EXISTS (SELECT FROM bookings b WHERE b.id = o.object_id))";
