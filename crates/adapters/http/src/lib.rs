//! The HTTP API, by actix-web and utoipa.
