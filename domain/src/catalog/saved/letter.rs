//! The letter about new services.

use super::alert::NAMED;
use crate::catalog::search::{Hit, SearchQuery, Sort};
use crate::kernel::Context;
use crate::notifications::{Letter, one_line};

/// What is new for a search.
pub(super) struct News {
    pub name: String,
    pub query: SearchQuery,
    pub hits: Vec<Hit>,
}

/// One letter for all searches.
pub(super) fn letter(ctx: &Context, first_name: &str, news: &[News], stop: &str) -> Letter {
    let count: usize = news.iter().map(|one| one.hits.len()).sum();
    let many = if news.iter().any(|one| one.hits.len() >= crate::kernel::page::PAGE_SIZE) { "More than " } else { "" };
    let subject = match (news, count) {
        ([one], 1) => format!("A new service for “{}”", one.name),
        ([one], _) => format!("{many}{count} new services for “{}”", one.name),
        _ => format!("{many}{count} new services for your searches"),
    };
    let mut letter = Letter::new(&subject).greeting(&format!("Hello {first_name},"));
    letter = letter.paragraph("These have come on offer since we last looked for you:");
    for one in news {
        let mut lines = vec![format!("“{}”", one.name)];
        lines.extend(one.hits.iter().take(NAMED).map(|hit| line(ctx, hit)));
        if one.hits.len() > NAMED {
            lines.push(format!("And {} more.", one.hits.len() - NAMED));
        }
        letter = letter.paragraph(&lines.join("\n"));
    }
    let (label, path) = match news {
        [one] => ("See what is new", address(&one.query)),
        _ => ("See your searches", "/favorites?show=searches".to_owned()),
    };
    letter
        .button(label, &ctx.absolute(&path))
        .paragraph(&format!("No more of these letters? One press, without logging in:\n{stop}"))
        .small_print("You get this because you have saved a search at ServiceHub and asked to be told what is new.")
}

fn line(ctx: &Context, hit: &Hit) -> String {
    let from = if hit.price_from { "from " } else { "" };
    let title = one_line(&hit.title);
    format!(
        "• {title}, by {}, {from}{}: {}",
        one_line(&hit.provider),
        hit.pricing.tag(hit.price, &one_line(&hit.unit)),
        ctx.absolute(&format!("/services/{}", hit.slug))
    )
}

/// The list of a search, the newest first.
fn address(query: &SearchQuery) -> String {
    let query = SearchQuery { sort: Sort::Newest, ..query.clone() };
    let pairs = query.pairs().into_iter().map(|(name, value)| format!("{name}={}", encoded(&value)));
    format!("/services?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Text that can stand in an address.
fn encoded(text: &str) -> String {
    let sign =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_search_can_stand_in_a_letter() {
        let query = SearchQuery::read([("q", "tap & \"sink\""), ("place", "Köln"), ("f.metal", "Red brass")]);
        assert_eq!(
            address(&query),
            "/services?q=tap%20%26%20%22sink%22&place=K%C3%B6ln&sort=newest&f.metal=Red%20brass"
        );
    }
}
