//! Days of the civil calendar as they are on the wire: `2026-01-31`. Reads no clock.

use std::fmt;
use std::str::FromStr;

/// How many days 1970 is after the first day of the year 0, counted from March.
const EPOCH: i64 = 719_468;
/// How many days 400 years have.
const CYCLE: i64 = 146_097;

/// A day of the civil calendar, from year 0 to year 9999: converts between the string of a field with
/// `format: date` and its parts.
///
/// ```
/// use fonedynamics_contract::Date;
///
/// let born: Date = "2024-02-29".parse().unwrap();
/// assert_eq!((born.year(), born.month(), born.day()), (2024, 2, 29));
/// let field: String = Date::new(2026, 1, 31).unwrap().into();
/// assert_eq!(field, "2026-01-31");
/// assert!("2026-02-29".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if there is one.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => return None,
        };
        (year <= 9999 && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The days since 1970; negative before.
    pub(super) fn days(self) -> i64 {
        // Years are counted from March, so that the day which not every year has is their last.
        let month = i64::from(self.month);
        let (year, month) = if month > 2 {
            (0, month - 3)
        } else {
            (-1, month + 9)
        };
        let year = i64::from(self.year) + year;
        let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        cycle * CYCLE + year * 365 + year / 4 - year / 100 + of_year - EPOCH
    }

    /// The day so many days after 1970, if its year has four digits.
    pub(super) fn from_days(days: i64) -> Option<Self> {
        let days = days.checked_add(EPOCH)?;
        let (cycle, of_cycle) = (days.div_euclid(CYCLE), days.rem_euclid(CYCLE));
        let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
        let of_year = of_cycle - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (next, month) = if month < 10 {
            (0, month + 3)
        } else {
            (1, month - 9)
        };
        let year = cycle * 400 + year + next;
        Self::new(
            u16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }
}

/// Why a string is not a date, or not a date and a time. Does not hold the string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MalformedDateTime {
    /// The date is not four, two and two digits with `-` between them, or there is no such day.
    Date,
    /// No `T` is after the date, or no time of the day, seconds included. A second numbered 60 is none.
    Time,
    /// There is no offset after the time: neither `Z` nor hours and minutes such as `+10:00`.
    Offset,
}

impl fmt::Display for MalformedDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Date => "a date is a day that exists, such as 2026-01-31",
            Self::Time => "a time has hours, minutes and seconds, such as 09:30:00",
            Self::Offset => "a time ends with its offset, such as Z or +10:00",
        })
    }
}

impl std::error::Error for MalformedDateTime {}

/// A number of exactly so many digits at the start of a text, and what follows it.
pub(super) fn digits(text: &str, count: usize) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| is_number)?, rest))
}

/// The date at the start of a text, and what follows it.
pub(super) fn leading(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let date = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some((date, rest))
}

impl FromStr for Date {
    type Err = MalformedDateTime;

    fn from_str(text: &str) -> Result<Self, MalformedDateTime> {
        match leading(text) {
            Some((date, "")) => Ok(date),
            _ => Err(MalformedDateTime::Date),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn every_day_follows_the_one_before_it() {
        let first = Date::new(0, 1, 1).unwrap().days();
        let last = Date::new(9999, 12, 31).unwrap().days();
        let mut before = None;
        for days in first..=last {
            let date = Date::from_days(days).unwrap();
            assert_eq!(date.days(), days, "{date}");
            assert!(before < Some(date), "{date}");
            before = Some(date);
        }
        assert_eq!(
            (Date::from_days(first - 1), Date::from_days(last + 1)),
            (None, None)
        );
        assert_eq!(Date::from_days(0).unwrap().to_string(), "1970-01-01");
        assert_eq!(last - first + 1, 3_652_425);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-00-01",
            "2026-01-00",
            "2026-1-01",
            "+026-01-01",
            "2026-01-01 ",
            "20260101",
            "2026-01-0\u{661}",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text:?}");
        }
        for text in ["2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }
}
