//! The sheets of the large marketplace, one for each table.

use super::sheet::Sheet;

/// The sheets to be copied into the database.
#[derive(Debug)]
pub struct Sheets {
    pub users: Sheet,
    pub roles: Sheet,
    pub providers: Sheet,
    pub members: Sheet,
    pub hours: Sheet,
    pub services: Sheet,
    pub service_members: Sheet,
    pub packages: Sheet,
    pub extras: Sheet,
    pub pictures: Sheet,
}

impl Sheets {
    /// Empty sheets.
    pub const fn new() -> Self {
        Self {
            users: Sheet::new("users (id, email, first_name, last_name, password_hash, picture, zone, created_at)"),
            roles: Sheet::new("user_roles (user_id, role, granted_at)"),
            providers: Sheet::new(
                "providers (id, slug, name, kind, headline, about, picture, city, country, lat, lng, zone, verified_at, created_at)",
            ),
            members: Sheet::new("members (id, provider_id, user_id, name, role, picture, position)"),
            hours: Sheet::new("member_hours (member_id, weekday, kind, starts_min, ends_min)"),
            services: Sheet::new(
                "services (id, slug, provider_id, category_id, top_category_id, title, summary, description, includes, kind, pricing, \
                 price_minor, currency, duration_min, max_duration_min, delivery_days, place, city, lat, lng, radius_km, zone, \
                 booking_mode, cancellation_policy, slot_interval_min, buffer_before_min, buffer_after_min, min_notice_min, \
                 daily_limit, created_at)",
            ),
            service_members: Sheet::new("service_members (service_id, member_id)"),
            packages: Sheet::new(
                "packages (id, service_id, tier, name, description, includes, price_minor, duration_min, delivery_days, revisions)",
            ),
            extras: Sheet::new("extras (id, service_id, name, price_minor, extra_min, extra_days, position)"),
            pictures: Sheet::new("service_pictures (service_id, position, key, alt, colour)"),
        }
    }

    /// In an order that satisfies their references.
    pub fn all(&self) -> [&Sheet; 10] {
        [
            &self.users,
            &self.roles,
            &self.providers,
            &self.members,
            &self.hours,
            &self.services,
            &self.service_members,
            &self.packages,
            &self.extras,
            &self.pictures,
        ]
    }
}
