//! Payments: recorded, allocated, taken back, voided.

mod allocate_payment;
mod change_payment;
mod record_payment;
mod remove_allocation;
mod settle;
mod state;
mod void_payment;

pub use allocate_payment::{AllocatePayment, AllocatePaymentError};
pub use change_payment::{ChangePayment, ChangePaymentError};
pub use record_payment::{RecordPayment, RecordPaymentError};
pub use remove_allocation::{RemoveAllocation, RemoveAllocationError};
pub use settle::{SettleError, WrittenAllocation};
pub use state::PeriodLocked;
pub use void_payment::{VoidPayment, VoidPaymentFailure, VoidedPayment};
