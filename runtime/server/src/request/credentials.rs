//! What a caller says about who it is. Never prints a password or a token.

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
    /// Both, with a colon between them.
    text: String,
    /// How long the user is.
    user: usize,
}

impl Credentials {
    /// The user: what is before the first colon. May be empty.
    #[must_use]
    pub fn user(&self) -> &str {
        self.text.get(..self.user).unwrap_or_default()
    }

    /// The password: what is after the first colon. May be empty. Compare it with
    /// [`password_is`](Self::password_is).
    #[must_use]
    pub fn password(&self) -> &str {
        self.text.get(self.user + 1..).unwrap_or_default()
    }

    /// Whether the password is `expected`. The time this takes depends on the length of what the caller
    /// sent and not on how much of it is right.
    #[must_use]
    pub fn password_is(&self, expected: &str) -> bool {
        is_same(self.password(), expected)
    }
}

/// The token of an `Authorization: Bearer` header, not yet checked.
#[derive(Clone)]
pub struct BearerToken(String);

impl BearerToken {
    /// The token. Never empty: letters, digits and `-._~+/`, with `=` at its end only. Compare it with
    /// [`is`](Self::is).
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the token is `expected`. The time this takes depends on the length of what the caller sent
    /// and not on how much of it is right.
    #[must_use]
    pub fn is(&self, expected: &str) -> bool {
        is_same(&self.0, expected)
    }
}

/// The credentials of an API that takes either.
#[derive(Clone, Debug)]
pub enum BasicOrBearer {
    /// A user and a password.
    Basic(Credentials),
    /// A token.
    Bearer(BearerToken),
}

/// Credentials that are read from a request. For generated code.
pub trait FromAuthorization: Sized {
    /// Reads the one `Authorization` header. `None` where there is none or more than one, or where it is
    /// of another scheme or malformed.
    fn of(headers: &HeaderMap) -> Option<Self>;
}

/// `Basic`, with base64 of UTF-8 that holds a colon.
impl FromAuthorization for Credentials {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let encoded = sent_by(headers, "Basic")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        let user = text.find(':')?;
        Some(Self { text, user })
    }
}

/// `Bearer`, with a token in the form of RFC 6750.
impl FromAuthorization for BearerToken {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let token = str::from_utf8(sent_by(headers, "Bearer")?).ok()?;
        let text = token.trim_end_matches('=');
        let is_token = |c: char| c.is_ascii_alphanumeric() || "-._~+/".contains(c);
        (!text.is_empty() && text.chars().all(is_token)).then(|| Self(token.to_owned()))
    }
}

impl FromAuthorization for BasicOrBearer {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let basic = Credentials::of(headers).map(Self::Basic);
        basic.or_else(|| BearerToken::of(headers).map(Self::Bearer))
    }
}

/// What follows the scheme in the one `Authorization` header, if it is this scheme.
fn sent_by<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h [u8]> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let (given, rest) = value.as_bytes().split_at_checked(scheme.len())?;
    let is_given = given.eq_ignore_ascii_case(scheme.as_bytes()) && rest.starts_with(b" ");
    is_given.then(|| rest.trim_ascii())
}

/// Compares without a hint in the time it takes, beside the length of what was given.
fn is_same(given: &str, expected: &str) -> bool {
    let padding = iter::repeat(0);
    let mut difference = usize::from(given.len() != expected.len());
    for (given, expected) in given.bytes().zip(expected.bytes().chain(padding)) {
        difference |= black_box(usize::from(given ^ expected));
    }
    black_box(difference) == 0
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("BearerToken").finish_non_exhaustive()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("user", &self.user())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::AUTHORIZATION;
    use axum::http::{HeaderMap, HeaderValue};

    use super::{BasicOrBearer, BearerToken, Credentials, FromAuthorization};

    fn read<K: FromAuthorization>(value: &str) -> Option<K> {
        let mut headers = HeaderMap::new();
        headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        K::of(&headers)
    }

    #[test]
    fn first_colon_splits_user_from_password() {
        // `user:pass:word`
        let credentials: Credentials = read("basic  dXNlcjpwYXNzOndvcmQ=").unwrap();
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
            assert!(read::<Credentials>(value).is_none(), "{value}");
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
            text: "u:secret".to_owned(),
            user: 1,
        };
        assert!(credentials.password_is("secret"));
        for other in ["", "secre", "secret ", "Secret", "secret\0"] {
            assert!(!credentials.password_is(other), "{other:?}");
        }
        let shorter = Credentials {
            text: "u:secret\0".to_owned(),
            user: 1,
        };
        assert!(!shorter.password_is("secret"));
    }

    #[test]
    fn token_is_read_where_it_is_one() {
        for value in ["Bearer a", "bearer  aB9-._~+/==  "] {
            let token: BearerToken = read(value).unwrap();
            assert!(token.is(value[7..].trim()) && token.is(token.as_str()));
            assert!(!token.is(""));
        }
        for value in [
            "Bearer",
            "Bearer ",
            "Bearer =",
            "Bearer a=b",
            "Bearer a b",
            "Bearer a,b",
            "Bearer \u{e4}",
            "Basic dTpw",
        ] {
            assert!(read::<BearerToken>(value).is_none(), "{value}");
        }
    }

    #[test]
    fn either_is_told_by_its_scheme() {
        let basic = read("Basic dTpw");
        assert!(matches!(basic, Some(BasicOrBearer::Basic(credentials)) if credentials.user() == "u"));
        let bearer = read("Bearer dTpw");
        assert!(matches!(bearer, Some(BasicOrBearer::Bearer(token)) if token.is("dTpw")));
        assert!(read::<BasicOrBearer>("Digest dTpw").is_none());
    }

    #[test]
    fn debug_output_hides_the_token() {
        let token: Option<BasicOrBearer> = read("Bearer hunter2");
        assert_eq!(format!("{token:?}"), "Some(Bearer(BearerToken { .. }))");
    }

    #[test]
    fn debug_output_hides_the_password() {
        let credentials = Credentials {
            text: "u:hunter2".to_owned(),
            user: 1,
        };
        assert!(!format!("{credentials:?}").contains("hunter2"));
    }
}
