//! Customers, tax, totals, invoices, numbering and payments as pure rules and ports.
