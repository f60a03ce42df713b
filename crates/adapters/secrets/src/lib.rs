//! Secrets from the environment and from files, behind one port.
