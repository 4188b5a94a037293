//! Statements about copies of a person's data, and about forgetting a person.

use crate::accounts::privacy::Export;
use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::types::Uuid;
use sqlx::{PgConnection, PgExecutor};

/// A file of a copy.
#[derive(Clone, Copy)]
pub(in crate::accounts) enum Part {
    Account,
    Bookings,
    Reviews,
    Listings,
    Applications,
    Logins,
    Mails,
    History,
}

impl Part {
    pub const ALL: [Self; 8] = [
        Self::Account,
        Self::Bookings,
        Self::Reviews,
        Self::Listings,
        Self::Applications,
        Self::Logins,
        Self::Mails,
        Self::History,
    ];

    pub const fn file(self) -> &'static str {
        match self {
            Self::Account => "account.json",
            Self::Bookings => "bookings.json",
            Self::Reviews => "reviews.json",
            Self::Listings => "listings.json",
            Self::Applications => "applications.json",
            Self::Logins => "logins.json",
            Self::Mails => "mails.json",
            Self::History => "history.json",
        }
    }
}

/// A file's content. Secrets and hashes are not the person's data and stay out.
pub(in crate::accounts) async fn part(db: impl PgExecutor<'_>, user: UserId, part: Part) -> Result<Value, Error> {
    let user = user.0;
    Ok(match part {
        Part::Account => {
            sqlx::query_scalar!(
                r#"SELECT json_build_object('email', email, 'email_verified_at', email_verified_at, 'phone', phone,
                       'phone_verified_at', phone_verified_at, 'first_name', first_name, 'last_name', last_name, 'picture', picture,
                       'zone', zone, 'locale', locale, 'created_at', created_at, 'password_changed_at', password_changed_at,
                       'roles', (SELECT coalesce(json_agg(json_build_object('role', role, 'since', granted_at)), '[]')
                                 FROM user_roles WHERE user_id = u.id),
                       'businesses', (SELECT coalesce(json_agg(json_build_object('name', p.name, 'slug', p.slug, 'as', m.name,
                                          'role', m.role, 'skills', m.skills, 'it_says', CASE m.role WHEN 'owner' THEN
                                          json_build_object('headline', p.headline, 'about', p.about, 'skills', p.skills,
                                              'radius_km', p.radius_km, 'postal_codes', p.postal_codes, 'city', p.city,
                                              'postal_code', p.postal_code, 'payout_country', p.payout_country) END)), '[]')
                                      FROM members m JOIN providers p ON p.id = m.provider_id WHERE m.user_id = u.id),
                       'changes_asked_for', (SELECT coalesce(json_agg(json_build_object('of', c.name_before, 'name', c.name,
                                                 'payout_country', c.payout_country, 'state', c.state,
                                                 'asked_at', c.submitted_at, 'decided_at', c.decided_at, 'answer', c.note)
                                                 ORDER BY c.submitted_at), '[]')
                                             FROM business_changes c WHERE c.asked_by = u.id),
                       'team_invitations', (SELECT coalesce(json_agg(json_build_object('from', p.name, 'as', i.name,
                                                'role', i.role, 'sent_at', i.sent_at) ORDER BY i.id), '[]')
                                            FROM team_invitations i JOIN providers p ON p.id = i.provider_id
                                            WHERE i.email = u.email),
                       'passkeys', (SELECT coalesce(json_agg(json_build_object('name', name, 'added', created_at, 'last_used', used_at)
                                        ORDER BY id), '[]') FROM passkeys WHERE user_id = u.id),
                       'suspensions', (SELECT coalesce(json_agg(json_build_object('at', at, 'reason', reason, 'evidence', evidence,
                                           'appeal', appeal, 'lifted_at', lifted_at, 'answer', answer)), '[]')
                                       FROM suspensions WHERE user_id = u.id),
                       'api_keys', (SELECT coalesce(json_agg(json_build_object('name', k.name, 'begins', k.prefix,
                                        'scopes', k.scopes, 'made_at', k.created_at, 'last_used_at', s.last_used_at,
                                        'expires_at', k.expires_at, 'revoked_at', k.revoked_at) ORDER BY k.id), '[]')
                                    FROM api_keys k LEFT JOIN api_key_uses s ON s.key_id = k.id
                                    WHERE k.user_id = u.id),
                       'calendar_feeds', (SELECT coalesce(json_agg(json_build_object('of', kind, 'made_at', created_at)), '[]')
                                          FROM calendar_feeds WHERE user_id = u.id),
                       'calendars_read', (SELECT coalesce(json_agg(json_build_object('name', c.name, 'kept_at', c.host,
                                              'since', c.created_at) ORDER BY c.id), '[]')
                                          FROM calendar_sources c JOIN members m ON m.id = c.member_id
                                          WHERE m.user_id = u.id),
                       'blocked', (SELECT coalesce(json_agg(json_build_object('at', k.at, 'as', k.side, 'reason', k.reason,
                                       'provider', p.name)), '[]')
                                   FROM blocks k JOIN providers p ON p.id = k.provider_id
                                   WHERE k.by_id = u.id OR k.customer_id = u.id AND k.side = 'customer'),
                       'favourites', (SELECT coalesce(json_agg(json_build_object('at', f.at, 'service', s.title, 'slug', s.slug)
                                          ORDER BY f.at), '[]')
                                      FROM favorites f JOIN services s ON s.id = f.service_id WHERE f.user_id = u.id),
                       'saved_searches', (SELECT coalesce(json_agg(json_build_object('name', f.name, 'asks_for', f.asked::json,
                                              'letters', f.alert, 'since', f.created_at) ORDER BY f.id), '[]')
                                          FROM saved_searches f WHERE f.user_id = u.id)) AS "json!"
                   FROM users u WHERE id = $1"#,
                user
            )
            .fetch_one(db)
            .await?
        }
        Part::Bookings => {
            sqlx::query_scalar!(
                r#"SELECT coalesce(json_agg(json_build_object('reference', b.reference, 'title', b.title, 'provider', p.name,
                       'state', b.state, 'starts_at', b.starts_at, 'ends_at', b.ends_at, 'due_at', b.due_at, 'zone', b.zone,
                       'lines', b.lines, 'total_minor', b.total_minor, 'currency', b.currency, 'street', b.street,
                       'postal_code', b.postal_code, 'city', b.city, 'region', b.region, 'country', b.country, 'postal_code_known', b.code_known, 'note', b.note, 'travel_min', b.travel_min, 'questions', b.questions, 'answers', b.answers, 'satisfaction', b.satisfaction,
                       'created_at', b.created_at,
                       'history', (SELECT json_agg(json_build_object('at', e.at, 'event', e.event, 'to', e.to_state,
                                       'by', e.capacity, 'note', e.note, 'moved_from', e.starts_before,
                                       'moved_to', e.starts_after,
                                       'given_from', (SELECT name FROM members WHERE id = e.member_before),
                                       'given_to', (SELECT name FROM members WHERE id = e.member_after)) ORDER BY e.seq)
                                   FROM booking_events e WHERE e.booking_id = b.id)) ORDER BY b.sort_at, b.id), '[]') AS "json!"
                   FROM bookings b JOIN providers p ON p.id = b.provider_id WHERE b.customer_id = $1"#,
                user
            )
            .fetch_one(db)
            .await?
        }
        Part::Reviews => {
            sqlx::query_scalar!(
                r#"SELECT coalesce(json_agg(json_build_object('booking', b.reference, 'rating', r.rating, 'quality', r.quality,
                       'punctuality', r.punctuality, 'professionalism', r.professionalism, 'value', r.value, 'title', r.title,
                       'body', r.body, 'created_at', r.created_at) ORDER BY r.id), '[]') AS "json!"
                   FROM reviews r JOIN bookings b ON b.id = r.booking_id WHERE r.customer_id = $1"#,
                user
            )
            .fetch_one(db)
            .await?
        }
        Part::Listings => {
            sqlx::query_scalar!(
                r#"SELECT coalesce(json_agg(json_build_object('service', s.slug, 'number', r.number, 'state', r.state,
                       'written_at', r.updated_at, 'text', r.content - 'pictures', 'sent_back_because', r.note)
                       ORDER BY r.created_at, r.service_id, r.number), '[]') AS "json!"
                   FROM service_revisions r JOIN services s ON s.id = r.service_id WHERE r.author_id = $1"#,
                user
            )
            .fetch_one(db)
            .await?
        }
        Part::Applications => {
            sqlx::query_scalar!(
                r#"SELECT coalesce(json_agg(json_build_object('reference', a.reference, 'state', a.state, 'times_sent', a.round,
                       'name', a.name, 'kind', a.kind, 'headline', a.headline, 'about', a.about, 'city', a.city,
                       'country', a.country, 'postal_code', a.postal_code, 'zone', a.zone, 'lat', a.lat, 'lng', a.lng,
                       'radius_km', a.radius_km, 'postal_codes', a.postal_codes, 'skills', a.skills,
                       'work', (SELECT coalesce(json_agg(c.name), '[]') FROM categories c WHERE c.id = ANY(a.category_ids)),
                       'payout_country', a.payout_country, 'created_at', a.created_at, 'sent_at', a.submitted_at,
                       'decided_at', a.decided_at, 'note', a.note,
                       'documents', (SELECT coalesce(json_agg(json_build_object('kind', d.kind, 'number', d.number,
                                         'expires_on', d.expires_on, 'state', d.state, 'note', d.note,
                                         'shown_at', d.created_at, 'picture', 'documents/' || d.id || '.jpg') ORDER BY d.id), '[]')
                                     FROM application_documents d WHERE d.application_id = a.id)) ORDER BY a.id), '[]') AS "json!"
                   FROM applications a WHERE a.user_id = $1"#,
                user
            )
            .fetch_one(db)
            .await?
        }
        Part::Logins => {
            sqlx::query_scalar!(
                r#"SELECT json_build_object(
                       'sessions', (SELECT coalesce(json_agg(json_build_object('since', created, 'last_seen', last_seen,
                                        'address', host(address), 'browser', agent)), '[]') FROM sessions WHERE user_id = $1),
                       'attempts', (SELECT coalesce(json_agg(json_build_object('at', at, 'outcome', outcome,
                                        'address', host(address), 'browser', agent) ORDER BY id), '[]')
                                    FROM sign_ins WHERE user_id = $1),
                       'operators_who_acted_for_you',
                                   (SELECT coalesce(json_agg(json_build_object('from', started_at,
                                        'until', least(ended_at, expires_at), 'reason', reason) ORDER BY id), '[]')
                                    FROM acts_on_behalf WHERE user_id = $1)) AS "json!""#,
                user
            )
            .fetch_one(db)
            .await?
        }
        Part::Mails => {
            sqlx::query_scalar!(
                r#"SELECT coalesce(json_agg(json_build_object('at', created_at, 'to', recipient, 'about', kind, 'subject', subject)
                       ORDER BY id), '[]') AS "json!" FROM outbound_messages WHERE user_id = $1"#,
                user
            )
            .fetch_one(db)
            .await?
        }
        Part::History => {
            sqlx::query_scalar!(
                r#"SELECT coalesce(json_agg(json_build_object('number', e.seq, 'at', e.at, 'action', e.action,
                       'object', e.object_kind, 'detail', e.detail, 'personal', p.content) ORDER BY e.seq), '[]') AS "json!"
                   FROM audit_entries e LEFT JOIN audit_personal p ON p.seq = e.seq WHERE e.actor_id = $1"#,
                user
            )
            .fetch_one(db)
            .await?
        }
    })
}

/// The documents somebody has shown: file names and pictures, the largest of each.
pub(in crate::accounts) async fn documents(
    db: impl PgExecutor<'_>,
    user: UserId,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT ON (d.id) 'documents/' || d.id || '.jpg' AS "name!", f.content
           FROM applications a JOIN application_documents d ON d.application_id = a.id
           JOIN application_document_files f ON f.document_id = d.id
           WHERE a.user_id = $1 ORDER BY d.id, f.width DESC"#,
        user.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.content)).collect())
}

/// Keeps that a copy is wanted, if none is being made.
pub(in crate::accounts) async fn ask(
    conn: &mut PgConnection,
    id: Uuid,
    user: UserId,
    (now, expires): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO data_exports (id, user_id, asked_at, expires_at)
         SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT FROM data_exports WHERE user_id = $2 AND done_at IS NULL AND expires_at > $3)",
        id,
        user.0,
        now.to_sqlx() as _,
        expires.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A person's copies.
pub(in crate::accounts) async fn exports(
    db: impl PgExecutor<'_>,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<Export>, Error> {
    let rows = sqlx::query!(
        r#"SELECT id, asked_at AS "asked_at: jiff_sqlx::Timestamp", progress, done_at IS NOT NULL AS "done!",
               expires_at AS "expires_at: jiff_sqlx::Timestamp"
           FROM data_exports WHERE user_id = $1 AND expires_at > $2 ORDER BY id DESC LIMIT 20"#,
        user.0,
        now.to_sqlx() as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Export {
            id: row.id,
            asked_at: row.asked_at.to_jiff(),
            progress: u8::try_from(row.progress).unwrap_or(0),
            done: row.done,
            expires_at: row.expires_at.to_jiff(),
        })
        .collect())
}

/// A made copy's content.
pub(in crate::accounts) async fn content(
    db: impl PgExecutor<'_>,
    user: UserId,
    export: Uuid,
    now: Timestamp,
) -> Result<Vec<u8>, Error> {
    let content = sqlx::query_scalar!(
        r#"SELECT content AS "content!" FROM data_exports
           WHERE id = $1 AND user_id = $2 AND done_at IS NOT NULL AND expires_at > $3"#,
        export,
        user.0,
        now.to_sqlx() as _
    );
    Ok(content.fetch_one(db).await?)
}

/// Whose copy is to be made; `None` when it is made or gone.
pub(in crate::accounts) async fn whose(db: impl PgExecutor<'_>, export: Uuid) -> Result<Option<UserId>, Error> {
    let user = sqlx::query_scalar!("SELECT user_id FROM data_exports WHERE id = $1 AND done_at IS NULL", export);
    Ok(user.fetch_optional(db).await?.map(UserId))
}

/// How much of a copy is made.
pub(in crate::accounts) async fn progress(db: impl PgExecutor<'_>, export: Uuid, percent: i16) -> Result<(), Error> {
    sqlx::query!("UPDATE data_exports SET progress = $2 WHERE id = $1", export, percent).execute(db).await?;
    Ok(())
}

/// The copy is made; an earlier one goes, so that a person's are never more than one.
pub(in crate::accounts) async fn finish(
    db: impl PgExecutor<'_>,
    export: Uuid,
    content: &[u8],
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "WITH former AS (
            DELETE FROM data_exports f USING data_exports this
            WHERE this.id = $1 AND f.user_id = this.user_id AND f.id <> this.id AND f.done_at IS NOT NULL)
         UPDATE data_exports SET progress = 100, done_at = $3, content = $2 WHERE id = $1 AND done_at IS NULL",
        export,
        content,
        now.to_sqlx() as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes copies that are too old.
pub(in crate::accounts) async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM data_exports WHERE expires_at <= $1", now.to_sqlx() as _).execute(db).await?;
    Ok(done.rows_affected())
}

/// How many bookings of a person are not over.
pub(in crate::accounts) async fn open_bookings(db: impl PgExecutor<'_>, user: UserId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT open_bookings_of($1) AS "open!""#, user.0).fetch_one(db).await?)
}

/// Takes everything that says who a person is out of all tables.
pub(in crate::accounts) async fn forget(conn: &mut PgConnection, user: UserId, now: Timestamp) -> Result<(), Error> {
    sqlx::query!("SELECT forget_person($1, $2)", user.0, now.to_sqlx() as _).execute(conn).await?;
    Ok(())
}
