//! The challenge of a 401: which credentials a server takes. Reads no request.

use std::sync::Arc;

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

/// The schemes of a document, and the realm that is sent with them. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Challenge(Arc<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    realm: String,
    schemes: &'static [Scheme],
    values: Vec<HeaderValue>,
}

impl Challenge {
    pub(crate) fn set_realm(&mut self, realm: String) {
        *self = Self::new(realm, self.0.schemes);
    }

    pub(crate) fn set_schemes(&mut self, schemes: &'static [Scheme]) {
        *self = Self::new(self.0.realm.clone(), schemes);
    }

    /// The values of `WWW-Authenticate`, one for each scheme. Several challenges could share a value, but
    /// their parameters are separated by commas too, and not every client can tell the two apart.
    pub(crate) fn values(&self) -> &[HeaderValue] {
        &self.0.values
    }

    fn new(realm: String, schemes: &'static [Scheme]) -> Self {
        let mut quoted = String::new();
        for character in realm.chars() {
            match character {
                '"' | '\\' => quoted.extend(['\\', character]),
                ' '..='~' => quoted.push(character),
                // What a header cannot carry.
                _ => quoted.push('?'),
            }
        }
        let values = schemes.iter().filter_map(|scheme| {
            // The names of the schemes are those of HTTP.
            HeaderValue::from_str(&format!("{scheme:?} realm=\"{quoted}\"")).ok()
        });
        Self(Arc::new(Parts {
            values: values.collect(),
            realm,
            schemes,
        }))
    }
}

impl Default for Challenge {
    fn default() -> Self {
        Self::new(DEFAULT_REALM.to_owned(), &[Scheme::Basic])
    }
}
