//! What search engines read of our pages. The layout escapes it for its script element.

use super::cards::paragraphs;
use crate::request::PageRequest;
use crate::ui::Link;
use domain::catalog::{Place, Pricing, ProviderKind, ProviderPage, Shown, Status};
use domain::kernel::Money;
use serde_json::{Value, json};

/// The way from the front page to here.
pub(super) fn breadcrumbs(page: &PageRequest, trail: &[Link], here: &str) -> String {
    let mut steps: Vec<Value> = (1..)
        .zip(trail)
        .map(|(position, step)| {
            json!({ "@type": "ListItem", "position": position, "name": step.text, "item": page.absolute(&step.href) })
        })
        .collect();
    steps.push(json!({ "@type": "ListItem", "position": steps.len() + 1, "name": here }));
    document("BreadcrumbList", json!({ "itemListElement": steps }))
}

/// A service with its offers, and its rating when there is one.
pub(super) fn service(page: &PageRequest, shown: &Shown) -> String {
    let address = page.absolute(&format!("/services/{}", shown.slug));
    let mut service = json!({
        "name": shown.priced.title,
        "description": shown.summary,
        "serviceType": shown.category.1,
        "url": address,
        "provider": {
            "@type": business(shown.provider.kind),
            "name": shown.provider.name,
            "url": page.absolute(&format!("/providers/{}", shown.provider.slug)),
        },
        "image": shown.pictures.iter()
            .map(|picture| page.absolute(&format!("/pictures/{}-1200.jpg", picture.key))).collect::<Vec<_>>(),
    });
    if shown.place != Place::Remote {
        service["areaServed"] = json!({ "@type": "City", "name": shown.city });
    }
    if shown.status == Status::Live && shown.priced.has_a_price() {
        service["offers"] = offers(shown, &address);
    }
    if let Some(rating) = shown.rating {
        service["aggregateRating"] = aggregate(rating, shown.reviews);
    }
    document("Service", service)
}

/// A business with its rating when there is one.
pub(super) fn provider(page: &PageRequest, shown: &ProviderPage) -> String {
    let business_shown = &shown.business;
    let mut provider = json!({
        "name": business_shown.name,
        "description": paragraphs(&shown.about).first().unwrap_or(&business_shown.headline),
        "url": page.absolute(&format!("/providers/{}", business_shown.slug)),
        "address": { "@type": "PostalAddress", "addressLocality": shown.city },
    });
    if let Some(key) = &business_shown.picture {
        provider["image"] = json!(page.absolute(&format!("/pictures/{key}-384.jpg")));
    }
    if let Some(rating) = business_shown.rating {
        provider["aggregateRating"] = aggregate(rating, business_shown.reviews);
    }
    document("LocalBusiness", provider)
}

/// The site itself with its search.
pub(super) fn site(page: &PageRequest) -> String {
    let search = format!("{}?q={{search_term_string}}", page.absolute("/services"));
    document(
        "WebSite",
        json!({
            "name": "ServiceHub",
            "url": page.absolute("/"),
            "potentialAction": {
                "@type": "SearchAction",
                "target": { "@type": "EntryPoint", "urlTemplate": search },
                "query-input": "required name=search_term_string",
            },
        }),
    )
}

fn offers(shown: &Shown, address: &str) -> Value {
    let offer = |name: &str, price: Money| {
        json!({
            "@type": "Offer", "name": name, "url": address, "price": price.amount().replace(',', ""),
            "priceCurrency": price.currency.code(), "availability": "https://schema.org/InStock",
        })
    };
    if shown.priced.pricing == Pricing::Packages && !shown.priced.packages.is_empty() {
        return shown.priced.packages.iter().map(|package| offer(&package.name, package.price)).collect();
    }
    let mut single = offer(&shown.priced.title, shown.priced.price);
    if shown.priced.pricing == Pricing::Hourly {
        single["priceSpecification"] = json!({
            "@type": "UnitPriceSpecification", "price": shown.priced.price.amount().replace(',', ""),
            "priceCurrency": shown.priced.price.currency.code(), "unitCode": "HUR",
        });
    }
    single
}

fn aggregate(rating: f32, reviews: u32) -> Value {
    json!({ "@type": "AggregateRating", "ratingValue": format!("{rating:.1}"), "reviewCount": reviews })
}

const fn business(kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::Sole => "Person",
        ProviderKind::Company => "LocalBusiness",
    }
}

fn document(kind: &str, mut value: Value) -> String {
    value["@context"] = json!("https://schema.org");
    value["@type"] = json!(kind);
    value.to_string()
}
