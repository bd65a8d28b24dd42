//! How long a server asks to wait. Reads headers only, and no clock of this machine.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// The wait that `Retry-After` asks for: seconds, or a point in time, which is measured from the `Date` of
/// the same response. `None` where there is no such header, or where it cannot be parsed.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = header_text(headers, RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than fit are still a wait, and a long one.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(header_text(headers, DATE)?).ok()?;
    Some(then.duration_since(now).unwrap_or_default())
}

fn header_text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

    use super::retry_after;

    fn asked(wait: &str, date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, wait.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        retry_after(&headers)
    }

    #[test]
    fn seconds_are_read_however_many() {
        assert_eq!(asked("0", None), Some(Duration::ZERO));
        assert_eq!(asked(" 120 ", None), Some(Duration::from_secs(120)));
        let endless = asked("99999999999999999999999", None);
        assert_eq!(endless, Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn point_in_time_is_measured_from_the_date_of_the_response() {
        let then = "Wed, 21 Oct 2015 07:28:30 GMT";
        assert_eq!(
            asked(then, Some("Wed, 21 Oct 2015 07:28:00 GMT")),
            Some(Duration::from_secs(30))
        );
        assert_eq!(
            asked(then, Some("Wed, 21 Oct 2015 08:00:00 GMT")),
            Some(Duration::ZERO)
        );
        assert_eq!(asked(then, None), None);
    }

    #[test]
    fn what_cannot_be_parsed_is_no_wait() {
        for text in ["", "-1", "1.5", "soon", "12 parsecs"] {
            assert_eq!(asked(text, Some("Wed, 21 Oct 2015 08:00:00 GMT")), None, "{text}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
