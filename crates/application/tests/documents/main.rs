//! Invoices and credit notes through their use cases, on the memory store.

#[cfg(test)]
mod content;
#[cfg(test)]
mod credit_notes;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod purchases;
#[cfg(test)]
mod snapshot;
#[cfg(test)]
mod states;
#[cfg(test)]
mod support;
#[cfg(test)]
mod taxes;
#[cfg(test)]
mod voiding;
#[cfg(test)]
mod writing;
