//! `/sitemap.xml` and `/robots.txt`: what search engines may find, and where.

use crate::request::{Answer, Failure, PageRequest};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::catalog::{LARGEST_PART, Listed, Sitemap, sitemap, sitemap_part};
use domain::kernel::Error;
use std::fmt::Write;

/// Search engines come back when they like; an hour is fresh enough for them.
const CACHING: &str = "public, max-age=3600";

/// `GET /sitemap.xml`: all pages, or the parts when there are very many.
///
/// # Errors
/// The database is away.
pub async fn show(page: PageRequest) -> Answer {
    Ok(match sitemap(page.ctx(), LARGEST_PART).await? {
        Sitemap::Whole(pages) => {
            let fixed = ["/", "/services", "/verify"].map(|path| page.absolute(path));
            let pages = pages.into_iter().map(|(listed, slug)| address(&page, listed, &slug));
            xml(urls(fixed.into_iter().chain(pages)))
        }
        Sitemap::Parts(parts) => xml(index(parts.iter().map(|(listed, from)| {
            let from = form_urlencoded::byte_serialize(from.as_bytes()).collect::<String>();
            page.absolute(&format!("/sitemap/{}?from={from}", listed.word()))
        }))),
    })
}

/// `GET /sitemap/{services}?from=slug`: one part.
///
/// # Errors
/// Not found: no such kind of page.
pub async fn part(page: PageRequest, Path(kind): Path<String>) -> Answer {
    let listed = Listed::parse(&kind).ok_or(Failure(Error::NotFound))?;
    let from = page.param("from").unwrap_or_default();
    let slugs = sitemap_part(page.ctx(), listed, &from, LARGEST_PART).await?;
    Ok(xml(urls(slugs.iter().map(|slug| address(&page, listed, slug)))))
}

/// `GET /robots.txt`.
///
/// # Errors
/// None.
pub async fn robots(page: PageRequest) -> Answer {
    // `/provider` is the portal, `/providers/…` are pages for everybody.
    let text = format!(
        "User-agent: *\nDisallow: /bookings\nDisallow: /provider$\nDisallow: /provider/\nDisallow: /account\n\
         Disallow: /admin\nDisallow: /password\nDisallow: /verify-email\nDisallow: /invitation\nDisallow: /dev\nDisallow: /*/book\n\nSitemap: {}\n",
        page.absolute("/sitemap.xml")
    );
    Ok(answer("text/plain; charset=utf-8", text))
}

fn address(page: &PageRequest, listed: Listed, slug: &str) -> String {
    page.absolute(&format!("/{}/{slug}", listed.word()))
}

fn urls(addresses: impl Iterator<Item = String>) -> String {
    document("urlset", "url", addresses)
}

fn index(addresses: impl Iterator<Item = String>) -> String {
    document("sitemapindex", "sitemap", addresses)
}

fn document(root: &str, entry: &str, addresses: impl Iterator<Item = String>) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "<{entry}><loc>{}</loc></{entry}>", escaped(&address));
    }
    let _ = writeln!(text, "</{root}>");
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn xml(text: String) -> Response {
    answer("application/xml; charset=utf-8", text)
}

fn answer(kind: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, CACHING)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::{index, urls};

    #[test]
    fn addresses_cannot_leave_their_element() {
        let text = urls(["https://example.org/services/a&b<c".to_owned()].into_iter());
        assert!(text.contains("<url><loc>https://example.org/services/a&amp;b&lt;c</loc></url>"), "{text}");
        assert!(index(std::iter::empty()).contains("<sitemapindex"));
    }
}
