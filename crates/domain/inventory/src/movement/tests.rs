//! Rules of posting and reversing movements.
