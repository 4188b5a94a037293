//! Descriptions are Markdown. What people write becomes paragraphs, lists, stress and small headings, and nothing else:
//! HTML is shown as it was typed, links and pictures leave their words behind.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd, html};

/// A description as HTML that can do nothing. Plain text with empty lines between paragraphs is Markdown, too.
pub(super) fn story_html(text: &str) -> String {
    let events = Parser::new(text).filter_map(harmless);
    let mut page = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut page, events);
    page
}

fn harmless(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        // What looks like a tag is text.
        Event::Html(typed) | Event::InlineHtml(typed) => Some(Event::Text(typed)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        // Nobody is led off the site by a description.
        Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::End(TagEnd::Link | TagEnd::Image) => None,
        // The page has its own headings of the first two levels.
        Event::Start(Tag::Heading { level, .. }) => {
            Some(Event::Start(Tag::Heading { level: small(level), id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(small(level)))),
        // A word behind the three ticks would become a class.
        Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented))),
        other => Some(other),
    }
}

const fn small(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

#[cfg(test)]
mod tests {
    use super::story_html;

    #[test]
    fn plain_text_keeps_its_paragraphs_and_lines() {
        assert_eq!(story_html("One & two.\n\nThree\nfour."), "<p>One &amp; two.</p>\n<p>Three\nfour.</p>\n");
    }

    #[test]
    fn markdown_becomes_lists_stress_and_small_headings() {
        let html = story_html("# How\n\n**First** this\n\n- a\n- b");
        for part in ["<h3>How</h3>", "<strong>First</strong>", "<li>a</li>"] {
            assert!(html.contains(part), "{html}");
        }
    }

    #[test]
    fn nothing_typed_becomes_a_tag_an_address_or_a_handler() {
        for typed in [
            "<script>alert(1)</script>",
            "hello <img src=x onerror=alert(1)> there",
            "[click](javascript:alert(1))",
            "[click](https://elsewhere.example \"onclick=x\")",
            "![x](https://elsewhere.example/pixel.gif)",
            "<javascript:alert(1)>",
            "<https://elsewhere.example>",
            "[a]\n\n[a]: javascript:alert(1)",
            "```\" onload=alert(1)\nx\n```",
            "<div\nonclick=alert(1)>\n\n</div>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<!-- --><svg onload=alert(1)>",
            "<![CDATA[<svg onload=alert(1)>]]>",
        ] {
            let html = story_html(typed);
            let mut tags = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
            let known = |tag: &str| {
                ["p", "/p", "pre", "/pre", "code", "/code", "h3", "/h3", "h4", "/h4", "br /"].contains(&tag)
            };
            assert!(tags.all(known), "{typed}: {html}");
        }
    }
}
