//! How long a server asks to wait. Reads headers, and the clock of this machine where they need one.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// The wait that `Retry-After` asks for: seconds, or a point in time, which is measured from the `Date` of
/// the same response, or from this machine's clock where there is none. `None` where there is no such header, or
/// where it cannot be parsed.
#[expect(
    clippy::disallowed_methods,
    reason = "the server names a point in time and not what time it is"
)]
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    retry_after_at(headers, SystemTime::now())
}

fn retry_after_at(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = header_text(headers, RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than fit are still a wait, and a long one.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    let date = header_text(headers, DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    Some(then.duration_since(date.unwrap_or(now)).unwrap_or_default())
}

fn header_text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

    use super::{retry_after, retry_after_at};

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
    }

    #[test]
    fn point_in_time_without_a_date_is_measured_from_the_local_clock() {
        let then = "Wed, 21 Oct 2015 07:28:30 GMT";
        // Of a date that cannot be read, nothing is known either.
        for date in [None, Some("yesterday")] {
            assert_eq!(asked(then, date), Some(Duration::ZERO));
        }
        let headers = HeaderMap::from_iter([(RETRY_AFTER, then.parse().unwrap())]);
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480);
        assert_eq!(retry_after_at(&headers, now), Some(Duration::from_secs(30)));
    }

    #[test]
    fn what_cannot_be_parsed_is_no_wait() {
        for text in ["", "-1", "1.5", "soon", "12 parsecs"] {
            assert_eq!(asked(text, Some("Wed, 21 Oct 2015 08:00:00 GMT")), None, "{text}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
