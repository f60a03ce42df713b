//! The units that every organisation begins with.

use gaara_kernel::{BilingualText, Code, Timestamp, UnitId, Version};

use super::{Decimals, Unit, UnitBase};
use crate::factor::Factor;

/// A unit that has no id yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// The code products and documents name it by.
    pub code: Code,
    /// The name.
    pub name: BilingualText,
    /// How finely it is counted.
    pub decimals: Decimals,
    /// What one is in its base unit.
    pub base: Option<UnitBase>,
}

impl NewUnit {
    /// The unit, once it has an id.
    #[must_use]
    pub fn into_unit(self, id: UnitId, now: Timestamp) -> Unit {
        let Self { code, name, decimals, base } = self;
        let version = Version::FIRST;
        Unit { id, code, name, decimals, base, created_at: now, updated_at: now, version }
    }
}

/// Code, English and Arabic name, decimals, and the exact factor to a base.
type Row = (&'static str, &'static str, &'static str, u8, Option<(&'static str, u64, u64)>);

/// The codes are those of UNECE Recommendation 20 and their everyday forms. Bases stand before
/// what is told in them. Feet, inches, pounds and ounces are exact since 1959.
#[rustfmt::skip]
const ROWS: [Row; 56] = [
    ("EA", "Each", "حبة", 0, None),
    ("C62", "One", "واحدة", 0, Some(("EA", 1, 1))),
    ("PCE", "Piece", "قطعة", 0, Some(("EA", 1, 1))),
    ("PCS", "Pieces", "قطع", 0, Some(("EA", 1, 1))),
    ("H87", "Piece (H87)", "قطعة (H87)", 0, Some(("EA", 1, 1))),
    ("PR", "Pair", "زوج", 0, Some(("EA", 2, 1))),
    ("DZN", "Dozen", "دزينة", 0, Some(("EA", 12, 1))),
    ("GRO", "Gross", "قروصة", 0, Some(("EA", 144, 1))),
    ("MIL", "Thousand", "ألف", 0, Some(("EA", 1_000, 1))),
    ("SET", "Set", "طقم", 0, None),
    ("PK", "Pack", "عبوة", 0, None),
    ("BOX", "Box", "علبة", 0, None),
    ("BX", "Box (BX)", "صندوق", 0, None),
    ("CTN", "Carton", "كرتون", 0, None),
    ("CT", "Carton (CT)", "كرتونة", 0, None),
    ("BG", "Bag", "كيس", 0, None),
    ("BO", "Bottle", "زجاجة", 0, None),
    ("CA", "Can", "علبة معدنية", 0, None),
    ("RO", "Roll", "لفة", 0, None),
    ("SH", "Sheet", "لوح", 0, None),
    ("PF", "Pallet", "منصة نقالة", 0, None),
    ("E48", "Service unit", "وحدة خدمة", 2, None),
    ("LS", "Lump sum", "مبلغ مقطوع", 0, None),
    ("KG", "Kilogram", "كيلوغرام", 3, None),
    ("KGM", "Kilogram (KGM)", "كيلوغرام (KGM)", 3, Some(("KG", 1, 1))),
    ("G", "Gram", "غرام", 3, Some(("KG", 1, 1_000))),
    ("GRM", "Gram (GRM)", "غرام (GRM)", 3, Some(("KG", 1, 1_000))),
    ("MG", "Milligram", "ميليغرام", 3, Some(("KG", 1, 1_000_000))),
    ("T", "Tonne", "طن", 6, Some(("KG", 1_000, 1))),
    ("TNE", "Tonne (TNE)", "طن (TNE)", 6, Some(("KG", 1_000, 1))),
    ("LB", "Pound", "رطل", 3, Some(("KG", 45_359_237, 100_000_000))),
    ("OZ", "Ounce", "أونصة", 3, Some(("KG", 45_359_237, 1_600_000_000))),
    ("L", "Litre", "لتر", 3, None),
    ("LTR", "Litre (LTR)", "لتر (LTR)", 3, Some(("L", 1, 1))),
    ("ML", "Millilitre", "ميليلتر", 3, Some(("L", 1, 1_000))),
    ("M3", "Cubic metre", "متر مكعب", 6, Some(("L", 1_000, 1))),
    ("M", "Metre", "متر", 3, None),
    ("MTR", "Metre (MTR)", "متر (MTR)", 3, Some(("M", 1, 1))),
    ("CM", "Centimetre", "سنتيمتر", 3, Some(("M", 1, 100))),
    ("MM", "Millimetre", "مليمتر", 3, Some(("M", 1, 1_000))),
    ("KM", "Kilometre", "كيلومتر", 6, Some(("M", 1_000, 1))),
    ("FT", "Foot", "قدم", 3, Some(("M", 3_048, 10_000))),
    ("IN", "Inch", "بوصة", 3, Some(("M", 254, 10_000))),
    ("M2", "Square metre", "متر مربع", 3, None),
    ("MTK", "Square metre (MTK)", "متر مربع (MTK)", 3, Some(("M2", 1, 1))),
    ("MIN", "Minute", "دقيقة", 2, None),
    ("HUR", "Hour", "ساعة", 2, Some(("MIN", 60, 1))),
    ("HOUR", "Hour (HOUR)", "ساعة (HOUR)", 2, Some(("MIN", 60, 1))),
    ("DAY", "Day", "يوم", 2, Some(("MIN", 1_440, 1))),
    ("WEE", "Week", "أسبوع", 2, Some(("MIN", 10_080, 1))),
    ("MON", "Month", "شهر", 2, None),
    ("ANN", "Year", "سنة", 2, Some(("MON", 12, 1))),
    ("KWH", "Kilowatt hour", "كيلوواط ساعة", 3, None),
    ("MWH", "Megawatt hour", "ميغاواط ساعة", 6, Some(("KWH", 1_000, 1))),
    ("TRP", "Trip", "رحلة", 0, None),
    ("USR", "User", "مستخدم", 0, None),
];

/// The units that every organisation begins with; bases come before what is told in them.
#[must_use]
pub fn standard_units() -> Vec<NewUnit> {
    ROWS.iter().filter_map(unit).collect()
}

fn unit((code, en, ar, digits, base): &Row) -> Option<NewUnit> {
    let base = match base {
        Some((code, numerator, denominator)) => Some(UnitBase {
            code: Code::parse(code).ok()?,
            factor: Factor::try_new(*numerator, *denominator).ok()?,
        }),
        None => None,
    };
    Some(NewUnit {
        code: Code::parse(code).ok()?,
        name: BilingualText::try_new(Some(ar), Some(en)).ok()?,
        decimals: Decimals::try_new(*digits)?,
        base,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_a_unit_of_its_own_name() {
        let units = standard_units();
        assert_eq!(units.len(), ROWS.len());
        let codes: BTreeSet<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
        let names: BTreeSet<Option<&str>> = units.iter().map(|unit| unit.name.ar()).collect();
        assert_eq!((codes.len(), names.len()), (ROWS.len(), ROWS.len()));
    }

    #[test]
    fn a_base_has_no_base_and_stands_before_what_is_told_in_it() {
        let units = standard_units();
        for (place, unit) in units.iter().enumerate() {
            let Some(base) = &unit.base else { continue };
            let at = units.iter().position(|other| other.code == base.code).unwrap();
            assert!(at < place && units[at].base.is_none(), "{}", unit.code);
        }
    }
}
