//! Statements about an application as the applicant changes it.

use crate::catalog::ProviderKind;
use crate::kernel::geocoder::Located;
use crate::kernel::{ApplicationId, CategoryId, Error, ProviderId, UserId, Zone};
use crate::onboarding::answers::Answers;
use crate::onboarding::{Application, Document, State, Told};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::{Json, Uuid};
use sqlx::{PgConnection, PgExecutor};

/// An application as the statements below describe it.
pub(super) struct Row {
    pub id: ApplicationId,
    pub reference: String,
    pub user_id: UserId,
    pub applicant: String,
    pub email: String,
    pub email_verified: bool,
    pub member_since: jiff_sqlx::Timestamp,
    pub state: State,
    pub version: i32,
    pub round: i16,
    pub name: String,
    pub kind: ProviderKind,
    pub headline: String,
    pub about: String,
    pub city: String,
    pub country: String,
    pub postal_code: String,
    pub zone: String,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
    pub radius_km: i32,
    pub postal_codes: Vec<String>,
    pub categories: Json<Vec<(CategoryId, String)>>,
    pub skills: Vec<String>,
    pub payout_country: String,
    pub documents: Json<Vec<Document>>,
    pub submitted_at: Option<jiff_sqlx::Timestamp>,
    pub decided_at: Option<jiff_sqlx::Timestamp>,
    pub note: String,
    pub provider: Option<String>,
}

impl From<Row> for Application {
    fn from(row: Row) -> Self {
        let told = Told {
            kind: (!row.name.is_empty()).then_some(row.kind),
            name: row.name,
            headline: row.headline,
            about: row.about,
            city: row.city,
            country: row.country,
            postal_code: row.postal_code,
            zone: row.zone,
            position: row.lat.zip(row.lng),
            radius_km: row.radius_km,
            postal_codes: row.postal_codes,
            categories: row.categories.0,
            skills: row.skills,
            payout_country: row.payout_country,
        };
        Self {
            id: row.id,
            reference: row.reference,
            user: row.user_id,
            applicant: row.applicant,
            email: row.email,
            email_verified: row.email_verified,
            member_since: row.member_since.to_jiff(),
            state: row.state,
            version: row.version,
            round: row.round,
            told,
            documents: row.documents.0,
            submitted_at: row.submitted_at.map(jiff_sqlx::Timestamp::to_jiff),
            decided_at: row.decided_at.map(jiff_sqlx::Timestamp::to_jiff),
            note: row.note,
            provider: row.provider,
        }
    }
}

/// `$which` decides which index is read, and for what rows are locked.
macro_rules! application {
    ($which:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT a.id AS "id: _", a.reference, a.user_id AS "user_id: _",
                   trim(u.first_name || ' ' || u.last_name) AS "applicant!", u.email,
                   u.email_verified_at IS NOT NULL AS "email_verified!", u.created_at AS "member_since: _",
                   a.state AS "state: _", a.version, a.round, a.name, a.kind AS "kind: _", a.headline, a.about, a.city,
                   a.country, a.postal_code, a.zone, a.lat, a.lng, a.radius_km, a.postal_codes,
                   (SELECT coalesce(json_agg(json_build_array(c.id, c.name) ORDER BY c.name), '[]')
                    FROM categories c WHERE c.id = ANY(a.category_ids)) AS "categories!: _",
                   a.skills, a.payout_country,
                   (SELECT coalesce(json_agg(json_build_object('id', d.id, 'kind', d.kind, 'number', d.number,
                               'expires_on', d.expires_on, 'state', d.state, 'note', d.note, 'sent_at', d.created_at)
                               ORDER BY d.id), '[]')
                    FROM application_documents d WHERE d.application_id = a.id) AS "documents!: _",
                   a.submitted_at AS "submitted_at: _", a.decided_at AS "decided_at: _", a.note,
                   (SELECT p.slug FROM providers p WHERE p.id = a.provider_id) AS provider
               FROM applications a JOIN users u ON u.id = a.user_id WHERE "#
                + $which,
            $($argument),+
        )
    };
}

/// The newest of a person that has become no business.
pub(in crate::onboarding) async fn of_user(
    db: impl PgExecutor<'_>,
    user: UserId,
) -> Result<Option<Application>, Error> {
    let row = application!("a.user_id = $1 AND a.state <> 'approved' ORDER BY a.id DESC LIMIT 1", user.0);
    Ok(row.fetch_optional(db).await?.map(Application::from))
}

/// The one of a business.
pub(in crate::onboarding) async fn of_provider(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
) -> Result<Option<Application>, Error> {
    let row = application!("a.provider_id = $1", provider.0);
    Ok(row.fetch_optional(db).await?.map(Application::from))
}

/// The one of a reference; drafts are the applicant's alone.
pub(in crate::onboarding) async fn of_reference(
    db: impl PgExecutor<'_>,
    reference: &str,
) -> Result<Application, Error> {
    let row = application!("a.reference = $1 AND a.submitted_at IS NOT NULL AND a.state <> 'draft'", reference);
    Ok(row.fetch_one(db).await?.into())
}

/// The one of a reference, for whoever decides it now; nobody changes it meanwhile.
pub(in crate::onboarding) async fn to_decide(db: impl PgExecutor<'_>, reference: &str) -> Result<Application, Error> {
    let row = application!(
        "a.reference = $1 AND a.submitted_at IS NOT NULL AND a.state <> 'draft' FOR UPDATE OF a",
        reference
    );
    Ok(row.fetch_one(db).await?.into())
}

/// A new one, unless the person has one that is open.
pub(in crate::onboarding) async fn begin(
    conn: &mut PgConnection,
    id: ApplicationId,
    reference: &str,
    user: UserId,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO applications (id, reference, user_id, state, created_at, changed_at) VALUES ($1, $2, $3, 'draft', $4, $4)
         ON CONFLICT (user_id) WHERE state IN ('draft', 'submitted', 'asked') DO NOTHING",
        id.0,
        reference,
        user.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Keeps what a step tells, unless it was changed meanwhile or cannot be changed.
pub(in crate::onboarding) async fn tell(
    conn: &mut PgConnection,
    id: ApplicationId,
    version: i32,
    answers: &Answers,
    now: Timestamp,
) -> Result<bool, Error> {
    let now = now.to_sqlx();
    let done = match answers {
        Answers::Business { name, kind, headline, about } => {
            sqlx::query!(
                "UPDATE applications SET name = $3, kind = $4, headline = $5, about = $6, version = version + 1, changed_at = $7
                 WHERE id = $1 AND version = $2 AND state IN ('draft', 'asked')",
                id.0,
                version,
                name,
                kind.name(),
                headline,
                about,
                now as _
            )
            .execute(conn)
            .await?
        }
        Answers::Work { categories, skills } => {
            let categories: Vec<Uuid> = categories.iter().map(|id| id.0).collect();
            sqlx::query!(
                "UPDATE applications SET category_ids = ARRAY(SELECT c.id FROM categories c LEFT JOIN categories t ON t.id = c.parent_id
                         WHERE c.id = ANY($3) AND (c.id = ANY(category_ids)
                             OR NOT c.hidden AND NOT coalesce(t.hidden, false))), skills = $4,
                     version = version + 1, changed_at = $5
                 WHERE id = $1 AND version = $2 AND state IN ('draft', 'asked')",
                id.0,
                version,
                &categories,
                &skills[..],
                now as _
            )
            .execute(conn)
            .await?
        }
        Answers::Payout { country } => {
            sqlx::query!(
                "UPDATE applications SET payout_country = $3, version = version + 1, changed_at = $4
                 WHERE id = $1 AND version = $2 AND state IN ('draft', 'asked')",
                id.0,
                version,
                country,
                now as _
            )
            .execute(conn)
            .await?
        }
        Answers::Place { .. } => return Err(Error::internal("a place is told with where it is")),
    };
    Ok(done.rows_affected() > 0)
}

/// Keeps where it is, unless it was changed meanwhile or cannot be changed.
pub(in crate::onboarding) async fn tell_place(
    conn: &mut PgConnection,
    id: ApplicationId,
    version: i32,
    answers: &Answers,
    place: &Located,
    zone: &Zone,
    now: Timestamp,
) -> Result<bool, Error> {
    let Answers::Place { city, country, postal_code, radius_km, postal_codes, .. } = answers else {
        return Err(Error::internal("these answers tell no place"));
    };
    let done = sqlx::query!(
        "UPDATE applications SET city = $3, country = $4, postal_code = $5, zone = $6, lat = $7, lng = $8, radius_km = $9,
             postal_codes = $10, version = version + 1, changed_at = $11
         WHERE id = $1 AND version = $2 AND state IN ('draft', 'asked')",
        id.0,
        version,
        city,
        country,
        postal_code,
        zone.name(),
        place.lat,
        place.lng,
        radius_km,
        &postal_codes[..],
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// From one state to another, unless it was changed meanwhile. Sending counts rounds and begins the wait.
pub(in crate::onboarding) async fn turn(
    conn: &mut PgConnection,
    id: ApplicationId,
    version: i32,
    (from, to): (State, State),
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE applications SET state = $4, version = version + 1, changed_at = $5,
             round = round + CASE WHEN $4 = 'submitted' THEN 1 ELSE 0 END,
             submitted_at = CASE WHEN $4 = 'submitted' THEN $5 ELSE submitted_at END
         WHERE id = $1 AND version = $2 AND state = $3",
        id.0,
        version,
        from.name(),
        to.name(),
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
