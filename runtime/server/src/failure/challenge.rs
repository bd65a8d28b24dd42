//! The challenge of a 401: which credentials a server takes. Reads no request.

use axum::http::HeaderValue;

/// The realm unless it is set.
pub const DEFAULT_REALM: &str = "api";

/// A kind of credentials that the document knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP Basic: a user and a password.
    Basic,
    /// HTTP Bearer: a token.
    Bearer,
}

/// The schemes of a document, and the realm that is sent with them.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    pub(crate) realm: String,
    pub(crate) schemes: &'static [Scheme],
}

impl Challenge {
    /// The values of `WWW-Authenticate`, one for each scheme. Several challenges could share a value, but
    /// their parameters are separated by commas too, and not every client can tell the two apart.
    pub(crate) fn values(&self) -> impl Iterator<Item = HeaderValue> {
        let mut quoted = String::new();
        for character in self.realm.chars() {
            match character {
                '"' | '\\' => quoted.extend(['\\', character]),
                ' '..='~' => quoted.push(character),
                // What a header cannot carry.
                _ => quoted.push('?'),
            }
        }
        self.schemes.iter().filter_map(move |scheme| {
            // The names of the schemes are those of HTTP.
            HeaderValue::from_str(&format!("{scheme:?} realm=\"{quoted}\"")).ok()
        })
    }
}

impl Default for Challenge {
    fn default() -> Self {
        Self {
            realm: DEFAULT_REALM.to_owned(),
            schemes: &[Scheme::Basic],
        }
    }
}
