//! Statements about members.

use crate::kernel::{Error, MemberId, ProviderId, UserId, Zone, constraint};
use crate::team::{Colleague, MemberPage, MemberRole, Staffed, Team};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::postgres::PgQueryResult;
use sqlx::types::{Json, Uuid};
use sqlx::{PgConnection, PgExecutor};

/// A member a change is about.
#[derive(Clone)]
pub(in crate::team) struct Target {
    pub id: MemberId,
    pub name: String,
    pub role: MemberRole,
    pub active: bool,
    pub left: bool,
    pub user: Option<UserId>,
}

/// A business with everybody who works there, and those who left with visits ahead.
pub(in crate::team) async fn team(db: impl PgExecutor<'_>, provider: ProviderId, user: UserId) -> Result<Team, Error> {
    let row = sqlx::query!(
        r#"SELECT p.name, p.zone,
               (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', told_name(m), 'picture', m.picture, 'role', m.role,
                    'active', m.active, 'left', m.left_at IS NOT NULL, 'login', m.user_id IS NOT NULL AND m.left_at IS NULL,
                    'you', m.user_id IS NOT DISTINCT FROM $2, 'skills', m.skills,
                    'hours', EXISTS (SELECT FROM member_hours h WHERE h.member_id = m.id AND h.kind = 'open'),
                    'services', (SELECT coalesce(json_agg(s.title ORDER BY s.title), '[]')
                                 FROM service_members sm JOIN services s ON s.id = sm.service_id
                                 WHERE sm.member_id = m.id AND s.status <> 'archived'))
                    ORDER BY m.left_at IS NOT NULL, NOT m.active, m.position, m.id), '[]')
                FROM members m
                WHERE m.provider_id = p.id
                  AND (m.left_at IS NULL OR EXISTS (
                      SELECT FROM bookings b WHERE b.provider_id = p.id AND b.member_id = m.id
                        AND b.state IN ('requested', 'confirmed', 'started')))) AS "members!: Json<Vec<Colleague>>",
               ARRAY(SELECT s.title FROM services s WHERE s.provider_id = p.id AND s.status = 'live'
                     AND NOT EXISTS (SELECT FROM service_members sm JOIN members m ON m.id = sm.member_id
                                     WHERE sm.service_id = s.id AND m.active)
                     ORDER BY s.title) AS "unstaffed!"
           FROM providers p WHERE p.id = $1"#,
        provider.0,
        user.0,
    )
    .fetch_one(db)
    .await?;
    Ok(Team {
        business: row.name,
        zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
        members: row.members.0,
        unstaffed: row.unstaffed,
        invited: Vec::new(),
    })
}

/// A member with the services of the business.
pub(in crate::team) async fn one(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: MemberId,
    user: UserId,
) -> Result<Option<MemberPage>, Error> {
    let row = sqlx::query!(
        r#"SELECT m.name, m.picture, m.role, m.active, m.left_at IS NOT NULL AS "left!", m.user_id IS NOT NULL AND m.left_at IS NULL AS "login!",
               m.user_id IS NOT DISTINCT FROM $3 AS "you!", m.skills,
               EXISTS (SELECT FROM member_hours h WHERE h.member_id = m.id AND h.kind = 'open') AS "hours!",
               p.name AS business, p.zone,
               (SELECT coalesce(json_agg(json_build_object('id', s.id, 'slug', s.slug, 'title', s.title, 'status', s.status,
                    'does', EXISTS (SELECT FROM service_members sm WHERE sm.service_id = s.id AND sm.member_id = m.id),
                    'others', (SELECT count(*) FROM service_members sm JOIN members o ON o.id = sm.member_id
                               WHERE sm.service_id = s.id AND o.id <> m.id AND o.active)) ORDER BY s.title, s.id), '[]')
                FROM services s WHERE s.provider_id = p.id AND s.status <> 'archived') AS "services!: Json<Vec<Staffed>>",
               ARRAY(SELECT word FROM (
                         SELECT unnest(o.skills) AS word FROM members o WHERE o.provider_id = p.id
                         UNION
                         SELECT c.name FROM categories c
                         WHERE c.parent_id IN (SELECT s.top_category_id FROM services s WHERE s.provider_id = p.id)) known
                     WHERE word <> ALL (m.skills) ORDER BY word LIMIT 40) AS "suggestions!"
           FROM members m JOIN providers p ON p.id = m.provider_id
           WHERE m.id = $2 AND m.provider_id = $1"#,
        provider.0,
        member.0,
        user.0,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let services = row.services.0;
    let who = Colleague {
        id: member,
        name: row.name,
        picture: row.picture,
        role: role(&row.role)?,
        active: row.active,
        left: row.left,
        login: row.login,
        you: row.you,
        hours: row.hours,
        skills: row.skills,
        services: services.iter().filter(|service| service.does).map(|service| service.title.clone()).collect(),
    };
    let zone = Zone::parse(&row.zone).unwrap_or_else(Zone::utc);
    Ok(Some(MemberPage { who, business: row.business, zone, services, suggestions: row.suggestions }))
}

fn role(name: &str) -> Result<MemberRole, Error> {
    MemberRole::parse(name).ok_or_else(|| Error::internal(format!("stored role {name}")))
}

/// A member, kept from others until the transaction ends.
pub(in crate::team) async fn hold(
    conn: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
) -> Result<Option<Target>, Error> {
    let row = sqlx::query!(
        r#"SELECT name, role, active, left_at IS NOT NULL AS "left!", user_id AS "user: UserId"
           FROM members WHERE id = $2 AND provider_id = $1 FOR NO KEY UPDATE"#,
        provider.0,
        member.0
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let role = role(&row.role)?;
    Ok(Some(Target { id: member, name: row.name, role, active: row.active, left: row.left, user: row.user }))
}

/// A new member, the last in the business's order, or somebody who comes back to their place; `None` when the person
/// works there already.
pub(in crate::team) async fn insert(
    conn: &mut PgConnection,
    id: MemberId,
    provider: ProviderId,
    user: Option<UserId>,
    name: &str,
    role: MemberRole,
) -> Result<Option<MemberId>, Error> {
    let id = sqlx::query_scalar!(
        r#"INSERT INTO members AS m (id, provider_id, user_id, name, role, position)
           SELECT $1, $2, $3, $4, $5, coalesce(max(position) + 1, 0) FROM members WHERE provider_id = $2
           ON CONFLICT (provider_id, user_id) DO UPDATE
           SET name = excluded.name, role = excluded.role, active = true, left_at = NULL WHERE m.left_at IS NOT NULL
           RETURNING id AS "id: MemberId""#,
        id.0,
        provider.0,
        user.map(|user| user.0),
        name,
        role.name(),
    );
    Ok(id.fetch_optional(conn).await?)
}

/// Gives a member a login; `false` when they have one, have left, or the person has a place there.
pub(in crate::team) async fn give_login(
    conn: &mut PgConnection,
    member: MemberId,
    user: UserId,
    role: MemberRole,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE members m SET user_id = $2, role = $3 WHERE m.id = $1 AND m.user_id IS NULL AND m.left_at IS NULL
         AND NOT EXISTS (SELECT FROM members o WHERE o.provider_id = m.provider_id AND o.user_id = $2)",
        member.0,
        user.0,
        role.name(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Name and skills.
pub(in crate::team) async fn describe(
    conn: &mut PgConnection,
    member: MemberId,
    name: &str,
    skills: &[String],
) -> Result<(), Error> {
    sqlx::query!("UPDATE members SET name = $2, skills = $3 WHERE id = $1", member.0, name, skills)
        .execute(conn)
        .await?;
    Ok(())
}

/// Makes these, of the services of the business that are not archived, what a member does. Says which have changed.
pub(in crate::team) async fn do_services(
    conn: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    services: &[Uuid],
) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        r#"WITH theirs AS (SELECT id FROM services WHERE provider_id = $1 AND status <> 'archived'),
         gone AS (
             DELETE FROM service_members WHERE member_id = $2 AND service_id IN (SELECT id FROM theirs)
                 AND service_id <> ALL ($3) RETURNING service_id),
         come AS (
             INSERT INTO service_members (service_id, member_id) SELECT id, $2 FROM theirs WHERE id = ANY ($3)
             ON CONFLICT DO NOTHING RETURNING service_id)
         SELECT service_id AS "service!" FROM gone UNION ALL SELECT service_id FROM come"#,
        provider.0,
        member.0,
        services,
    )
    .fetch_all(conn)
    .await?)
}

/// The database has the last word about the last owner: `false` when it keeps them.
fn unless_last_owner(done: Result<PgQueryResult, sqlx::Error>) -> Result<bool, Error> {
    match done {
        Ok(_) => Ok(true),
        Err(error) if constraint::violates(&error, "members_keep_an_owner") => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Another role; `false` for the last owner.
pub(in crate::team) async fn set_role(
    conn: &mut PgConnection,
    member: MemberId,
    role: MemberRole,
) -> Result<bool, Error> {
    let done = sqlx::query!("UPDATE members SET role = $2 WHERE id = $1", member.0, role.name()).execute(conn).await;
    unless_last_owner(done)
}

/// Off the market or back on it; `false` for the last owner.
pub(in crate::team) async fn set_active(
    conn: &mut PgConnection,
    member: MemberId,
    active: bool,
) -> Result<bool, Error> {
    let done = sqlx::query!("UPDATE members SET active = $2 WHERE id = $1", member.0, active).execute(conn).await;
    unless_last_owner(done)
}

/// Gone for good; `false` for the last owner. Invitations that wait for them end.
pub(in crate::team) async fn part(conn: &mut PgConnection, member: MemberId, now: Timestamp) -> Result<bool, Error> {
    let done = sqlx::query!(
        "WITH uninvited AS (
             UPDATE team_invitations SET revoked_at = $2
             WHERE member_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL)
         UPDATE members SET active = false, role = 'member', left_at = $2 WHERE id = $1",
        member.0,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await;
    unless_last_owner(done)
}

/// Name of the business a member belongs to.
pub(in crate::team) async fn business_of(conn: &mut PgConnection, member: MemberId) -> Result<String, Error> {
    let name = sqlx::query_scalar!(
        "SELECT p.name FROM members m JOIN providers p ON p.id = m.provider_id WHERE m.id = $1",
        member.0
    );
    Ok(name.fetch_one(conn).await?)
}
