//! What a caller says about who it is. Never prints a password.

use std::fmt;
use std::hint::black_box;
use std::iter;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// User and password of an `Authorization: Basic` header, not yet checked.
#[derive(Clone)]
pub struct Credentials {
    user: String,
    password: String,
}

impl Credentials {
    /// The user: what is before the first colon. May be empty.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The password: what is after the first colon. May be empty. Compare it with
    /// [`password_is`](Self::password_is).
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// Whether the password is `expected`. The time this takes depends on the length of what the caller
    /// sent and not on how much of it is right.
    #[must_use]
    pub fn password_is(&self, expected: &str) -> bool {
        let padding = iter::repeat(0);
        let mut difference = usize::from(self.password.len() != expected.len());
        for (given, expected) in self.password.bytes().zip(expected.bytes().chain(padding)) {
            difference |= black_box(usize::from(given ^ expected));
        }
        black_box(difference) == 0
    }

    /// Reads the one `Authorization` header. `None` where there is none or more than one, or where it is
    /// not `Basic` with base64 of UTF-8 that holds a colon.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return None;
        };
        let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("Basic") {
            return None;
        }
        let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (user, password) = decoded.split_once(':')?;
        Some(Self {
            user: user.to_owned(),
            password: password.to_owned(),
        })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::AUTHORIZATION;
    use axum::http::{HeaderMap, HeaderValue};

    use super::Credentials;

    fn read(value: &str) -> Option<Credentials> {
        let mut headers = HeaderMap::new();
        headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        Credentials::of(&headers)
    }

    #[test]
    fn first_colon_splits_user_from_password() {
        // `user:pass:word`
        let credentials = read("basic  dXNlcjpwYXNzOndvcmQ=").unwrap();
        assert_eq!(credentials.user(), "user");
        assert_eq!(credentials.password(), "pass:word");
    }

    #[test]
    fn malformed_headers_hold_no_credentials() {
        // Other scheme, no space, no base64, no colon, not UTF-8.
        for value in [
            "Bearer dTpw",
            "Basic",
            "Basic ???",
            "Basic dXNlcg==",
            "Basic /zo=",
        ] {
            assert!(read(value).is_none(), "{value}");
        }
        let mut headers = HeaderMap::new();
        assert!(Credentials::of(&headers).is_none());
        headers.append(AUTHORIZATION, HeaderValue::from_static("Basic dTpw"));
        assert!(Credentials::of(&headers).is_some());
        headers.append(AUTHORIZATION, HeaderValue::from_static("Basic dTpw"));
        assert!(Credentials::of(&headers).is_none());
    }

    #[test]
    fn passwords_are_compared_whole() {
        let credentials = Credentials {
            user: "u".to_owned(),
            password: "secret".to_owned(),
        };
        assert!(credentials.password_is("secret"));
        for other in ["", "secre", "secret ", "Secret", "secret\0"] {
            assert!(!credentials.password_is(other), "{other:?}");
        }
        let shorter = Credentials {
            user: "u".to_owned(),
            password: "secret\0".to_owned(),
        };
        assert!(!shorter.password_is("secret"));
    }

    #[test]
    fn debug_output_hides_the_password() {
        let credentials = Credentials {
            user: "u".to_owned(),
            password: "hunter2".to_owned(),
        };
        assert!(!format!("{credentials:?}").contains("hunter2"));
    }
}
