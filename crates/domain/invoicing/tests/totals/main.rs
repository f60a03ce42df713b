//! The totals of documents against published examples, laws, and a second computation.
#[cfg(test)]
mod build;
#[cfg(test)]
mod en16931;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod rational;
#[cfg(test)]
mod recomputation;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod worked_examples;
