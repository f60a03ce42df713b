//! The Gaara ERP core: facade library and binary.
