//! Points in time as they are on the wire: whole seconds since 1970, UTC. Reads no clock.

use std::fmt;
use std::time::{Duration, SystemTime};

use super::nullable::Nullable;

/// A point in time in whole Unix seconds: converts between the integer of a field with `format: unix-time` and
/// the standard library's [`SystemTime`].
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use fonedynamics_contract::UnixTime;
///
/// let created: i64 = 1_500_000_000;
/// let time = UnixTime::from(created).to_system_time().unwrap();
/// assert_eq!(time, SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000));
///
/// let schedule: i64 = UnixTime::from(time + Duration::from_millis(3_600_999)).into();
/// assert_eq!(schedule, 1_500_003_600);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(i64);

impl UnixTime {
    /// The whole seconds since 1970; negative before.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The same point in time, or `None` where this system has no such time.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        }
    }
}

impl From<i64> for UnixTime {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<UnixTime> for i64 {
    fn from(time: UnixTime) -> Self {
        time.0
    }
}

impl From<SystemTime> for UnixTime {
    /// The second that a point in time lies in. Beyond the range of the number, its nearest end.
    fn from(time: SystemTime) -> Self {
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self(i64::try_from(after.as_secs()).unwrap_or(i64::MAX)),
            Err(error) => {
                let before = error.duration();
                let begun = u64::from(before.subsec_nanos() > 0);
                let seconds = i64::try_from(before.as_secs().saturating_add(begun));
                Self(seconds.map_or(i64::MIN, |seconds| seconds.saturating_neg()))
            }
        }
    }
}

impl From<i64> for Nullable<UnixTime> {
    fn from(seconds: i64) -> Self {
        Self::Value(seconds.into())
    }
}

impl From<SystemTime> for Nullable<UnixTime> {
    fn from(time: SystemTime) -> Self {
        Self::Value(time.into())
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::UnixTime;

    #[test]
    fn seconds_survive_the_way_there_and_back() {
        for seconds in [0, 1, -1, 1_500_000_000, -5_000_000_000, 253_402_300_799] {
            let time = UnixTime::from(seconds).to_system_time().unwrap();
            assert_eq!(UnixTime::from(time).seconds(), seconds);
        }
    }

    #[test]
    fn part_of_a_second_belongs_to_the_second_before_it() {
        let half = Duration::from_millis(500);
        assert_eq!(UnixTime::from(SystemTime::UNIX_EPOCH + half).seconds(), 0);
        assert_eq!(UnixTime::from(SystemTime::UNIX_EPOCH - half).seconds(), -1);
    }

    #[test]
    fn extreme_numbers_do_not_overflow() {
        for seconds in [i64::MIN, i64::MIN + 1, i64::MAX] {
            if let Some(time) = UnixTime::from(seconds).to_system_time() {
                assert_eq!(UnixTime::from(time).seconds(), seconds);
            }
        }
    }
}
