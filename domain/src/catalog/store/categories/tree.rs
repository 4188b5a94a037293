//! The tree itself.

use crate::catalog::CategoryField;
use crate::catalog::categories::{Branch, CategoryPage, CategoryText};
use crate::catalog::store::count;
use crate::kernel::{CategoryId, Error};
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

/// Where a category stands.
pub(in crate::catalog) struct Standing {
    pub slug: String,
    pub parent: Option<CategoryId>,
    pub version: i32,
    /// Others grow on it.
    pub branches: bool,
}

/// The tree, each branch after what it grows on.
pub(in crate::catalog) async fn tree(db: impl PgExecutor<'_>) -> Result<Vec<Branch>, Error> {
    let rows = sqlx::query!(
        r#"SELECT c.id AS "id: CategoryId", c.parent_id AS "parent: CategoryId", c.slug, c.name, c.hidden, c.service_count,
               c.version, (SELECT count(*) FROM category_fields f WHERE f.category_id = c.id) AS "fields!"
           FROM categories c LEFT JOIN categories t ON t.id = c.parent_id
           WHERE c.merged_into IS NULL
           ORDER BY coalesce(t.position, c.position), coalesce(t.id, c.id), c.parent_id IS NOT NULL, c.position, c.id"#
    )
    .fetch_all(db)
    .await?;
    let branches = rows.into_iter().map(|row| Branch {
        id: row.id,
        parent: row.parent,
        slug: row.slug,
        name: row.name,
        hidden: row.hidden,
        services: count(row.service_count),
        fields: u32::try_from(row.fields).unwrap_or(0),
        version: row.version,
    });
    Ok(branches.collect())
}

/// The rest of a category.
pub(in crate::catalog) async fn one(
    db: impl PgExecutor<'_>,
    branch: Branch,
    tree: Vec<Branch>,
) -> Result<CategoryPage, Error> {
    let row = sqlx::query!(
        r#"SELECT c.blurb, c.keywords, c.tint, c.picture,
               ARRAY(SELECT key FROM (
                   (SELECT DISTINCT picture AS key, 1 AS place FROM categories WHERE picture IS NOT NULL)
                   UNION
                   (SELECT p.key, 2 FROM listings l JOIN service_pictures p ON p.service_id = l.service_id AND p.position = 0
                    WHERE l.category_id = c.id ORDER BY l.score DESC LIMIT 12)) known
                   ORDER BY key IS DISTINCT FROM c.picture, place DESC, key LIMIT 24) AS "pictures!",
               ARRAY(SELECT s.slug FROM category_slugs s WHERE s.category_id = c.id ORDER BY s.slug) AS "former!",
               (SELECT coalesce(json_agg(json_build_object('id', f.id, 'label', f.label, 'kind', f.kind, 'unit', f.unit,
                    'options', f.options, 'required', f.required, 'searchable', f.searchable,
                    'used', (SELECT count(*) FROM service_fields s WHERE s.field_id = f.id))
                    ORDER BY f.position, f.id), '[]')
                FROM category_fields f WHERE f.category_id = c.id) AS "fields!: Json<Vec<CategoryField>>"
           FROM categories c WHERE c.id = $1"#,
        branch.id.0
    )
    .fetch_one(db)
    .await?;
    Ok(CategoryPage {
        branch,
        blurb: row.blurb,
        keywords: row.keywords,
        tint: row.tint,
        picture: row.picture,
        pictures: row.pictures,
        former: row.former,
        fields: row.fields.0,
        tree,
    })
}

/// The present address of a former one.
pub(in crate::catalog) async fn moved(db: impl PgExecutor<'_>, slug: &str) -> Result<Option<String>, Error> {
    let found = sqlx::query_scalar!(
        "SELECT c.slug FROM category_slugs s JOIN categories c ON c.id = s.category_id WHERE s.slug = $1",
        slug
    );
    Ok(found.fetch_optional(db).await?)
}

/// One change of the tree at a time, and nothing is counted meanwhile: whoever lists a service waits a moment, and then
/// counts it where its category stands by then.
pub(in crate::catalog) async fn lock(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query!("LOCK TABLE categories IN SHARE ROW EXCLUSIVE MODE").execute(conn).await?;
    Ok(())
}

/// Where a category stands; none for one that has become part of another.
pub(in crate::catalog) async fn place(conn: &mut PgConnection, id: CategoryId) -> Result<Option<Standing>, Error> {
    let row = sqlx::query!(
        r#"SELECT slug, parent_id AS "parent: CategoryId", version,
               EXISTS (SELECT FROM categories b WHERE b.parent_id = c.id AND b.merged_into IS NULL) AS "branches!"
           FROM categories c WHERE id = $1 AND merged_into IS NULL"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Standing { slug: row.slug, parent: row.parent, version: row.version, branches: row.branches }))
}

/// Whether nobody else has or had an address.
pub(in crate::catalog) async fn is_free(conn: &mut PgConnection, id: CategoryId, slug: &str) -> Result<bool, Error> {
    let taken = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM categories WHERE slug = $2 AND id <> $1)
               OR EXISTS (SELECT FROM category_slugs WHERE slug = $2 AND category_id <> $1) AS "taken!""#,
        id.0,
        slug
    );
    Ok(!taken.fetch_one(conn).await?)
}

/// The former address leads to the category; the new one is no former one any more.
pub(in crate::catalog) async fn keep_slug(
    conn: &mut PgConnection,
    id: CategoryId,
    former: &str,
    new: &str,
) -> Result<(), Error> {
    sqlx::query!(
        "WITH back AS (DELETE FROM category_slugs WHERE slug = $3)
         INSERT INTO category_slugs (slug, category_id) VALUES ($2, $1) ON CONFLICT DO NOTHING",
        id.0,
        former,
        new
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A new category, the last of its siblings.
pub(in crate::catalog) async fn insert(
    conn: &mut PgConnection,
    id: CategoryId,
    slug: &str,
    text: &CategoryText,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO categories (id, parent_id, slug, name, blurb, keywords, tint, picture, hidden, position)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce(max(position) + 1, 0)
         FROM categories WHERE parent_id IS NOT DISTINCT FROM $2",
        id.0,
        text.parent.map(|parent| parent.0),
        slug,
        text.name,
        text.blurb,
        text.keywords,
        text.tint,
        text.picture,
        text.hidden,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Everything that is typed; a category that moves goes behind its new siblings.
pub(in crate::catalog) async fn update(
    conn: &mut PgConnection,
    id: CategoryId,
    slug: &str,
    text: &CategoryText,
) -> Result<(), Error> {
    // Names and keywords are words of its services: they are set only when they differ, because then all are found anew.
    sqlx::query!(
        "UPDATE categories SET name = $2, keywords = $3 WHERE id = $1 AND (name <> $2 OR keywords <> $3)",
        id.0,
        text.name,
        text.keywords,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "UPDATE categories c SET slug = $2, parent_id = $3, blurb = $4, tint = $5, picture = $6, hidden = $7,
             version = version + 1,
             position = CASE WHEN c.parent_id IS NOT DISTINCT FROM $3 THEN position
                 ELSE (SELECT coalesce(max(o.position) + 1, 0) FROM categories o WHERE o.parent_id IS NOT DISTINCT FROM $3) END
         WHERE id = $1",
        id.0,
        slug,
        text.parent.map(|parent| parent.0),
        text.blurb,
        text.tint,
        text.picture,
        text.hidden,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The services of a category that has moved grow on another branch.
pub(in crate::catalog) async fn lift(
    conn: &mut PgConnection,
    id: CategoryId,
    parent: Option<CategoryId>,
) -> Result<(), Error> {
    let top = parent.unwrap_or(id);
    sqlx::query!(
        "UPDATE services SET top_category_id = $2 WHERE category_id = $1 AND top_category_id <> $2",
        id.0,
        top.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts everything anew.
pub(in crate::catalog) async fn recount(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query!("SELECT recount_categories()").execute(conn).await?;
    Ok(())
}

/// A category and its siblings, in order.
pub(in crate::catalog) async fn siblings(conn: &mut PgConnection, id: CategoryId) -> Result<Vec<CategoryId>, Error> {
    let ids = sqlx::query_scalar!(
        r#"SELECT o.id AS "id: CategoryId" FROM categories c
           JOIN categories o ON o.parent_id IS NOT DISTINCT FROM c.parent_id AND o.merged_into IS NULL
           WHERE c.id = $1 AND c.merged_into IS NULL ORDER BY o.position, o.id"#,
        id.0
    );
    Ok(ids.fetch_all(conn).await?)
}

/// Puts siblings into an order.
pub(in crate::catalog) async fn arrange(conn: &mut PgConnection, order: &[CategoryId]) -> Result<(), Error> {
    let ids: Vec<_> = order.iter().map(|id| id.0).collect();
    sqlx::query!(
        "UPDATE categories c SET position = o.place::int FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, place)
         WHERE c.id = o.id AND c.position <> o.place",
        &ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A form that was made before is too old now.
pub(in crate::catalog) async fn touch(conn: &mut PgConnection, id: CategoryId) -> Result<(), Error> {
    sqlx::query!("UPDATE categories SET version = version + 1 WHERE id = $1", id.0).execute(conn).await?;
    Ok(())
}

/// A category becomes part of another one: branches, fields and addresses go there. Its own address is a former one of
/// the other's.
pub(in crate::catalog) async fn fold(conn: &mut PgConnection, id: CategoryId, into: CategoryId) -> Result<(), Error> {
    sqlx::query!(
        "WITH branches AS (
             UPDATE categories SET parent_id = $2, version = version + 1
             WHERE parent_id = $1 AND id <> $2 AND merged_into IS NULL),
         fields AS (
             UPDATE category_fields f SET category_id = $2, position = f.position
                 + (SELECT coalesce(max(o.position) + 1, 0) FROM category_fields o WHERE o.category_id = $2)
             WHERE f.category_id = $1),
         slugs AS (UPDATE category_slugs SET category_id = $2 WHERE category_id = $1),
         earlier AS (UPDATE categories SET merged_into = $2 WHERE merged_into = $1),
         own AS (INSERT INTO category_slugs (slug, category_id) SELECT slug, $2 FROM categories WHERE id = $1)
         UPDATE categories SET slug = id::text, hidden = true, merged_into = $2, version = version + 1 WHERE id = $1",
        id.0,
        into.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Services of one category, and of the branches that grew on it, go where the other stands.
pub(in crate::catalog) async fn move_services(
    conn: &mut PgConnection,
    id: CategoryId,
    into: CategoryId,
    top: CategoryId,
) -> Result<u64, Error> {
    sqlx::query!(
        "UPDATE services SET top_category_id = $2 WHERE top_category_id = $1 AND category_id <> $1",
        id.0,
        top.0
    )
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query!(
        "UPDATE services SET category_id = $2, top_category_id = $3 WHERE category_id = $1",
        id.0,
        into.0,
        top.0
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
