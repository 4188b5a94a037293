//! Every public address, for search engines; in parts when there are very many.

use super::showcase::is_slug;
use super::store::sitemap as store;
use crate::kernel::{Context, Error};

/// Addresses in one file, at most. Search engines take 50,000.
pub const LARGEST_PART: i64 = 40_000;

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// A category.
    Category,
    /// A business.
    Provider,
    /// A live service.
    Service,
}

impl Listed {
    /// The word that names it in addresses: `services`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Category => "categories",
            Self::Provider => "providers",
            Self::Service => "services",
        }
    }

    /// What a word of an address names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Category, Self::Provider, Self::Service].into_iter().find(|listed| listed.word() == word)
    }
}

/// The map of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// All pages by kind and slug.
    Whole(Vec<(Listed, String)>),
    /// Where each part begins: a kind, and the first slug in it.
    Parts(Vec<(Listed, String)>),
}

/// The whole map, or its parts when there are more than `largest` pages.
///
/// # Errors
/// The database is away.
pub async fn sitemap(ctx: &Context, largest: i64) -> Result<Sitemap, Error> {
    let mut conn = ctx.pool.acquire().await?;
    let pages = store::pages(&mut conn, largest + 1).await?;
    if i64::try_from(pages.len()).is_ok_and(|count| count <= largest) {
        return Ok(Sitemap::Whole(pages));
    }
    Ok(Sitemap::Parts(store::beginnings(&mut conn, largest).await?))
}

/// The slugs of one part: those of a kind from `from` on, in order.
///
/// # Errors
/// The database is away.
pub async fn sitemap_part(ctx: &Context, listed: Listed, from: &str, largest: i64) -> Result<Vec<String>, Error> {
    if !from.is_empty() && !is_slug(from) {
        return Err(Error::NotFound);
    }
    let mut conn = ctx.pool.acquire().await?;
    store::part(&mut conn, listed, from, largest).await
}
