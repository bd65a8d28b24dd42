//! Reads a response of HTTP/1 from bytes. Opens no connection and judges nothing.

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// Why the body is not whole; `None` where it is.
    pub(super) cut: Option<&'static str>,
}

/// Why no more bytes come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// More may come.
    Open,
    Closed,
    TimedOut,
    TooLong,
}

/// What the bytes so far are.
#[derive(Debug)]
pub(super) enum Read {
    Complete(Response),
    /// No response yet, or none at all; why.
    Incomplete(&'static str),
}

/// How many headers a response may have.
const HEADERS: usize = 100;

impl Response {
    /// The first header with a name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Ending {
    fn reason(self) -> &'static str {
        match self {
            Self::Open | Self::Closed => "connection closed",
            Self::TimedOut => "timed out",
            Self::TooLong => "endless",
        }
    }
}

/// Reads the response in the bytes, those of 1xx left out. While the connection is open, only one whose end is known.
pub(super) fn read(bytes: &[u8], ending: Ending) -> Read {
    let mut rest = bytes;
    loop {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut head = httparse::Response::new(&mut headers);
        let length = match head.parse(rest) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) if ending == Ending::Closed && !rest.is_empty() => {
                return Read::Incomplete("broken off");
            }
            Ok(httparse::Status::Partial) => return Read::Incomplete(ending.reason()),
            // Also while it is open: nothing that follows makes it HTTP. The caller reads on until its limits.
            Err(_) => return Read::Incomplete("not HTTP"),
        };
        let after = rest.get(length..).unwrap_or_default();
        let status = head.code.unwrap_or_default();
        if (100..200).contains(&status) {
            rest = after;
            continue;
        }
        let mut response = Response {
            status,
            headers: head
                .headers
                .iter()
                .map(|header| {
                    let value = String::from_utf8_lossy(header.value).into_owned();
                    (header.name.to_lowercase(), value)
                })
                .collect(),
            body: Vec::new(),
            cut: None,
        };
        let body = body(&response, after);
        response.body = body.bytes;
        match (body.is_whole, ending) {
            (Whole::Yes, _) | (Whole::AtTheEnd, Ending::Closed) => {}
            (Whole::No | Whole::AtTheEnd, Ending::Open) => return Read::Incomplete("connection closed"),
            (Whole::No, Ending::Closed) => response.cut = Some("broken off"),
            (Whole::No | Whole::AtTheEnd, _) => response.cut = Some(ending.reason()),
        }
        return Read::Complete(response);
    }
}

struct Body {
    bytes: Vec<u8>,
    is_whole: Whole,
}

#[derive(Clone, Copy)]
enum Whole {
    Yes,
    No,
    /// Where the connection ends.
    AtTheEnd,
}

fn body(response: &Response, bytes: &[u8]) -> Body {
    if matches!(response.status, 204 | 304) {
        return Body {
            bytes: Vec::new(),
            is_whole: Whole::Yes,
        };
    }
    let is_chunked = response
        .header("transfer-encoding")
        .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    if is_chunked {
        return chunks(bytes);
    }
    match response
        .header("content-length")
        .and_then(|length| length.parse().ok())
    {
        Some(length) => Body {
            bytes: bytes.get(..length).unwrap_or(bytes).to_vec(),
            is_whole: if bytes.len() < length {
                Whole::No
            } else {
                Whole::Yes
            },
        },
        None => Body {
            bytes: bytes.to_vec(),
            is_whole: Whole::AtTheEnd,
        },
    }
}

/// Undoes the chunked coding, as far as it goes.
fn chunks(mut rest: &[u8]) -> Body {
    let mut bytes = Vec::new();
    let mut is_whole = Whole::No;
    while let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest) {
        if size == 0 {
            is_whole = Whole::Yes;
            break;
        }
        let data = rest.get(start..).unwrap_or_default();
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let Some((chunk, after)) = data.split_at_checked(size) else {
            bytes.extend(data);
            break;
        };
        bytes.extend(chunk);
        rest = after.get(2..).unwrap_or_default();
    }
    Body { bytes, is_whole }
}
