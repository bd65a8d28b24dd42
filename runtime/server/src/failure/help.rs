//! The link from a failing response to what there is to read about its error code. Names no code.

use std::sync::Arc;

use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::response::Response;

use crate::failure::mark;

/// The page that error codes are described on, if responses link to one. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Help(Option<Arc<str>>);

impl Help {
    pub(crate) fn on(page: &str) -> Self {
        Self(Some(page.into()))
    }

    /// Adds `Link: <PAGE#CODE>; rel="help"` to a failing response of ours, unless it has one already.
    pub(crate) fn link(&self, response: &mut Response) {
        let (Some(page), Some(code)) = (&self.0, mark::code(response)) else {
            return;
        };
        let mut links = response.headers().get_all(LINK).iter();
        let has_help = links.any(|link| link.as_bytes().ends_with(RELATION.as_bytes()));
        // An address that a header cannot carry leads nowhere.
        if let (false, Ok(link)) = (
            has_help,
            HeaderValue::from_str(&format!("<{page}#{code}>{RELATION}")),
        ) {
            response.headers_mut().append(LINK, link);
        }
    }
}

/// What a link leads to, as the end of its value.
const RELATION: &str = "; rel=\"help\"";
