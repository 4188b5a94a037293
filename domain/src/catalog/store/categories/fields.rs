//! Fields of categories, and what services say in them.

use crate::catalog::categories::FieldText;
use crate::catalog::{CategoryField, FieldKind, Shelf, Shelves};
use crate::kernel::{CategoryId, Error};
use sqlx::types::{Json, Uuid};
use sqlx::{PgConnection, PgExecutor};

/// All categories in the order of the tree, also hidden and merged ones, with their own fields.
pub(in crate::catalog) async fn shelves(db: impl PgExecutor<'_>) -> Result<Shelves, Error> {
    let rows = sqlx::query!(
        r#"SELECT c.id AS "id: CategoryId", c.parent_id AS "parent: CategoryId", c.name,
               c.hidden OR coalesce(t.hidden, false) AS "hidden!", c.merged_into AS "merged_into: CategoryId",
               (SELECT coalesce(json_agg(json_build_object('id', f.id, 'label', f.label, 'kind', f.kind, 'unit', f.unit,
                    'options', f.options, 'required', f.required, 'searchable', f.searchable, 'used', 0) ORDER BY f.position, f.id), '[]')
                FROM category_fields f WHERE f.category_id = c.id) AS "fields!: Json<Vec<CategoryField>>"
           FROM categories c LEFT JOIN categories t ON t.id = c.parent_id
           ORDER BY coalesce(t.position, c.position), coalesce(t.id, c.id), c.parent_id IS NOT NULL, c.position, c.id"#
    )
    .fetch_all(db)
    .await?;
    let shelves = rows.into_iter().map(|row| Shelf {
        id: row.id,
        parent: row.parent,
        name: row.name,
        hidden: row.hidden,
        merged_into: row.merged_into,
        fields: row.fields.0,
    });
    Ok(Shelves::new(shelves.collect()))
}

/// A new field, the last one; `false` when there are `most` already.
pub(in crate::catalog) async fn insert(
    conn: &mut PgConnection,
    category: CategoryId,
    id: Uuid,
    text: &FieldText,
    most: i64,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO category_fields (id, category_id, label, kind, unit, options, required, searchable, position)
         SELECT $1, $2, $3, $4, $5, $6, $7, $9, coalesce(max(position) + 1, 0) FROM category_fields
         WHERE category_id = $2 HAVING count(*) < $8",
        id,
        category.0,
        text.label,
        text.kind.name(),
        text.unit,
        &text.options,
        text.required,
        most,
        text.searchable,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What a field of a category holds, and how many services have filled it in.
pub(in crate::catalog) async fn kind(
    conn: &mut PgConnection,
    category: CategoryId,
    id: Uuid,
) -> Result<Option<(FieldKind, i64)>, Error> {
    let row = sqlx::query!(
        r#"SELECT kind, (SELECT count(*) FROM service_fields s WHERE s.field_id = f.id) AS "used!"
           FROM category_fields f WHERE f.id = $2 AND f.category_id = $1"#,
        category.0,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| Some((FieldKind::parse(&row.kind)?, row.used))))
}

/// Changes a field.
pub(in crate::catalog) async fn update(conn: &mut PgConnection, id: Uuid, text: &FieldText) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE category_fields SET label = $2, kind = $3, unit = $4, options = $5, required = $6, searchable = $7
         WHERE id = $1",
        id,
        text.label,
        text.kind.name(),
        text.unit,
        &text.options,
        text.required,
        text.searchable,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a field away with what was filled in.
pub(in crate::catalog) async fn delete(conn: &mut PgConnection, category: CategoryId, id: Uuid) -> Result<bool, Error> {
    let done = sqlx::query!("DELETE FROM category_fields WHERE id = $2 AND category_id = $1", category.0, id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The fields of a category, in order.
pub(in crate::catalog) async fn order(conn: &mut PgConnection, category: CategoryId) -> Result<Vec<Uuid>, Error> {
    let ids =
        sqlx::query_scalar!("SELECT id FROM category_fields WHERE category_id = $1 ORDER BY position, id", category.0);
    Ok(ids.fetch_all(conn).await?)
}

/// Puts fields into an order.
pub(in crate::catalog) async fn arrange(conn: &mut PgConnection, order: &[Uuid]) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE category_fields f SET position = o.place::int FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, place)
         WHERE f.id = o.id",
        order
    )
    .execute(conn)
    .await?;
    Ok(())
}
