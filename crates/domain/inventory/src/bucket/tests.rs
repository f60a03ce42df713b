//! Rules of cost.
