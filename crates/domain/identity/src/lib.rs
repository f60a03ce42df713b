//! Users, roles, permissions and sessions as pure rules and ports.
