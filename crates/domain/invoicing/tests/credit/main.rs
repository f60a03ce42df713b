//! Credit notes by the cumulative method: worked examples, refusals and properties.
#[cfg(test)]
mod build;
#[cfg(test)]
mod digest;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod worked_examples;
