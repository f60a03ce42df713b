//! Business dates and the time zones that decide them.

use std::fmt;

use thiserror::Error;

use crate::timestamp::Timestamp;

/// A day in the organisation's calendar, without a time of day.
pub use jiff::civil::Date;

/// The text is not a date of the form `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a date of the form YYYY-MM-DD")]
pub struct DateError;

/// No time zone has this name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no time zone has this name")]
pub struct UnknownTimeZone;

/// Reads a date of the form `YYYY-MM-DD`, and no other form.
///
/// # Errors
/// [`DateError`] for other forms and for days that do not exist.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return Err(DateError);
    }
    text.parse().map_err(|_| DateError)
}

/// A time zone of the IANA database, which is compiled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone {
    name: String,
    zone: jiff::tz::TimeZone,
}

impl TimeZone {
    /// Finds a time zone by its IANA name, `Asia/Riyadh`.
    ///
    /// # Errors
    /// [`UnknownTimeZone`] when the database has no such name.
    pub fn parse(name: &str) -> Result<Self, UnknownTimeZone> {
        let zone = jiff::tz::TimeZone::get(name).map_err(|_| UnknownTimeZone)?;
        let name = zone.iana_name().ok_or(UnknownTimeZone)?.to_owned();
        Ok(Self { name, zone })
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The date that a clock on the wall shows in this zone.
    #[must_use]
    pub fn date_at(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at.as_jiff()).date()
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_decides_the_date() {
        let late = Timestamp::parse("2026-11-23T22:30:00Z").unwrap();

        assert_eq!(TimeZone::parse("Asia/Riyadh").unwrap().date_at(late).to_string(), "2026-11-24");
        assert_eq!(TimeZone::parse("UTC").unwrap().date_at(late).to_string(), "2026-11-23");
        assert_eq!(
            TimeZone::parse("America/New_York").unwrap().date_at(late).to_string(),
            "2026-11-23"
        );
    }

    #[test]
    fn only_one_form_of_a_date_is_read() {
        assert!(parse_date("2028-02-29").is_ok());
        for text in ["2026-02-29", "20260223", "2026-2-3", "2026-02-23T00:00", "٢٠٢٦-٠٢-٢٣", ""]
        {
            assert_eq!(parse_date(text), Err(DateError), "{text}");
        }
    }

    #[test]
    fn unknown_zones_are_refused() {
        assert_eq!(TimeZone::parse("Mars/Olympus"), Err(UnknownTimeZone));
    }
}
