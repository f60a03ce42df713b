//! Port contracts, fixtures, a stopped clock and counted ids.
