//! The rows stories start with, placed as the owner of the tables.

use super::super::{Provider, Story};
use crate::catalog::{Question, Surcharges, Unit};
use crate::kernel::{ExtraId, MemberId, PackageId, ProviderId, ServiceId, UserId};
use jiff_sqlx::ToSqlx;
use sqlx::Result;
use sqlx::types::Json;

/// A login; `role` beside customer for providers.
pub(in crate::testing) async fn user(story: &Story, user: &NewUser<'_>) -> Result<()> {
    sqlx::query(
        "WITH person AS (
            INSERT INTO users (id, email, first_name, last_name, password_hash, zone, created_at, email_verified_at)
            VALUES ($1, $2, $3, $4, $5, 'Europe/Berlin', $6, $6) RETURNING id
         )
         INSERT INTO user_roles (user_id, role, granted_at) SELECT id, role, $6 FROM person, unnest($7::text[]) role",
    )
    .bind(user.id)
    .bind(user.email)
    .bind(user.first_name)
    .bind(user.last_name)
    .bind(user.password_hash)
    .bind(story.ctx.clock.now().to_sqlx())
    .bind(user.roles)
    .execute(&story.owner)
    .await
    .map(drop)
}

/// Takes the proof of an address away.
pub(in crate::testing) async fn unproved(story: &Story, user: UserId) -> Result<()> {
    let done = sqlx::query("UPDATE users SET email_verified_at = NULL WHERE id = $1").bind(user);
    done.execute(&story.owner).await.map(drop)
}

/// How often all sessions of a person were ended.
pub(in crate::testing) async fn round(story: &Story, user: UserId) -> Result<i64> {
    sqlx::query_scalar("SELECT round FROM users WHERE id = $1").bind(user).fetch_one(&story.owner).await
}

/// A row of `users`.
pub(in crate::testing) struct NewUser<'a> {
    pub id: UserId,
    pub email: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub password_hash: &'a str,
    pub roles: &'a [&'a str],
}

pub(in crate::testing) async fn provider(
    story: &Story,
    id: ProviderId,
    slug: &str,
    name: &str,
    zone: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO providers (id, slug, name, kind, headline, about, city, country, lat, lng, zone, verified_at, created_at)
         VALUES ($1, $2, $3, 'company', 'Good work, on time', '', 'Berlin', 'DE', 52.52, 13.405, $4, $5, $5)",
    )
    .bind(id)
    .bind(slug)
    .bind(name)
    .bind(zone)
    .bind(story.ctx.clock.now().to_sqlx())
    .execute(&story.owner)
    .await
    .map(drop)
}

pub(in crate::testing) async fn member(
    story: &Story,
    id: MemberId,
    provider: ProviderId,
    user: UserId,
    name: &str,
    role: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO members (id, provider_id, user_id, name, role, position)
         SELECT $1, $2, $3, $4, $5, count(*) FROM members WHERE provider_id = $2",
    )
    .bind(id)
    .bind(provider)
    .bind(user)
    .bind(name)
    .bind(role)
    .execute(&story.owner)
    .await
    .map(drop)
}

/// Replaces the hours of one kind on these weekdays (Monday is 1).
pub(in crate::testing) async fn hours(
    story: &Story,
    member: MemberId,
    kind: &str,
    weekdays: &[i16],
    from: i16,
    to: i16,
) -> Result<()> {
    sqlx::query(
        "WITH gone AS (DELETE FROM member_hours WHERE member_id = $1 AND kind = $2 AND weekday = ANY($3) AND starts_min <> $4)
         INSERT INTO member_hours (member_id, weekday, kind, starts_min, ends_min)
         SELECT $1, weekday, $2, $4, $5 FROM unnest($3::smallint[]) weekday
         ON CONFLICT (member_id, weekday, kind, starts_min) DO UPDATE SET ends_min = excluded.ends_min",
    )
    .bind(member)
    .bind(kind)
    .bind(weekdays)
    .bind(from)
    .bind(to)
    .execute(&story.owner)
    .await
    .map(drop)
}

pub(in crate::testing) async fn no_hours(story: &Story, member: MemberId) -> Result<()> {
    sqlx::query("DELETE FROM member_hours WHERE member_id = $1").bind(member).execute(&story.owner).await.map(drop)
}

pub(in crate::testing) async fn people_called(story: &Story, first_name: &str) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM users WHERE first_name = $1")
        .bind(first_name)
        .fetch_one(&story.owner)
        .await
}

pub(in crate::testing) async fn roles(story: &Story, user: UserId) -> Result<Vec<String>> {
    sqlx::query_scalar("SELECT role FROM user_roles WHERE user_id = $1 ORDER BY role")
        .bind(user)
        .fetch_all(&story.owner)
        .await
}

pub(in crate::testing) async fn memberships(
    story: &Story,
    user: UserId,
) -> Result<Vec<(ProviderId, MemberId, String, String)>> {
    sqlx::query_as(
        "SELECT m.provider_id, m.id, m.role, p.name FROM members m JOIN providers p ON p.id = m.provider_id
         WHERE m.user_id = $1 AND m.active ORDER BY m.id",
    )
    .bind(user)
    .fetch_all(&story.owner)
    .await
}

/// A row of `services`; see the table for units.
#[derive(Clone, Debug)]
pub(in crate::testing) struct NewService {
    pub title: String,
    pub kind: &'static str,
    pub pricing: &'static str,
    pub price_minor: i64,
    pub duration_min: i32,
    pub max_duration_min: i32,
    pub delivery_days: i32,
    pub place: &'static str,
    pub booking_mode: &'static str,
    pub cancellation_policy: &'static str,
    pub slot_interval_min: i32,
    pub buffer_before_min: i32,
    pub buffer_after_min: i32,
    pub min_notice_min: i32,
    pub horizon_days: i32,
    pub daily_limit: Option<i32>,
    pub status: &'static str,
}

/// A listing in the one category of a story, which is made with the first.
pub(in crate::testing) async fn service(
    story: &Story,
    id: ServiceId,
    slug: &str,
    provider: &Provider,
    row: &NewService,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO categories (id, parent_id, slug, name) VALUES
            ('00000000-0000-7000-8000-000000000001', NULL, 'home', 'Home'),
            ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'plumbing', 'Plumbing')
         ON CONFLICT DO NOTHING",
    )
    .execute(&story.owner)
    .await?;
    sqlx::query(
        "INSERT INTO services (
            id, slug, provider_id, category_id, top_category_id, title, summary, kind, pricing, price_minor, currency,
            duration_min, max_duration_min, delivery_days, place, city, lat, lng, zone, booking_mode, cancellation_policy,
            slot_interval_min, buffer_before_min, buffer_after_min, min_notice_min, horizon_days, daily_limit, status, created_at)
         VALUES (
            $1, $2, $3, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', $4, 'Done properly', $5, $6,
            $7, 'EUR', $8, $9, $10, $11, 'Berlin', 52.52, 13.405, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
    )
    .bind(id)
    .bind(slug)
    .bind(provider.id)
    .bind(&row.title)
    .bind(row.kind)
    .bind(row.pricing)
    .bind(row.price_minor)
    .bind(row.duration_min)
    .bind(row.max_duration_min)
    .bind(row.delivery_days)
    .bind(row.place)
    .bind(provider.zone.name())
    .bind(row.booking_mode)
    .bind(row.cancellation_policy)
    .bind(row.slot_interval_min)
    .bind(row.buffer_before_min)
    .bind(row.buffer_after_min)
    .bind(row.min_notice_min)
    .bind(row.horizon_days)
    .bind(row.daily_limit)
    .bind(row.status)
    .bind(story.ctx.clock.now().to_sqlx())
    .execute(&story.owner)
    .await
    .map(drop)
}

/// What a listing says besides its price.
pub(in crate::testing) async fn terms(
    story: &Story,
    service: ServiceId,
    (asked, surcharges, unit): (&[Question], &Surcharges, &Unit),
) -> Result<()> {
    // The price is named as well, so that lists look at the service again.
    sqlx::query("UPDATE services SET questions = $2, surcharges = $3, unit = $4, pricing = pricing WHERE id = $1")
        .bind(service)
        .bind(Json(asked))
        .bind(Json(surcharges))
        .bind(Json(unit))
        .execute(&story.owner)
        .await
        .map(drop)
}

/// Who does it: these members, or everybody of the business.
pub(in crate::testing) async fn service_members(
    story: &Story,
    service: ServiceId,
    provider: ProviderId,
    members: Option<&[MemberId]>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO service_members (service_id, member_id)
         SELECT $1, id FROM members WHERE provider_id = $2 AND ($3::uuid[] IS NULL OR id = ANY($3))",
    )
    .bind(service)
    .bind(provider)
    .bind(members.map(|members| members.iter().map(|member| member.0).collect::<Vec<_>>()))
    .execute(&story.owner)
    .await
    .map(drop)
}

/// A row of `packages`.
#[derive(Clone, Debug)]
pub(in crate::testing) struct NewPackage {
    pub tier: &'static str,
    pub price_minor: i64,
    pub duration_min: i32,
    pub delivery_days: i32,
}

pub(in crate::testing) async fn package(
    story: &Story,
    id: PackageId,
    service: ServiceId,
    row: &NewPackage,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO packages (id, service_id, tier, name, price_minor, duration_min, delivery_days)
         VALUES ($1, $2, $3, initcap($3), $4, $5, $6)",
    )
    .bind(id)
    .bind(service)
    .bind(row.tier)
    .bind(row.price_minor)
    .bind(row.duration_min)
    .bind(row.delivery_days)
    .execute(&story.owner)
    .await
    .map(drop)
}

/// A row of `extras`.
#[derive(Clone, Debug)]
pub(in crate::testing) struct NewExtra {
    pub name: String,
    pub price_minor: i64,
    pub extra_min: i32,
}

pub(in crate::testing) async fn extra(
    story: &Story,
    id: ExtraId,
    service: ServiceId,
    position: i32,
    row: &NewExtra,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO extras (id, service_id, name, price_minor, extra_min, position) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(service)
    .bind(&row.name)
    .bind(row.price_minor)
    .bind(row.extra_min)
    .bind(position)
    .execute(&story.owner)
    .await
    .map(drop)
}

/// Takes the jobs that are due by the story's clock out of the queue.
pub(in crate::testing) async fn take_due_jobs(story: &Story) -> Result<Vec<(String, serde_json::Value)>> {
    sqlx::query_as(
        "WITH taken AS (
            DELETE FROM graphile_worker._private_jobs WHERE run_at <= $1 RETURNING id, task_id, payload, run_at
         )
         SELECT t.identifier, taken.payload::jsonb
         FROM taken JOIN graphile_worker._private_tasks t ON t.id = taken.task_id ORDER BY taken.run_at, taken.id",
    )
    .bind(story.ctx.clock.now().to_sqlx())
    .fetch_all(&story.owner)
    .await
}

pub(in crate::testing) async fn count_jobs(story: &Story) -> Result<i64> {
    let waiting = "SELECT (SELECT count(*) FROM graphile_worker._private_jobs)
        + (SELECT count(*) FROM outbound_messages WHERE sent_at IS NULL AND failed_at IS NULL)";
    sqlx::query_scalar(waiting).fetch_one(&story.owner).await
}

/// What was written to somebody: kind, subject, text, appointment.
pub(in crate::testing) async fn mail_to(
    story: &Story,
    recipient: &str,
) -> Result<Vec<(String, String, String, String)>> {
    sqlx::query_as(
        "SELECT kind, subject, text, calendar FROM outbound_messages WHERE recipient = $1 ORDER BY created_at, id",
    )
    .bind(recipient)
    .fetch_all(&story.owner)
    .await
}
