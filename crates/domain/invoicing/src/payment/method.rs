//! Which way money went, how, and whether it counts.

/// Declares an enum of names that the API and the database share.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident[$count:literal] {
        $($(#[$variant_meta:meta])* $variant:ident => $code:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// Every one of them.
            pub const ALL: [Self; $count] = [$(Self::$variant,)+];

            /// The name in the API and in the database.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// Finds one by its name.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.code() == code)
            }
        }
    };
}

named! {
    /// Which way money went.
    Direction[2] {
        /// A party paid us.
        In => "in",
        /// We paid a party.
        Out => "out",
    }
}
named! {
    /// How money went.
    PaymentMethod[5] {
        /// Notes and coins.
        Cash => "cash",
        /// A transfer between banks.
        BankTransfer => "bank_transfer",
        /// A card.
        Card => "card",
        /// A cheque.
        Cheque => "cheque",
        /// Anything else.
        Other => "other",
    }
}
named! {
    /// Whether a payment counts.
    PaymentState[2] {
        /// It counts.
        Posted => "posted",
        /// It was recorded by mistake.
        Void => "void",
    }
}
