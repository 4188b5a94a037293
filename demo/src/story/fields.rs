//! What categories ask, and what each service says there.

use super::ids::{Ids, seed};
use super::market::Market;
use super::rows::Rows;
use crate::content::Field;
use crate::drawing::dice::Dice;
use domain::catalog::FieldKind;
use domain::kernel::Error;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// Asks; the ids of the fields, in order.
///
/// # Errors
/// A text names a category that does not exist.
pub fn ask(fields: &[Field], categories: &HashMap<String, Uuid>, rows: &mut Rows) -> Result<Vec<Uuid>, Error> {
    let mut ids = Ids::of("category field");
    let mut positions: HashMap<&str, i32> = HashMap::new();
    let mut asked = Vec::with_capacity(fields.len());
    for field in fields {
        let category = categories.get(&field.category);
        let category = category.ok_or_else(|| Error::internal(format!("no category {}", field.category)))?;
        let (id, position) = (ids.next(), positions.entry(&field.category).or_default());
        let options: &[String] = if field.kind == FieldKind::Choice { &field.answers } else { &[] };
        rows.add(
            "category_fields",
            json!({
                "id": id, "category_id": category, "label": field.label, "kind": field.kind, "unit": field.unit,
                "options": options, "required": field.required, "position": position,
                "searchable": field.kind.narrows(),
            }),
        );
        *position += 1;
        asked.push(id);
    }
    Ok(asked)
}

/// Asks and answers. Most services say most things, and every service what has to be said.
///
/// # Errors
/// A text names a category that does not exist.
pub fn tell(
    fields: &[Field],
    market: &Market,
    categories: &HashMap<String, Uuid>,
    rows: &mut Rows,
) -> Result<(), Error> {
    let asked = ask(fields, categories, rows)?;
    for (field, id) in fields.iter().zip(asked) {
        for listing in &market.listings {
            let provider = &market.businesses[listing.business].text;
            let asked = listing.text.leaf == field.category || provider.category.slug() == field.category;
            let mut dice = Dice::new(seed(&listing.text.title), &field.label);
            if !asked || !(field.required || dice.chance(85)) {
                continue;
            }
            let answer = &field.answers[dice.below(field.answers.len())];
            rows.add("service_fields", json!({ "service_id": listing.id, "field_id": id, "value": answer }));
        }
    }
    Ok(())
}
