//! A request that failed: what handlers return, and what every check before them ends in.
//!
//! Does not decide on a status: that is the document's business, asked for when the answer is written.

use std::error::Error;

use fonedynamics_contract::{Envelope, Fault};

use crate::faulted::Faulted;

/// The failure of one request, generic over the envelope that will carry it.
///
/// Not an error type itself, so that every error type can convert into it with `?`. Such an error is
/// answered as an internal failure: its text goes to the log and never to the caller.
#[derive(Debug)]
pub struct Failure<E: Envelope>(Box<Kind<E>>);

#[derive(Debug)]
pub(crate) enum Kind<E: Envelope> {
    /// Raised by a handler, so the code is checked against those of the operation.
    Raised {
        code: E::Code,
        message: String,
        fields: Vec<String>,
    },
    /// A broken constraint of the document. Its code needs no check: the document derives it.
    Violated {
        code: E::Code,
        message: String,
        fields: Vec<String>,
    },
    /// A failure outside a handler, or one that a handler did not foresee.
    Faulted(Faulted),
}

impl<E: Envelope> Failure<E> {
    /// A failure that the document lists for the operation. Raising any other code is answered as a failure
    /// of the server, and logged.
    ///
    /// `message` is for people: one line that says what would be right. It must not repeat values of the
    /// request or tell internals. Line breaks become spaces, and where it is blank the code stands in.
    #[must_use]
    pub fn new(code: E::Code, message: impl Into<String>) -> Self {
        let mut message = message.into();
        if message.contains(char::is_control) {
            message = message.replace(char::is_control, " ");
        }
        if message.trim().is_empty() {
            message = format!("{code}.");
        }
        Self(Box::new(Kind::Raised {
            code,
            message,
            fields: Vec::new(),
        }))
    }

    /// Adds the wire name of a parameter at fault. An empty name adds nothing, and so does any name on a
    /// failure that is internal.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>) -> Self {
        match &mut *self.0 {
            Kind::Raised { fields, .. } | Kind::Violated { fields, .. } => {
                let name = name.into();
                if !name.is_empty() {
                    fields.push(name);
                }
            }
            Kind::Faulted(_) => {}
        }
        self
    }

    /// A failure of the server. The cause goes to the log and never to the caller.
    #[must_use]
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Faulted::because(Fault::Internal, cause).into()
    }

    /// The code that the answer carries, provided that the document lists it for the operation.
    #[must_use]
    pub fn code(&self) -> E::Code {
        match &*self.0 {
            Kind::Raised { code, .. } | Kind::Violated { code, .. } => code.clone(),
            Kind::Faulted(faulted) => E::code_of_fault(faulted.fault),
        }
    }

    /// The text that the answer carries.
    #[must_use]
    pub fn message(&self) -> &str {
        match &*self.0 {
            Kind::Raised { message, .. } | Kind::Violated { message, .. } => message,
            Kind::Faulted(faulted) => faulted.fault.message(),
        }
    }

    /// The wire names of the parameters at fault, in the order of the answer.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        match &*self.0 {
            Kind::Raised { fields, .. } | Kind::Violated { fields, .. } => {
                fields.iter().map(String::as_str).collect()
            }
            Kind::Faulted(faulted) => faulted.field.into_iter().collect(),
        }
    }

    pub(crate) fn violated(code: E::Code, message: String, fields: Vec<String>) -> Self {
        Self(Box::new(Kind::Violated {
            code,
            message,
            fields,
        }))
    }

    pub(crate) fn into_kind(self) -> Kind<E> {
        *self.0
    }
}

impl<E: Envelope> From<Faulted> for Failure<E> {
    fn from(faulted: Faulted) -> Self {
        Self(Box::new(Kind::Faulted(faulted)))
    }
}

impl<E: Envelope, X: Error + Send + Sync + 'static> From<X> for Failure<E> {
    fn from(cause: X) -> Self {
        Self::internal(cause)
    }
}

#[cfg(test)]
mod tests {
    use crate::router_tests::contract::{Code, Failure};

    #[test]
    fn message_is_one_line_and_never_blank() {
        assert_eq!(Failure::new(Code::Forbidden, "a\r\nb").message(), "a  b");
        assert_eq!(Failure::new(Code::Forbidden, " \n").message(), "NOT_ALLOWED.");
    }

    #[test]
    fn empty_names_add_no_field() {
        let failure = Failure::new(Code::Invalid, "Wrong.")
            .field("")
            .field("Sid")
            .field("Sid2");
        assert_eq!(failure.fields(), ["Sid", "Sid2"]);
    }

    #[test]
    fn any_error_becomes_internal_without_its_text() {
        fn read() -> Result<u8, Failure> {
            Ok("secret".parse::<u8>()?)
        }
        let failure = read().unwrap_err();
        assert_eq!(failure.code(), Code::Internal);
        assert_eq!(failure.message(), "The server could not process the request.");
        assert!(failure.field("Title").fields().is_empty());
    }

    #[test]
    fn failure_is_small() {
        assert_eq!(size_of::<Failure>(), size_of::<usize>());
    }
}
