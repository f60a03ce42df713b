//! How roles and users are listed.

use gaara_kernel::sort_fields;

sort_fields! {
    /// The fields a list of keys may be sorted by.
    ApiKeySort {
        /// The name.
        Name => "name", text;
        /// When the key was made.
        CreatedAt => "created_at", integer;
    }
}

sort_fields! {
    /// The fields a list of roles may be sorted by.
    RoleSort {
        /// The code.
        Code => "code", text;
        /// When the role was made.
        CreatedAt => "created_at", integer;
    }
}

sort_fields! {
    /// The fields a list of users may be sorted by.
    UserSort {
        /// The user name.
        Username => "username", text;
        /// When the user was added.
        CreatedAt => "created_at", integer;
    }
}
