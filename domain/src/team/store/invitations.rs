//! Statements about invitations to a team.

use crate::kernel::{Error, MemberId, ProviderId, UserId};
use crate::team::{Invited, MemberRole, Offer};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Uuid;
use sqlx::{PgConnection, PgExecutor};

/// An invitation to be kept.
pub(in crate::team) struct Kept {
    pub id: Uuid,
    pub provider: ProviderId,
    pub member: Option<MemberId>,
    pub email: String,
    pub name: String,
    pub role: MemberRole,
    pub by: UserId,
}

/// An invitation that was used.
pub(in crate::team) struct Taken {
    pub provider: ProviderId,
    pub member: Option<MemberId>,
    pub name: String,
    pub role: MemberRole,
    pub by: UserId,
}

fn role(name: &str) -> Result<MemberRole, Error> {
    MemberRole::parse(name).ok_or_else(|| Error::internal(format!("stored role {name}")))
}

/// Keeps an invitation in place of those that wait for the same address or the same member. `true`, and nothing is
/// kept, when whoever has the address works there already.
pub(in crate::team) async fn put(
    conn: &mut PgConnection,
    new: &Kept,
    hash: &[u8],
    (now, expires): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    sqlx::query!(
        "UPDATE team_invitations SET revoked_at = $4
         WHERE provider_id = $1 AND (email = $2 OR member_id = $3) AND accepted_at IS NULL AND revoked_at IS NULL",
        new.provider.0,
        new.email,
        new.member.map(|member| member.0),
        now.to_sqlx() as _,
    )
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query!(
        "INSERT INTO team_invitations (id, provider_id, member_id, email, name, role, hash, by_id, sent_at, expires_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
         WHERE NOT EXISTS (SELECT FROM members m JOIN users u ON u.id = m.user_id
                           WHERE m.provider_id = $2 AND u.email = $4 AND m.left_at IS NULL)",
        new.id,
        new.provider.0,
        new.member.map(|member| member.0),
        new.email,
        new.name,
        new.role.name(),
        hash,
        new.by.0,
        now.to_sqlx() as _,
        expires.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 0)
}

/// A new link for an invitation that waits, its time over or not: where it goes, and as what.
pub(in crate::team) async fn renew(
    conn: &mut PgConnection,
    provider: ProviderId,
    id: Uuid,
    (hash, by): (&[u8], UserId),
    (now, expires): (Timestamp, Timestamp),
) -> Result<Option<(String, MemberRole)>, Error> {
    let row = sqlx::query!(
        "UPDATE team_invitations SET hash = $3, sent_at = $4, expires_at = $5, by_id = $6
         WHERE id = $2 AND provider_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING email, role",
        provider.0,
        id,
        hash,
        now.to_sqlx() as _,
        expires.to_sqlx() as _,
        by.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| Ok((row.email, role(&row.role)?))).transpose()
}

/// Takes an invitation back, if it waits.
pub(in crate::team) async fn revoke(
    conn: &mut PgConnection,
    provider: ProviderId,
    id: Uuid,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE team_invitations SET revoked_at = $3
         WHERE id = $2 AND provider_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL",
        provider.0,
        id,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Invitations without an answer, also those whose time is over, so that they can be sent again.
pub(in crate::team) async fn waiting(db: impl PgExecutor<'_>, provider: ProviderId) -> Result<Vec<Invited>, Error> {
    let rows = sqlx::query!(
        r#"SELECT i.id, i.email, i.name, i.role, u.first_name || ' ' || u.last_name AS "by!",
               i.expires_at AS "expires_at: jiff_sqlx::Timestamp"
           FROM team_invitations i JOIN users u ON u.id = i.by_id
           WHERE i.provider_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL ORDER BY i.id DESC LIMIT 200"#,
        provider.0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Invited {
                id: row.id,
                email: row.email,
                name: row.name,
                role: role(&row.role)?,
                by: row.by,
                expires: row.expires_at.to_jiff(),
            })
        })
        .collect()
}

/// What an invitation that works offers. Its word is that of whoever sent it last: once they could not invite as that any
/// more, it is worth nothing, or somebody who was taken off a team would have kept a way back.
pub(in crate::team) async fn offered(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Offer>, Error> {
    let row = sqlx::query!(
        r#"SELECT p.name AS business, i.role, i.email, u.first_name || ' ' || u.last_name AS "by!"
           FROM team_invitations i JOIN providers p ON p.id = i.provider_id JOIN users u ON u.id = i.by_id
           WHERE i.hash = $1 AND i.expires_at > $2 AND i.accepted_at IS NULL AND i.revoked_at IS NULL
             AND EXISTS (SELECT FROM members m WHERE m.provider_id = i.provider_id AND m.user_id = i.by_id AND m.active
                         AND (m.role = 'owner' OR m.role = 'manager' AND i.role <> 'owner'))"#,
        hash,
        now.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok(Offer { business: row.business, role: role(&row.role)?, email: row.email, by: row.by }))
        .transpose()
}

/// Uses an invitation up: of many at once, one does. It holds for these what holds for [`offered`].
pub(in crate::team) async fn accept(
    conn: &mut PgConnection,
    hash: &[u8],
    user: UserId,
    email: &str,
    now: Timestamp,
) -> Result<Option<Taken>, Error> {
    let row = sqlx::query!(
        r#"UPDATE team_invitations i SET accepted_at = $4, accepted_by = $2
           WHERE hash = $1 AND email = $3 AND expires_at > $4 AND accepted_at IS NULL AND revoked_at IS NULL
             AND EXISTS (SELECT FROM members m WHERE m.provider_id = i.provider_id AND m.user_id = i.by_id AND m.active
                         AND (m.role = 'owner' OR m.role = 'manager' AND i.role <> 'owner'))
           RETURNING provider_id AS "provider: ProviderId", member_id AS "member: MemberId", name, role, by_id AS "by: UserId""#,
        hash,
        user.0,
        email,
        now.to_sqlx() as _,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Taken { provider: row.provider, member: row.member, name: row.name, role: role(&row.role)?, by: row.by })
    })
    .transpose()
}

/// Name of the business, and as what somebody is invited.
pub(in crate::team) async fn about(conn: &mut PgConnection, id: Uuid) -> Result<(String, MemberRole), Error> {
    let row = sqlx::query!(
        "SELECT p.name, i.role FROM team_invitations i JOIN providers p ON p.id = i.provider_id WHERE i.id = $1",
        id
    )
    .fetch_one(conn)
    .await?;
    Ok((row.name, role(&row.role)?))
}
