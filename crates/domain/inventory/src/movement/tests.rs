//! Rules of posting and reversing movements.

mod floor;
mod posting;
mod returns;
mod reversing;
