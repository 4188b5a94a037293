//! `<html>`: everything that is the same on all pages.

use leptos::prelude::*;

use super::acting::ActingBanner;
use super::footer::Footer;
use super::header::{FocusedHeader, Header};
use super::portal::{AccountPortal, AdminPortal, ProviderPortal};
use super::{AssetPaths, Frame, Head, PageScript, Viewer};
use crate::ui::{Toast, Tone};

const NAME: &str = "ServiceHub";
const DESCRIPTION: &str = "Book people who come to you, and people who work for you from afar: real free times, \
    never double-booked, and every job on record.";

/// Pages are fetched when the pointer rests on a link, so that they open at once. Nothing that acts is ever fetched.
const SPECULATION: &str = r#"{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":["/logout","/dev/*","/verify-email/*","/password/*","/*.ics","/media/*"]}},{"not":{"selector_matches":"[download],[rel~=nofollow]"}}]},"eagerness":"moderate"}]}"#;

/// The text of a `<title>`, escaped here: a view would leave its marker `<!>` in it, and browsers show that.
fn title_text(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}

/// Ends no `<script>` early: JSON may write `<` as an escape anywhere it can stand.
fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c")
}

pub(super) fn document(
    viewer: &Viewer,
    assets: &AssetPaths,
    head: Head,
    frame: Frame,
    said: Option<&'static str>,
    body: AnyView,
) -> impl IntoView + use<> {
    let toast = said.map(|words| view! { <Toast tone=Tone::Success text=words/> });
    let main = view! { <main id="main" tabindex="-1">{body}</main> };
    let inner = match frame {
        Frame::Public => view! { <Header viewer=viewer.clone()/>{main}<Footer viewer=viewer.clone()/> }.into_any(),
        Frame::Focused => view! { <FocusedHeader viewer=viewer.clone()/>{main} }.into_any(),
        Frame::Provider => {
            view! { <Header viewer=viewer.clone()/><ProviderPortal viewer=viewer.clone()>{main}</ProviderPortal> }
                .into_any()
        }
        Frame::Account => {
            view! { <Header viewer=viewer.clone()/><AccountPortal viewer=viewer.clone()>{main}</AccountPortal> }
                .into_any()
        }
        Frame::Admin => {
            view! { <Header viewer=viewer.clone()/><AdminPortal viewer=viewer.clone()>{main}</AdminPortal> }.into_any()
        }
    };
    view! {
        <html lang="en">
            {head_view(viewer, assets, head)}
            <body>
                <a class="skip" href="#main">"Skip to content"</a>
                {viewer.acting.clone().map(|acting| view! { <ActingBanner acting=acting/> })}
                {inner}
                {toast}
            </body>
        </html>
    }
}

fn head_view(viewer: &Viewer, assets: &AssetPaths, head: Head) -> impl IntoView + use<> {
    let title = match head.title.as_str() {
        "" => NAME.to_owned(),
        title => format!("{title} · {NAME}"),
    };
    let description = if head.description.is_empty() { DESCRIPTION.to_owned() } else { head.description };
    let image = absolute(viewer, head.image.as_deref().unwrap_or("/social-card.png"));
    let canonical = head.canonical.map(|path| absolute(viewer, &path));
    let address = canonical.clone().unwrap_or_else(|| absolute(viewer, &viewer.path));
    let documents = head
        .json_ld
        .iter()
        .map(|json| view! { <script type="application/ld+json" inner_html=script_safe(json)></script> })
        .collect::<Vec<_>>();
    let script = head.script.map(|script| match script {
        PageScript::Passkeys => assets.passkeys.clone(),
        PageScript::Editor => assets.editor.clone(),
        PageScript::Calendar => assets.calendar.clone(),
    });
    let script = script
        .filter(|address| !address.is_empty())
        .map(|address| view! { <script type="module" src=address nonce=viewer.nonce.clone()></script> });
    let (js, wasm) = if head.islands { (Some(assets.js.clone()), Some(assets.wasm.clone())) } else { (None, None) };
    view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title inner_html=title_text(&title)></title>
            <meta name="description" content=description.clone()/>
            {head.robots_noindex.then(|| view! { <meta name="robots" content="noindex"/> })}
            {canonical.map(|address| view! { <link rel="canonical" href=address/> })}
            <link rel="preload" href="/fonts/figtree-latin-wght-normal.woff2" r#as="font" type="font/woff2" crossorigin="anonymous"/>
            <link rel="preload" href="/fonts/bricolage-grotesque-latin-wght-normal.woff2" r#as="font" type="font/woff2" crossorigin="anonymous"/>
            <link rel="stylesheet" href=assets.css.clone()/>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
            <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
            <meta name="color-scheme" content="light dark"/>
            <meta name="theme-color" content="#fbf8f2" media="(prefers-color-scheme: light)"/>
            <meta name="theme-color" content="#121614" media="(prefers-color-scheme: dark)"/>
            {property("og:site_name", NAME.to_owned())}
            {property("og:type", "website".to_owned())}
            {property("og:title", title)}
            {property("og:description", description)}
            {property("og:url", address)}
            {property("og:image", image)}
            <meta name="twitter:card" content="summary_large_image"/>
            {documents}
            <script type="module" src=assets.boot.clone() nonce=viewer.nonce.clone() data-js=js data-wasm=wasm></script>
            {script}
            <script type="speculationrules" nonce=viewer.nonce.clone() inner_html=SPECULATION></script>
        </head>
    }
}

/// Cards of other sites read `property` where HTML has `name`.
fn property(name: &'static str, content: String) -> impl IntoView {
    leptos::html::meta().attr("property", name).attr("content", content)
}

fn absolute(viewer: &Viewer, path: &str) -> String {
    if path.starts_with('/') { format!("{}{path}", viewer.public_url) } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{script_safe, title_text};

    #[test]
    fn a_title_is_text_and_nothing_else() {
        assert_eq!(title_text("A & B </title><script>"), "A &amp; B &lt;/title>&lt;script>");
    }

    #[test]
    fn structured_data_cannot_end_its_script() {
        assert_eq!(script_safe(r#"{"name":"</script>"}"#), r#"{"name":"\u003c/script>"}"#);
    }
}
