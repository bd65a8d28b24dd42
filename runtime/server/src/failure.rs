//! A request that failed: what handlers return, and what every check before them ends in.
//!
//! Does not decide on a status: that is the document's business, asked for when the response is written.

pub(crate) mod cause;
pub(crate) mod challenge;
pub(crate) mod codes;
pub(crate) mod fault_bodies;
pub(crate) mod help;
pub(crate) mod mark;
pub(crate) mod naming;
pub(crate) mod of_another;
pub(crate) mod rejection;
pub(crate) mod response;

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use fonedynamics_contract::{Envelope, Fault};

use crate::failure::cause::Cause;
use crate::failure::codes::{AboutParameter, AboutState, Code, Endpoint, Lists};
use crate::failure::naming::{MAXIMUM_MESSAGE, documented_message};
use crate::failure::rejection::Rejection;
use crate::response_headers::seconds;

/// The longest name of a field, in bytes. Longer paths end at the last whole step that fits.
pub(crate) const MAXIMUM_NAME: usize = 256;

/// The most fields that one response names. A body of a megabyte can break a constraint a hundred thousand
/// times; a response ten times its size would amplify an attack.
pub(crate) const MAXIMUM_FIELDS: usize = 1000;

/// The failure of one request to the operation `O`, generic over the envelope that will carry it.
///
/// Its codes are those that the document lists for the operation: building one with any other does not
/// compile.
///
/// Not an error type itself, so that every error type can convert into it with `?`. Such an error, a boxed one or a
/// string becomes an internal failure: its text goes to the log and never to the caller. A failure of another
/// operation is passed on with [`of_another`](Self::of_another).
pub struct Failure<E: Envelope, O>(Box<Parts<E>>, PhantomData<fn() -> O>);

#[derive(Debug)]
pub(crate) struct Parts<E: Envelope> {
    pub(crate) kind: Kind<E>,
    pub(crate) headers: HeaderMap,
}

#[derive(Debug)]
pub(crate) enum Kind<E: Envelope> {
    /// Raised by a handler, or a broken constraint of the document.
    Coded {
        code: E::Code,
        /// In place of what the document says.
        message: Option<String>,
        fields: Vec<String>,
    },
    /// A failure outside a handler, or one that a handler did not foresee.
    Rejected(Rejection),
}

impl<E: Envelope> Kind<E> {
    /// Compiled once, and not for each operation.
    fn without_headers(self) -> Box<Parts<E>> {
        let headers = HeaderMap::new();
        Box::new(Parts { kind: self, headers })
    }
}

impl<E: Envelope, O> Failure<E, O> {
    /// A failure with a code that is about the caller or about state. Its message is the document's for the
    /// code, unless [`message`](Self::message) says otherwise.
    #[must_use]
    pub fn new<C: Code<E> + AboutState>(_: C) -> Self
    where
        O: Lists<C>,
    {
        Self::documented(C::CODE)
    }

    /// A failure with a code that is about a parameter, given by its wire name: `AddressSid`, or a path as
    /// in `Messages[2].To`. The document's message for the code names it. What becomes of a misspelt name is said at
    /// [`field`](Self::field).
    #[must_use]
    pub fn at<C: Code<E> + AboutParameter>(_: C, name: impl Into<String>) -> Self
    where
        O: Lists<C>,
    {
        Self::documented(C::CODE).field(name)
    }

    /// A failure of the server. The cause goes to the log and never to the caller.
    #[must_use]
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Rejection::because(Fault::Internal, cause).into()
    }

    /// Replaces the message, except on a failure that is internal.
    ///
    /// A message is for people: one line that says what would be right. It must not repeat values of the
    /// request or tell internals. Line breaks become spaces, a blank message changes nothing, and of a long
    /// one the first 256 bytes are sent.
    #[must_use]
    pub fn message(mut self, text: impl Into<String>) -> Self {
        if let Kind::Coded { message, .. } = &mut self.0.kind {
            let mut text = text.into();
            if text.contains(char::is_control) {
                text = text.replace(char::is_control, " ");
            }
            let cut = (0..=MAXIMUM_MESSAGE.min(text.len()))
                .rev()
                .find(|end| text.is_char_boundary(*end));
            text.truncate(cut.unwrap_or_default());
            if !text.trim().is_empty() {
                *message = Some(text);
            }
        }
        self
    }

    /// How long the caller should wait before the next attempt: `Retry-After`, in seconds, rounded up. Clients that were
    /// generated from the document wait for it.
    #[must_use]
    pub fn retry_after(self, wait: Duration) -> Self {
        self.header(RETRY_AFTER, seconds(wait))
    }

    /// Sets a header of the response, such as `Cache-Control`. It stays on every failure, internal ones included: say
    /// nothing of the cause. A header that the response has by itself stays as it is, `Date` and `X-Request-Id` among
    /// them, and what says how the body is written (`Content-Length`, `Content-Encoding`, `Trailer`,
    /// `Transfer-Encoding`) or what becomes of the connection (`Connection`, `Keep-Alive`, `Upgrade`) has no effect.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    /// The code that the response carries.
    #[must_use]
    pub fn code(&self) -> E::Code {
        match &self.0.kind {
            Kind::Coded { code, .. } => code.clone(),
            Kind::Rejected(rejection) => E::code_of_fault(rejection.fault),
        }
    }

    /// The message that the response carries.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.0.kind {
            Kind::Coded {
                message: Some(message),
                ..
            } => message.clone(),
            Kind::Coded { code, fields, .. } => documented_message::<E>(code, fields),
            Kind::Rejected(rejection) => rejection.message().to_owned(),
        }
    }

    /// The wire names of the parameters at fault, in the order of the response.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        match &self.0.kind {
            Kind::Coded { fields, .. } => fields.iter().map(String::as_str).collect(),
            Kind::Rejected(rejection) => rejection.field.into_iter().collect(),
        }
    }

    fn documented(code: E::Code) -> Self {
        Self::coded(code, None, Vec::new())
    }

    /// A failure with these fields, and with a message in place of the document's.
    pub(crate) fn coded(code: E::Code, message: Option<String>, fields: Vec<String>) -> Self {
        Self::of(Kind::Coded {
            code,
            message,
            fields,
        })
    }

    fn of(kind: Kind<E>) -> Self {
        Self(kind.without_headers(), PhantomData)
    }

    /// The same failure, once it does not matter any more whose it is.
    pub(crate) fn for_any<P>(self) -> Failure<E, P> {
        Failure(self.0, PhantomData)
    }

    pub(crate) fn into_parts(self) -> Parts<E> {
        *self.0
    }
}

impl<E: Envelope, O: Endpoint> Failure<E, O> {
    /// Adds the wire name of a parameter at fault. Nothing is added by an empty name or one of more than 256
    /// bytes, by the thousand-and-first, or to a failure that is internal.
    ///
    /// A name that is no parameter of the operation and no member of its body is a mistake of the handler, so in a
    /// build with debug assertions, such as that of a test, the failure becomes an internal one whose cause names it. In
    /// any other build the response carries the name, and the log has an error. Of a path as in `Messages[2].To`, the last
    /// step is checked.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        if let Kind::Coded { fields, .. } = &mut self.0.kind
            && (1..=MAXIMUM_NAME).contains(&name.len())
            && fields.len() < MAXIMUM_FIELDS
        {
            if !O::OPERATION.has_field(&name) {
                let operation = O::OPERATION.id;
                let cause = format!("{name:?} is no parameter of {operation} and no member of its body");
                if cfg!(debug_assertions) {
                    return Self::internal(cause);
                }
                tracing::error!(
                    operation,
                    cause,
                    "a failure names what its operation does not have"
                );
            }
            fields.push(name);
        }
        self
    }

    /// A failure with a code that is only known at run time, such as that of a response of another
    /// service. Its message is the document's for the code, unless [`message`](Self::message) says
    /// otherwise.
    ///
    /// # Errors
    ///
    /// The document does not list the code for the operation. Passed on with `?`, that is an internal failure.
    pub fn try_new(code: E::Code) -> Result<Self, NotListed> {
        let text = code.to_string();
        if O::OPERATION.codes.contains(&text.as_str()) {
            Ok(Self::documented(code))
        } else {
            Err(NotListed {
                code: text,
                operation: O::OPERATION.id,
            })
        }
    }
}

/// The document does not list a code for an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotListed {
    code: String,
    operation: &'static str,
}

impl fmt::Display for NotListed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, operation } = self;
        write!(formatter, "the document does not list {code:?} for {operation}")
    }
}

impl Error for NotListed {}

impl<E: Envelope, O> fmt::Debug for Failure<E, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Failure").field(&self.0).finish()
    }
}

impl<E: Envelope, O> From<Rejection> for Failure<E, O> {
    fn from(rejection: Rejection) -> Self {
        Self::of(Kind::Rejected(rejection))
    }
}

impl<E: Envelope, O, X: Cause> From<X> for Failure<E, O> {
    fn from(cause: X) -> Self {
        Self::internal(cause.into_cause())
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use crate::router_tests::contract::codes::{NotAllowed, ShelfNotFound};
    use crate::router_tests::contract::{Code, Failure};
    use crate::router_tests::operations::{AddBook, FindBooks};

    fn forbidden() -> Failure<AddBook> {
        Failure::new(NotAllowed)
    }

    #[test]
    fn message_is_one_line_and_never_blank() {
        assert_eq!(forbidden().text(), "Not allowed.");
        assert_eq!(forbidden().message("a\r\nb").text(), "a  b");
        assert_eq!(forbidden().message(" \n").text(), "Not allowed.");
        let long = forbidden().message(format!("{}ü{}", "a".repeat(255), "b".repeat(100)));
        assert_eq!(long.text(), "a".repeat(255));
    }

    #[test]
    fn documented_message_names_the_parameters() {
        let failure: Failure<AddBook> = Failure::at(ShelfNotFound, "Sid");
        assert_eq!(failure.text(), "No shelf matches Sid.");
        let failure = failure.field("A,B");
        assert_eq!(failure.text(), "No shelf matches Sid, A, B.");
        let failure = failure.field("n".repeat(256));
        assert_eq!(failure.text(), "No shelf matches the parameter.");
        assert_eq!(failure.message("Look again.").text(), "Look again.");
    }

    #[test]
    fn empty_names_add_no_field() {
        let failure: Failure<AddBook> = Failure::at(ShelfNotFound, "Sid").field("").field("Sid2");
        assert_eq!(failure.fields(), ["Sid", "Sid2"]);
        let failure = (0..2000).fold(failure.field("n".repeat(257)), |failure, _| failure.field("Sid"));
        assert_eq!((failure.fields().len(), failure.fields()[2]), (1000, "Sid"));
    }

    #[test]
    fn names_that_the_operation_does_not_have_fail_the_first_test() {
        let failure: Failure<FindBooks> = Failure::at(ShelfNotFound, "Cover");
        assert_eq!(failure.fields(), ["Cover"]);
        let failure: Failure<FindBooks> = Failure::at(ShelfNotFound, "Covre");
        assert_eq!(failure.code(), Code::Internal);
        let cause = format!("{failure:?}");
        assert!(
            cause.contains("Covre")
                && cause.contains("is no parameter of findBooks and no member of its body"),
            "{cause}"
        );
    }

    #[test]
    fn codes_of_run_time_are_held_against_the_operation() {
        let failure = Failure::<AddBook>::try_new(Code::NotFound).unwrap();
        assert_eq!(
            (failure.code(), failure.text().as_str()),
            (Code::NotFound, "No shelf matches the parameter.")
        );
        let refused = Failure::<AddBook>::try_new(Code::Isbn).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the document does not list \"MALFORMED_ISBN\" for addBook"
        );
    }

    #[test]
    fn any_error_box_or_string_becomes_internal_without_its_text() {
        let boxed: Box<dyn Error + Send + Sync> = "secret".into();
        let failures: [Failure<AddBook>; 4] = [
            "secret".parse::<u8>().unwrap_err().into(),
            boxed.into(),
            "secret".into(),
            "secret".to_owned().into(),
        ];
        for failure in &failures {
            assert_eq!(failure.code(), Code::Internal);
            assert_eq!(failure.text(), "The server could not process the request.");
        }
        let [failure, ..] = failures;
        let failure = failure.field("Title").message("secret");
        assert!(failure.fields().is_empty());
        assert_eq!(failure.text(), "The server could not process the request.");
    }

    #[test]
    fn failure_is_small() {
        assert_eq!(size_of::<Failure<AddBook>>(), size_of::<usize>());
    }
}
