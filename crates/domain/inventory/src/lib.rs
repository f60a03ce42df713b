//! Products, warehouses, stock levels and movements as pure rules and ports.
