//! The `Content-Encoding` of responses: gzip, with the cargo feature of that name. Changes nothing about a body that
//! is not encoded as its header says.

use reqwest::header::{CONTENT_ENCODING, HeaderMap, HeaderValue};

/// The value of `Accept-Encoding`.
pub(crate) const ACCEPTED: HeaderValue = HeaderValue::from_static(if cfg!(feature = "gzip") {
    "gzip"
} else {
    "identity"
});

/// The decoded body, of which at most one byte is beyond the limit; the body itself where it cannot be decoded.
pub(super) fn decode(headers: &HeaderMap, body: Vec<u8>, limit: usize) -> Vec<u8> {
    let encoding = headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
    match encoding {
        Some(name) if name.eq_ignore_ascii_case(b"gzip") || name.eq_ignore_ascii_case(b"x-gzip") => {
            gunzip(&body, limit).unwrap_or(body)
        }
        _ => body,
    }
}

#[cfg(feature = "gzip")]
fn gunzip(body: &[u8], limit: usize) -> Option<Vec<u8>> {
    use std::io::Read as _;

    let mut decoded = Vec::new();
    let most = u64::try_from(limit).ok()?.checked_add(1)?;
    let mut decoder = flate2::bufread::MultiGzDecoder::new(body).take(most);
    decoder.read_to_end(&mut decoded).ok()?;
    Some(decoded)
}

#[cfg(not(feature = "gzip"))]
fn gunzip(_body: &[u8], _limit: usize) -> Option<Vec<u8>> {
    None
}

#[cfg(test)]
#[cfg(feature = "gzip")]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};
    use reqwest::header::{CONTENT_ENCODING, HeaderMap};

    use super::decode;

    fn headers(encoding: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_ENCODING, encoding.parse().unwrap())])
    }

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn encoded_body_is_decoded_up_to_the_limit() {
        let encoded = gzip(&[b'x'; 1000]);
        for (name, limit, length) in [("GZIP", 1001, 1000), ("x-gzip", 1000, 1000), ("gzip", 99, 100)] {
            let body = decode(&headers(name), encoded.clone(), limit);
            assert_eq!(body, vec![b'x'; length], "{name}");
        }
    }

    #[test]
    fn body_that_is_not_encoded_as_its_header_says_is_kept() {
        let mut torn = gzip(b"{}");
        torn.pop();
        for body in [b"{}".to_vec(), torn] {
            assert_eq!(decode(&headers("gzip"), body.clone(), 1000), body);
        }
        let encoded = gzip(b"{}");
        for headers in [headers("br"), headers("gzip, gzip"), HeaderMap::new()] {
            assert_eq!(decode(&headers, encoded.clone(), 1000), encoded);
        }
    }
}
