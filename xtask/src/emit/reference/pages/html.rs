//! Text and Markdown of the document as HTML.
//!
//! Nothing of the document becomes a tag: HTML in its prose is shown as the text that it is. Loads nothing: of an
//! image, the words remain.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::html::escape;

/// Prose in which code that is a name of the document leads to the place where it is described.
pub(super) struct Prose {
    /// The address of each name.
    pub(super) links: BTreeMap<String, String>,
}

impl Prose {
    /// Paragraphs, lists and tables.
    pub(super) fn blocks(&self, markdown: &str) -> String {
        self.html(Parser::new_ext(markdown, Options::ENABLE_TABLES))
    }

    /// The words of one paragraph, without its tags.
    pub(super) fn words(&self, markdown: &str) -> String {
        let events = Parser::new_ext(markdown, Options::empty());
        let events = events.filter_map(|event| match event {
            Event::Start(Tag::Paragraph) => None,
            Event::End(TagEnd::Paragraph) => Some(Event::SoftBreak),
            event => Some(event),
        });
        self.html(events).trim_end().to_owned()
    }

    fn html<'m>(&self, events: impl Iterator<Item = Event<'m>>) -> String {
        let mut out = String::new();
        // Links do not nest, so the end of one belongs to its beginning.
        let mut is_link = false;
        let events = events.map(|event| match event {
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                is_link = is_safe(dest_url);
                if is_link {
                    event
                } else {
                    Event::Start(Tag::Emphasis)
                }
            }
            Event::End(TagEnd::Link) if !is_link => Event::End(TagEnd::Emphasis),
            event => self.harmless(event),
        });
        html::push_html(&mut out, events);
        out
    }

    /// An event that is no tag of the document's own, no picture, and no heading of the page.
    fn harmless<'m>(&self, event: Event<'m>) -> Event<'m> {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock | Tag::Heading { .. }) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock | TagEnd::Heading(_)) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
            Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
            Event::Code(name) => match self.links.get(name.as_ref()) {
                Some(address) => Event::InlineHtml(linked_code(address, &name).into()),
                None => Event::Code(name),
            },
            event => event,
        }
    }
}

fn is_safe(address: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
}

/// Code that leads somewhere.
pub(super) fn linked_code(address: &str, name: &str) -> String {
    format!(
        r#"<a href="{}"><code>{}</code></a>"#,
        escape(address),
        escape(name)
    )
}

/// A code that may go on in the next line after an underscore.
pub(super) fn breakable(code: &str) -> String {
    escape(code).replace('_', "_<wbr>")
}
