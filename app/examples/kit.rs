//! Writes the kit page to a file, to look at it without a database:
//! `cargo run -p app --features ssr --example kit -- kit.html /path/to/app.css`

use leptos::prelude::*;

fn main() -> std::io::Result<()> {
    let mut given = std::env::args().skip(1);
    let file = given.next().unwrap_or_else(|| "kit.html".to_owned());
    let sheet = given.next().unwrap_or_else(|| "app.css".to_owned());
    let body = app::kit_page::kit_page().to_html();
    std::fs::write(
        file,
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>The kit</title>\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <link rel=\"stylesheet\" href=\"{sheet}\"></head><body><main>{body}</main></body></html>"
        ),
    )
}
