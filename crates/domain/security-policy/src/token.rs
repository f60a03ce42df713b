//! How long tokens live.

use std::time::Duration;

/// How long an access token works: 15 minutes.
pub const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_mins(15);
