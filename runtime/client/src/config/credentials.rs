//! Who the caller is. Sends nothing; the password is never shown.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::header::HeaderValue;

use super::BuildError;

/// Who the caller is. `Debug` hides the password.
#[derive(Clone)]
pub struct Credentials {
    user: String,
    password: String,
}

impl Credentials {
    /// A user name and a password, for HTTP basic authentication.
    ///
    /// They are checked when the client is built: a user name with a colon, or a control character in
    /// either, cannot be sent.
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            password: password.into(),
        }
    }

    /// The value of the `Authorization` header, marked as sensitive.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, BuildError> {
        // The server ends the user name at the first colon.
        if self.user.contains(':') {
            return Err(BuildError::UnusableCredentials("the user name contains a colon"));
        }
        if self
            .user
            .chars()
            .chain(self.password.chars())
            .any(char::is_control)
        {
            return Err(BuildError::UnusableCredentials(
                "the user name or the password contains a control character, such as a line break",
            ));
        }
        let encoded = STANDARD.encode(format!("{}:{}", self.user, self.password));
        let mut value = HeaderValue::try_from(format!("Basic {encoded}"))
            .map_err(|_| BuildError::UnusableCredentials("they cannot be sent in a header"))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("user", &self.user)
            .field("password", &format_args!("(hidden)"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;

    #[test]
    fn password_is_hidden_from_debug() {
        let shown = format!("{:?}", Credentials::basic("AC1", "hunter2"));
        assert_eq!(shown, "Credentials { user: \"AC1\", password: (hidden) }");
    }

    #[test]
    fn authorization_is_basic_and_sensitive() {
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
        ] {
            let failure = credentials.authorization().unwrap_err();
            assert!(!format!("{failure} {failure:?}").contains("hunter2"));
        }
    }
}
