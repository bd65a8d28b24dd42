//! Whose credentials an API takes, and what it calls their parts. Plain data.

/// A kind of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP Basic: a user and a password.
    Basic,
    /// HTTP Bearer: a token.
    Bearer,
}

/// What the API calls the parts of its credentials. Names of arguments in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The user of HTTP Basic.
    pub user: String,
    /// The password of HTTP Basic.
    pub password: String,
    /// The token of HTTP Bearer.
    pub token: String,
}

impl Default for Credentials {
    fn default() -> Self {
        Self {
            user: "user".to_owned(),
            password: "password".to_owned(),
            token: "token".to_owned(),
        }
    }
}
