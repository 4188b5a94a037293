//! Numbers and lists of many: tables, figures, progress, and places that wait.

use leptos::prelude::*;

/// A table that scrolls inside itself on narrow screens. Children: `<thead>` and `<tbody>`.
/// Right-align numbers with `class="num"`.
#[component]
pub fn Table(
    /// What the table holds; spoken, and shown unless `quiet`.
    #[prop(into)]
    caption: String,
    #[prop(optional)] quiet: bool,
    /// Rows of 36 px instead of 52.
    #[prop(optional)]
    dense: bool,
    /// On phones, each row on lines of its own instead of in columns: for cells that explain themselves. Two stand on
    /// a line, one alone if it has the class `whole`.
    #[prop(optional)]
    stacked: bool,
    children: Children,
) -> impl IntoView {
    let spoken = caption.clone();
    view! {
        <div class="table-frame" role="region" aria-label=spoken tabindex="0">
            <table class="table" class:table-dense=dense class:table-stacked=stacked>
                <caption class:sr-only=quiet>{caption}</caption>
                {children()}
            </table>
        </div>
    }
}

/// One figure with its name.
#[component]
pub fn Stat(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    /// Under it: "2 more than last week".
    #[prop(optional, into)]
    note: Option<String>,
    #[prop(optional_no_strip)] href: Option<String>,
) -> impl IntoView {
    let inner = view! {
        <span class="stat-label">{label}</span>
        <span class="stat-value">{value}</span>
        {note.map(|note| view! { <span class="stat-note">{note}</span> })}
    };
    match href {
        Some(href) => view! { <a class="stat stat-link" href=href>{inner}</a> }.into_any(),
        None => view! { <p class="stat">{inner}</p> }.into_any(),
    }
}

/// How far something is.
#[component]
pub fn ProgressBar(
    /// What is under way, spoken and shown.
    #[prop(into)]
    label: String,
    /// 0 to 100.
    percent: u8,
) -> impl IntoView {
    let percent = percent.min(100);
    view! {
        <div class="progress">
            <p class="progress-words"><span>{label.clone()}</span><span>{format!("{percent} %")}</span></p>
            <progress class="progress-bar" max="100" value=percent aria-label=label>{format!("{percent} %")}</progress>
        </div>
    }
}

/// Grey lines where text will stand; only where they keep the page from jumping.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: u8,
    /// With a picture above.
    #[prop(optional)]
    picture: bool,
) -> impl IntoView {
    let bars = (0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect::<Vec<_>>();
    view! {
        <div class="skeleton" aria-hidden="true">
            {picture.then(|| view! { <span class="skeleton-picture"></span> })}
            {bars}
        </div>
    }
}
