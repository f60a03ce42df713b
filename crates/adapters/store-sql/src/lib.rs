//! The store on SQLite and PostgreSQL, by sea-orm.
