//! How a letter looks: one column, one button, our name as text. Nothing is fetched from anywhere, so nobody learns
//! that it was read; styles stand on the tags because mail programs drop the rest, and the few rules in the head only
//! turn the colours at night. The colours are those of `style/tokens.css`.

use super::letter::{Button, shortened};

/// What stands in a letter, as clean text.
pub(super) struct Parts<'a> {
    pub subject: &'a str,
    pub greeting: &'a str,
    pub before: &'a [String],
    pub button: Option<&'a Button>,
    pub after: &'a [String],
    pub small_print: &'a str,
}

const FONT: &str = "font-family:Figtree,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/// The colours of the night, for mail programs that have one.
const NIGHT: &str = "@media (prefers-color-scheme:dark){\
    .paper{background-color:#121614!important}\
    .surface{background-color:#1a201d!important;border-color:#303832!important}\
    .ink{color:#edefea!important}\
    .quiet{color:#a9b2ab!important}\
    .name,.link{color:#5cc3a0!important}\
    .button{background-color:#5cc3a0!important}\
    .button a{color:#10201a!important}}\
    @media (max-width:480px){.surface{padding:24px 20px 8px!important}}";

/// The whole document.
pub(super) fn document(parts: &Parts<'_>) -> String {
    let subject = escaped(parts.subject);
    let preview = parts.before.first().map_or("", String::as_str).replace('\n', " ");
    let preview = escaped(&shortened(&preview, 110));
    let mut body = String::new();
    if !parts.greeting.is_empty() {
        body += &paragraph(parts.greeting);
    }
    body.extend(parts.before.iter().map(|words| paragraph(words)));
    body.extend(parts.button.map(button));
    body.extend(parts.after.iter().map(|words| paragraph(words)));
    let small_print = if parts.small_print.is_empty() {
        String::new()
    } else {
        format!(
            "<p class=\"quiet\" style=\"margin:20px 8px 0;{FONT};font-size:13px;line-height:1.5;color:#5b645e\">{}</p>",
            escaped(parts.small_print)
        )
    };
    format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{subject}</title>\n<style>{NIGHT}</style>\n</head>\n\
         <body class=\"paper\" style=\"margin:0;padding:0;background-color:#fbf8f2\">\n\
         <div style=\"display:none;max-height:0;overflow:hidden\">{preview}</div>\n\
         <table role=\"presentation\" class=\"paper\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"background-color:#fbf8f2\">\n<tr><td align=\"center\" style=\"padding:24px 12px 40px\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"max-width:560px\">\n<tr><td align=\"left\">\n\
         <p class=\"name\" style=\"margin:0 8px 16px;{FONT};font-size:20px;font-weight:700;letter-spacing:-0.01em;\
         color:#0e5a46\">ServiceHub</p>\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n\
         <tr><td class=\"surface\" align=\"left\" style=\"padding:32px 32px 16px;background-color:#ffffff;border:1px solid #e6e0d4;\
         border-radius:16px\">\n\
         <h1 class=\"ink\" style=\"margin:0 0 20px;{FONT};font-size:25px;line-height:1.25;font-weight:700;\
         letter-spacing:-0.01em;color:#1d2420;overflow-wrap:anywhere\">{subject}</h1>\n\
         {body}</td></tr>\n</table>\n{small_print}\n</td></tr>\n</table>\n</td></tr>\n</table>\n</body>\n</html>\n"
    )
}

fn paragraph(words: &str) -> String {
    let words = escaped(words).replace('\n', "<br>");
    format!(
        "<p class=\"ink\" style=\"margin:0 0 16px;{FONT};font-size:17px;line-height:1.55;color:#1d2420;\
         overflow-wrap:anywhere\">{words}</p>\n"
    )
}

/// The button, and its address in full for those who rather copy it.
fn button(button: &Button) -> String {
    let (label, url) = (escaped(&button.label), escaped(&button.url));
    format!(
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:8px 0 16px\">\n\
         <tr><td class=\"button\" align=\"center\" style=\"background-color:#0e5a46;border-radius:10px\">\
         <a href=\"{url}\" target=\"_blank\" rel=\"noopener noreferrer\" style=\"display:inline-block;padding:14px 24px;\
         {FONT};font-size:17px;line-height:1.2;font-weight:600;color:#ffffff;text-decoration:none\">{label}</a>\
         </td></tr>\n</table>\n\
         <p class=\"quiet\" style=\"margin:0 0 16px;{FONT};font-size:15px;line-height:1.5;color:#5b645e\">\
         Or open this address:<br><a class=\"link\" href=\"{url}\" target=\"_blank\" rel=\"noopener noreferrer\" \
         style=\"color:#0e5a46;overflow-wrap:anywhere;word-break:break-word\">{url}</a></p>\n"
    )
}

/// Text that can stand in a tag or in a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
