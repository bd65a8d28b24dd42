//! Points in time as RFC 3339 writes them: `2026-01-31T09:30:00+10:00`. Reads no clock.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use super::date::{self, Date, MalformedDateTime};
use super::unix_time::UnixTime;

/// How many seconds a day has; leap seconds have no number of their own.
const DAY: i64 = 86_400;

/// A date and a time in RFC 3339 form: converts between the string of a field with `format: date-time` and the
/// standard library's [`SystemTime`]. The string stays as it is, with its offset.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use fonedynamics_contract::DateTime;
///
/// let created: DateTime = "2017-07-14T12:40:00.25+10:00".parse().unwrap();
/// let time = created.to_system_time().unwrap();
/// assert_eq!(time, SystemTime::UNIX_EPOCH + Duration::from_millis(1_500_000_000_250));
///
/// let field: String = DateTime::from(time).into();
/// assert_eq!(field, "2017-07-14T02:40:00.250Z");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: String,
    seconds: i64,
    nanoseconds: u32,
}

impl DateTime {
    /// The string, as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same point in time, or `None` where this system has no such time. Digits beyond nanoseconds are
    /// left out.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let second = UnixTime::from(self.seconds).to_system_time()?;
        second.checked_add(Duration::from_nanos(u64::from(self.nanoseconds)))
    }
}

/// The seconds of a time of the day, the nanoseconds after them, and what follows.
fn time(text: &str) -> Option<(i64, u32, &str)> {
    let (hour, rest) = date::digits(text.strip_prefix(['T', 't'])?, 2)?;
    let (minute, rest) = date::digits(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = date::digits(rest.strip_prefix(':')?, 2)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
    let Some(fraction) = rest.strip_prefix('.') else {
        return Some((seconds, 0, rest));
    };
    let end = fraction.find(|digit: char| !digit.is_ascii_digit());
    let (fraction, rest) = fraction.split_at(end.unwrap_or(fraction.len()));
    let nanoseconds = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    (!fraction.is_empty()).then_some((seconds, nanoseconds, rest))
}

/// The seconds that an offset is ahead of UTC.
fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let (hour, rest) = date::digits(text.strip_prefix(['+', '-'])?, 2)?;
    let (minute, rest) = date::digits(rest.strip_prefix(':')?, 2)?;
    let seconds = sign * (i64::from(hour) * 60 + i64::from(minute)) * 60;
    (hour <= 23 && minute <= 59 && rest.is_empty()).then_some(seconds)
}

impl FromStr for DateTime {
    type Err = MalformedDateTime;

    fn from_str(text: &str) -> Result<Self, MalformedDateTime> {
        let (date, rest) = date::leading(text).ok_or(MalformedDateTime::Date)?;
        let (of_day, nanoseconds, rest) = time(rest).ok_or(MalformedDateTime::Time)?;
        let offset = offset(rest).ok_or(MalformedDateTime::Offset)?;
        Ok(Self {
            text: text.to_owned(),
            seconds: date.days() * DAY + of_day - offset,
            nanoseconds,
        })
    }
}

impl From<SystemTime> for DateTime {
    /// A point in time in UTC. Beyond the years 0 to 9999, the nearest second that has a form.
    fn from(time: SystemTime) -> Self {
        let first = Date::new(0, 1, 1).map_or(0, Date::days) * DAY;
        let last = Date::new(9999, 12, 31).map_or(0, Date::days) * DAY + DAY - 1;
        let second = UnixTime::from(time);
        let seconds = second.seconds().clamp(first, last);
        let begun = second.to_system_time().filter(|_| seconds == second.seconds());
        let begun = begun.and_then(|begun| time.duration_since(begun).ok());
        let nanoseconds = begun.unwrap_or_default().subsec_nanos();
        let date = Date::from_days(seconds.div_euclid(DAY));
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        let of_day = seconds.rem_euclid(DAY);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        let fraction = match nanoseconds {
            0 => String::new(),
            some if some % 1_000_000 == 0 => format!(".{:03}", some / 1_000_000),
            some => format!(".{some:09}"),
        };
        Self {
            text: format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}Z"),
            seconds,
            nanoseconds,
        }
    }
}

impl From<DateTime> for String {
    fn from(time: DateTime) -> Self {
        time.text
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{DateTime, MalformedDateTime};

    fn seconds(text: &str) -> i64 {
        text.parse::<DateTime>().unwrap().seconds
    }

    #[test]
    fn offsets_count_from_utc() {
        assert_eq!(seconds("1970-01-01T00:00:00Z"), 0);
        assert_eq!(seconds("1970-01-01t10:30:00+10:30"), 0);
        assert_eq!(seconds("1969-12-31T19:00:00-05:00"), 0);
        assert_eq!(seconds("0000-01-01T00:00:00+23:59"), -62_167_305_540);
        assert_eq!(seconds("9999-12-31T23:59:59.999z"), 253_402_300_799);
    }

    #[test]
    fn what_is_no_time_is_refused_with_a_reason() {
        use MalformedDateTime::{Date, Offset, Time};
        for (text, reason) in [
            ("", Date),
            ("2026-02-29T00:00:00Z", Date),
            ("2026-01-31", Time),
            ("2026-01-31 09:30:00Z", Time),
            ("2026-01-31T24:00:00Z", Time),
            ("2026-01-31T23:59:60Z", Time),
            ("2026-01-31T09:30Z", Time),
            ("2026-01-31T09:30:00.Z", Time),
            ("2026-01-31T09:30:00", Offset),
            ("2026-01-31T09:30:00+1000", Offset),
            ("2026-01-31T09:30:00+24:00", Offset),
            ("2026-01-31T09:30:00ü", Offset),
            ("2026-01-31T09:30:00Z ", Offset),
        ] {
            assert_eq!(text.parse::<DateTime>(), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn times_of_the_system_survive_the_way_there_and_back() {
        let epoch = SystemTime::UNIX_EPOCH;
        for (time, text) in [
            (epoch, "1970-01-01T00:00:00Z"),
            (epoch - Duration::from_millis(1), "1969-12-31T23:59:59.999Z"),
            (
                epoch + Duration::new(951_868_799, 5),
                "2000-02-29T23:59:59.000000005Z",
            ),
        ] {
            let written = DateTime::from(time);
            assert_eq!(written.as_str(), text);
            assert_eq!(written.to_system_time(), Some(time));
            assert_eq!(text.parse::<DateTime>().unwrap(), written);
        }
        let beyond = epoch + Duration::from_secs(300_000_000_000);
        assert_eq!(DateTime::from(beyond).as_str(), "9999-12-31T23:59:59Z");
    }
}
