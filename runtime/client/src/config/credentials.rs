//! Who the caller is. Sends nothing; neither a password nor a token is ever shown.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::header::HeaderValue;

use super::BuildError;

/// Who the caller is. `Debug` hides the password or the token.
#[derive(Clone)]
pub struct Credentials(Kind);

#[derive(Clone)]
enum Kind {
    Basic { user: String, password: String },
    Bearer { token: String },
}

impl Credentials {
    /// A user name and a password, for HTTP basic authentication.
    ///
    /// They are checked when the client is built: a user name with a colon, or a control character in
    /// either, cannot be sent.
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Kind::Basic {
            user: user.into(),
            password: password.into(),
        })
    }

    /// A token, for HTTP bearer authentication.
    ///
    /// It is checked when the client is built: only letters, digits and `-._~+/`, with `=` at its end, can
    /// be sent.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Kind::Bearer { token: token.into() })
    }

    /// The value of the `Authorization` header, marked as sensitive.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, BuildError> {
        let text = match &self.0 {
            Kind::Basic { user, password } => basic(user, password)?,
            Kind::Bearer { token } => bearer(token)?,
        };
        let mut value = HeaderValue::try_from(text)
            .map_err(|_| BuildError::UnusableCredentials("they cannot be sent in a header"))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

fn basic(user: &str, password: &str) -> Result<String, BuildError> {
    // The server ends the user name at the first colon.
    if user.contains(':') {
        return Err(BuildError::UnusableCredentials("the user name contains a colon"));
    }
    if user.chars().chain(password.chars()).any(char::is_control) {
        return Err(BuildError::UnusableCredentials(
            "the user name or the password contains a control character, such as a line break",
        ));
    }
    Ok(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
}

fn bearer(token: &str) -> Result<String, BuildError> {
    let text = token.trim_end_matches('=');
    let is_token = |c: char| c.is_ascii_alphanumeric() || "-._~+/".contains(c);
    if text.is_empty() || !text.chars().all(is_token) {
        return Err(BuildError::UnusableCredentials(
            "the token is empty or contains something else than letters, digits and -._~+/",
        ));
    }
    Ok(format!("Bearer {token}"))
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Credentials");
        match &self.0 {
            Kind::Basic { user, .. } => shown
                .field("user", user)
                .field("password", &format_args!("(hidden)")),
            Kind::Bearer { .. } => shown.field("token", &format_args!("(hidden)")),
        };
        shown.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;

    #[test]
    fn secrets_are_hidden_from_debug() {
        let shown = format!("{:?}", Credentials::basic("AC1", "hunter2"));
        assert_eq!(shown, "Credentials { user: \"AC1\", password: (hidden) }");
        let shown = format!("{:?}", Credentials::bearer("hunter2"));
        assert_eq!(shown, "Credentials { token: (hidden) }");
    }

    #[test]
    fn authorization_is_of_its_scheme_and_sensitive() {
        let value = Credentials::bearer("aB9-._~+/==").authorization().unwrap();
        assert_eq!(value, "Bearer aB9-._~+/==");
        assert!(value.is_sensitive());
        let value = Credentials::basic("Aladdin", "open:sesame")
            .authorization()
            .unwrap();
        assert_eq!(value, "Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==");
        assert!(value.is_sensitive());
    }

    #[test]
    fn credentials_that_cannot_be_sent_are_refused_without_being_shown() {
        for credentials in [
            Credentials::basic("a:b", "hunter2"),
            Credentials::basic("a", "hunter2\n"),
            Credentials::bearer("hunter2\n"),
            Credentials::bearer("hunter=2"),
            Credentials::bearer("="),
        ] {
            let failure = credentials.authorization().unwrap_err();
            assert!(!format!("{failure} {failure:?}").contains("hunter2"));
        }
    }
}
