//! Reads a JSON body, and turns it into a type once its schema is satisfied.
//!
//! Never buffers more than the limit, and never sends the parser's message to a caller.

use std::{any, mem};

use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use fonedynamics_contract::{Envelope, Fault};
use http_body_util::{BodyExt as _, LengthLimitError};
use serde::de::DeserializeOwned;

use crate::failure::rejection::{ENCODING, Rejection};
use crate::limits::deadline::Late;
use crate::limits::request_body::has_cause;
use crate::request::admission::Input;
use crate::request::json;
use crate::validation::check::{Checked, Subject};
use crate::validation::expected::Expected;
use crate::validation::path::Path;
use crate::validation::value::Values;
use crate::validation::violations::InvalidValue;

/// The name under which a wrong media type is reported.
const TYPE: &str = "Content-Type";

/// Room for a body that only says that it is long. More is taken as more arrives.
const INITIAL_CAPACITY: usize = 16 * 1024;

impl<C, E: Envelope> Input<C, E> {
    /// Reads the required body, which must be of `media_type`: parameters of the type and the case of letters
    /// do not matter.
    ///
    /// Without any body, and only then, the header may be absent.
    ///
    /// # Errors
    ///
    /// If the media type is missing or another one, the body is still encoded, it is larger than the limit, or it is not exactly
    /// one JSON value in UTF-8, nested at most 127 deep, without a byte order mark, and with numbers that 64
    /// bits can hold, exactly or about.
    pub async fn read_json(&mut self, media_type: &'static str) -> Result<(), Rejection> {
        match declared(&self.exchange.parts.headers, media_type) {
            Declared::Other => Err(Rejection::at(Fault::MediaType, TYPE)),
            declared @ (Declared::Same | Declared::Nothing) => self.read_declared(declared).await,
        }
    }

    /// Reads a body that may be absent: then there may be any media type.
    ///
    /// # Errors
    ///
    /// As for [`read_json`](Self::read_json).
    pub async fn read_optional_json(&mut self, media_type: &'static str) -> Result<(), Rejection> {
        let declared = declared(&self.exchange.parts.headers, media_type);
        self.read_declared(declared).await
    }

    async fn read_declared(&mut self, declared: Declared) -> Result<(), Rejection> {
        let (limit, beyond) = match declared {
            // Without the type, or in a coding, only no body at all is right.
            Declared::Same if is_encoded(&self.exchange.parts.headers) => {
                (0, Rejection::at(Fault::MediaType, ENCODING))
            }
            Declared::Same => (self.body_limit, Rejection::new(Fault::TooLarge)),
            Declared::Nothing | Declared::Other => (0, Rejection::at(Fault::MediaType, TYPE)),
        };
        let bytes = collect(mem::take(&mut self.body), limit, beyond).await?;
        if !bytes.is_empty() {
            self.json = Some(json::parse(&bytes).map_err(|_| Rejection::new(Fault::Syntax))?);
        }
        Ok(())
    }

    /// Checks the body that was read, and turns it into a type. A documented member that occurs twice in its
    /// object is invalid; of an unknown one the last counts.
    ///
    /// Without any body, the required members are missing, or the body itself where it has none.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn body<T: DeserializeOwned>(
        &mut self,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<T, InvalidValue> {
        let (root, before) = (Path::root(), self.violations.count());
        let sent = self.json.take();
        let is_missing = sent.is_none();
        let sent = sent.unwrap_or_else(Values::of_empty_object);
        check(Checked::new(
            Subject::Json(sent.root()),
            root,
            &mut self.violations,
        ));
        if is_missing && self.violations.count() == before {
            self.violations.missing(&root);
        }
        if self.violations.count() > before {
            return Err(InvalidValue(()));
        }
        sent.into_type().map_err(|_| {
            // What the parser says may repeat what the caller sent, so it is not even logged.
            tracing::warn!(
                into = any::type_name::<T>(),
                "a body passed the check of its schema and does not fit its type"
            );
            self.violations.invalid(&root, Expected::Documented, None);
            InvalidValue(())
        })
    }

    /// Checks the body, if one was read, and turns it into a type. `None` where there is none, and where a
    /// violation was recorded instead.
    pub fn optional_body<T: DeserializeOwned>(
        &mut self,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        self.json.as_ref()?;
        self.body(check).ok()
    }
}

enum Declared {
    Nothing,
    Same,
    Other,
}

fn declared(headers: &HeaderMap, media_type: &str) -> Declared {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    match (values.next(), values.next()) {
        (None, _) => Declared::Nothing,
        (Some(value), None) if value == media_type => Declared::Same,
        (Some(value), None) => {
            let essence = value
                .to_str()
                .unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default();
            if essence.trim().eq_ignore_ascii_case(media_type) {
                Declared::Same
            } else {
                Declared::Other
            }
        }
        (Some(_), Some(_)) => Declared::Other,
    }
}

/// Whether a body has a coding that nothing has undone. Layers that do remove the header.
fn is_encoded(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(CONTENT_ENCODING).iter();
    codings.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// What became of a body that broke off. A layer may have a limit of its own; else it can no more be parsed than one
/// that is malformed.
fn interrupted(cause: axum::Error) -> Rejection {
    let fault = if has_cause::<Late>(&cause) {
        Fault::ReadTimeout
    } else if has_cause::<LengthLimitError>(&cause) {
        Fault::TooLarge
    } else {
        Fault::Syntax
    };
    Rejection::because(fault, cause)
}

/// The whole body, or `beyond` as soon as it is sure to exceed the limit. One that came in one piece is not copied.
async fn collect(mut body: Body, limit: usize, beyond: Rejection) -> Result<Bytes, Rejection> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(beyond);
    }
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(interrupted)?;
        if let Ok(chunk) = frame.into_data() {
            if chunk.len() > limit.saturating_sub(bytes.len()) {
                return Err(beyond);
            }
            if bytes.is_empty() && body.is_end_stream() {
                return Ok(chunk);
            }
            bytes.reserve(announced.min(INITIAL_CAPACITY).saturating_sub(bytes.len()));
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(bytes.into())
}
