//! What every adapter of a port must do, as one function per behaviour.

pub mod accounts;
pub mod api_keys;
pub mod catalogue;
pub mod categories;
pub mod concurrency;
pub mod credits;
pub mod document_lists;
pub mod document_storm;
pub mod documents;
pub mod exchange;
pub mod holding;
pub mod idempotency;
pub mod issuing;
pub mod keys;
pub mod levels;
pub mod links;
pub mod lists;
pub mod movements;
mod paper;
pub mod parties;
pub mod passkeys;
pub mod rate_limiter;
pub mod reorder;
pub mod reports;
pub mod reservations;
pub mod roles;
pub mod round_trip;
pub mod second_factors;
pub mod series;
pub mod sessions;
pub mod settlement;
pub mod settlement_storm;
mod shelf;
mod stock;
pub mod stock_lists;
pub mod stock_reports;
pub mod stocktake_lists;
pub mod stocktakes;
pub mod store;
pub mod storm;
pub mod throttle;
pub mod token_lists;
pub mod turnover;

/// Gives every behaviour of a store, as `module: name,`, to a macro of the caller's, after what
/// the caller gives it besides.
#[macro_export]
macro_rules! store_behaviours {
    ($write:ident ($($besides:tt)*)) => {
        $write! { ($($besides)*)
            store: a_failed_line_undoes_the_lines_before_it,
            store: a_refused_invoice_gives_its_number_back,
            store: a_dropped_transaction_leaves_nothing,
            store: a_future_dropped_at_any_poll_leaves_all_or_nothing,
            store: a_view_neither_sees_nor_waits_for_an_open_writer,
            store: without_permission_nothing_changes,
            store: audit_row_and_event_come_and_go_with_their_effect,
            store: the_audit_log_is_found_by_request_and_by_time,
            concurrency: ten_first_receipts_at_once_all_count,
            concurrency: twenty_at_once_on_fifteen_pieces_sell_exactly_fifteen,
            concurrency: movements_across_each_other_do_not_wait_for_ever,
            concurrency: two_issues_of_one_draft_give_one_number,
            concurrency: payments_at_once_never_exceed_the_debt,
            concurrency: the_last_credit_is_given_once,
            concurrency: two_changes_of_one_version_give_one_stale,
            concurrency: two_who_set_up_at_once_give_one_organisation,
            concurrency: a_refresh_token_is_traded_once,
            storm: fifty_sellers_on_twenty_pieces_sell_exactly_twenty,
            storm: a_thousand_movements_in_opposite_orders_all_get_through,
            storm: a_stocktake_posted_during_five_hundred_issues_takes_its_own_difference,
            issuing: two_hundred_issues_with_every_fifth_refused_leave_no_gap,
            accounts: the_last_passwords_are_kept,
            accounts: all_sessions_of_a_user_end_but_one,
            sessions: live_sessions_are_listed_the_latest_first,
            sessions: one_session_too_many_ends_the_oldest,
            sessions: what_is_over_is_forgotten_with_its_tokens,
            sessions: a_token_is_saved_as_traded_once,
            sessions: tokens_that_stopped_working_are_forgotten,
            token_lists: what_was_revoked_is_listed_and_forgotten,
            token_lists: every_signing_key_has_a_number_of_its_own,
            token_lists: what_ends_is_over_everywhere_within_two_seconds,
            token_lists: a_token_that_was_taken_back_is_over_everywhere,
            token_lists: keys_published_at_once_have_two_numbers,
            roles: a_fresh_store_has_the_built_in_roles,
            roles: what_a_role_allows_counts_at_the_next_request,
            roles: a_role_in_use_is_not_removed,
            roles: giving_and_removing_a_role_at_once_leaves_nobody_without_one,
            roles: the_last_administrator_stays,
            second_factors: a_second_factor_is_read_back_in_every_state,
            second_factors: a_recovery_code_works_once_and_for_its_owner,
            second_factors: a_recovery_code_is_used_by_one_of_many,
            second_factors: a_challenge_is_kept_until_it_is_over,
            second_factors: the_roles_that_need_a_second_factor_are_those_put_last,
            second_factors: a_session_tells_when_its_user_was_proven,
            passkeys: passkeys_are_listed_until_they_are_removed,
            passkeys: a_credential_stands_once,
            passkeys: the_use_of_a_passkey_is_noted_once,
            passkeys: a_question_to_a_device_is_answered_once,
            api_keys: a_key_is_found_with_its_owner_until_it_is_removed,
            api_keys: the_use_of_a_key_is_noted_once_in_a_while,
            api_keys: keys_are_listed_with_what_they_were_made_for,
            links: a_user_has_one_link_at_most,
            links: links_are_due_until_they_were_mailed,
            links: an_administrator_without_a_password_does_not_count,
            categories: a_category_moves_with_everything_below_it,
            categories: two_moves_at_once_never_make_a_circle,
            categories: a_category_in_use_is_not_removed,
            holding: no_product_hangs_on_a_category_that_is_gone,
            holding: a_unit_changes_its_base_before_it_is_used_or_not_at_all,
            holding: nothing_archived_has_stock,
            holding: the_last_piece_lets_a_product_be_archived,
            holding: of_two_batches_with_one_sku_one_is_told,
            catalogue: products_are_found_by_what_they_have,
            catalogue: a_change_is_found_by_its_new_words,
            idempotency: a_repeated_key_has_its_effect_once,
            idempotency: a_key_of_another_request_is_refused,
            idempotency: a_key_is_free_after_a_day_and_after_a_failure,
            idempotency: fifty_at_once_with_one_key_have_one_effect,
            keys: every_unique_key_names_itself,
            round_trip: what_is_written_is_read_back,
            round_trip: what_is_saved_replaces_what_was_there,
            round_trip: an_invoice_of_many_lines_is_read_back,
            documents: a_purchase_and_its_note_are_read_back,
            documents: a_draft_is_written_again_and_removed,
            documents: notes_and_tags_are_all_that_changes,
            documents: what_notes_took_back_is_added_up,
            documents: a_suppliers_reference_stands_once,
            documents: what_is_left_of_notes_lowers_what_is_owed,
            documents: the_movement_of_a_document_is_found,
            document_lists: documents_are_listed_by_every_filter,
            document_lists: a_list_tells_names_as_they_were_frozen,
            document_storm: notes_at_once_never_take_back_too_much,
            document_storm: two_drafts_of_notes_take_the_last_once,
            document_storm: paying_crediting_and_voiding_at_once_agree,
            lists: every_order_gives_each_row_once,
            lists: every_order_of_what_products_refer_to,
            lists: filters_keep_what_matches,
            parties: what_parties_say_is_saved_and_found,
            parties: a_customer_with_open_business_stays_in_use,
            parties: a_supplier_with_open_business_stays_in_use,
            parties: a_customer_is_archived_or_invoiced_never_both,
            parties: archived_customers_are_listed_apart,
            parties: tax_rates_are_listed_by_their_days,
            parties: what_is_to_be_paid_is_rounded_to_the_smallest_coin,
            series: series_are_read_back_in_every_state,
            series: series_are_listed,
            series: a_kind_has_one_default,
            series: two_who_become_the_default_at_once_leave_one,
            series: closing_a_series_while_it_is_used_leaves_no_gap,
            series: n_03_a_draft_has_no_number_to_lose,
            series: what_no_document_has_is_a_gap,
            movements: a_movement_of_every_kind_is_read_back,
            movements: a_cancelled_draft_is_read_back,
            movements: a_movement_is_reversed_once,
            movements: a_movement_is_saved_only_from_the_state_before,
            movements: what_came_back_is_added_up,
            movements: changes_are_added_up_by_day,
            levels: a_level_remembers_its_last_cost,
            levels: a_level_that_does_not_exist_is_not_saved,
            levels: layers_are_read_as_far_as_they_are_needed,
            levels: what_became_of_layers_is_kept,
            reorder: what_is_below_its_minimum_is_to_be_ordered,
            turnover: however_much_moves_every_day_can_be_told,
            stock_lists: the_ledger_is_walked_both_ways_under_every_filter,
            stock_lists: levels_as_of_a_day_leave_out_what_came_later,
            stock_lists: movements_are_listed_by_every_filter,
            stock_lists: the_movement_of_an_invoice_is_found_by_it,
            stock_reports: every_valuation_adds_up_to_the_levels,
            reports: what_is_owed_agrees_with_the_documents,
            credits: what_is_used_up_by_now_was_left_before,
            reports: statements_run_on_from_one_to_the_next,
            reports: sales_agree_with_the_documents,
            reports: the_tax_return_agrees_with_the_documents,
            reservations: a_reservation_is_read_back_in_every_state,
            reservations: what_is_reserved_is_not_there_for_others,
            reservations: a_movement_keeps_a_promise_and_frees_the_rest,
            reservations: what_has_ended_is_ended,
            reservations: a_promise_expires_without_a_timer,
            reservations: a_promise_is_of_one_product_in_one_warehouse,
            reservations: promising_and_taking_at_once_never_exceeds_what_is_there,
            reservations: a_promise_is_kept_once,
            reservations: reservations_are_listed,
            reservations: a_sale_keeps_a_promise,
            stocktakes: a_stocktake_is_read_back_in_every_state,
            stocktakes: what_moves_after_a_count_does_not_change_the_difference,
            stocktakes: a_line_that_nobody_counted_stays_when_that_is_meant,
            stocktakes: a_line_that_nobody_counted_becomes_nothing_when_that_is_meant,
            stocktakes: the_books_of_a_count_are_the_ledger_up_to_its_sequence,
            stocktakes: two_stocktakes_never_count_the_same,
            stocktakes: a_count_is_of_what_is_in_scope,
            stocktakes: a_difference_never_takes_what_is_promised,
            stocktakes: a_gain_needs_a_cost,
            stocktakes: a_stocktake_is_posted_once,
            stocktake_lists: stocktakes_and_their_lines_are_listed,
            exchange: a_rate_is_read_back_and_replaced,
            exchange: the_rate_of_a_day_is_the_latest_one_until_then,
            exchange: one_of_ten_sets_the_first_rate_of_a_day,
            exchange: exchange_rates_are_listed,
            settlement: a_foreign_invoice_freezes_the_rate_of_its_day,
            settlement: a_payment_of_every_kind_is_read_back,
            settlement: instalments_are_frozen_with_the_invoice,
            settlement: allocations_come_and_go_with_their_gain,
            settlement: a_void_payment_gives_back_what_it_settled,
            settlement: payments_are_listed_by_every_filter,
            settlement_storm: a_hundred_payments_of_ten_pay_five_hundred_once,
            settlement_storm: a_payment_is_spent_once,
            settlement_storm: taking_back_and_allocating_at_once_keep_the_sums,
            stocktake_lists: a_category_is_counted_with_all_below_it,
        }
    };
}

/// Writes one test per behaviour of a store.
///
/// The argument is an expression that makes an empty, migrated store and whatever keeps it alive:
/// a future of `(Arc<impl Store>, guard)`.
///
/// ```ignore
/// gaara_testkit::store_contract!(async { (Arc::new(MemoryStore::new()), ()) });
/// ```
#[macro_export]
macro_rules! store_contract {
    ($make:expr) => {
        use $crate::store_contract_tests;
        $crate::store_behaviours! { store_contract_tests ($make) }
    };
}

/// What [`store_contract`] writes.
#[doc(hidden)]
#[macro_export]
macro_rules! store_contract_tests {
    (($make:expr) $($module:ident: $name:ident,)+) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                let (store, guard) = $make.await;
                let store: std::sync::Arc<dyn $crate::Store> = store;
                $crate::contract::$module::$name(store).await;
                drop(guard);
            }
        )+
    };
}

/// Writes one test per behaviour of a throttle.
///
/// The argument is an expression that makes a throttle which has counted nothing: a future of
/// `(Arc<impl Throttle>, guard)`.
#[macro_export]
macro_rules! throttle_contract {
    ($make:expr) => {
        $crate::throttle_contract! { @tests $make;
            five_at_once_and_then_one_every_twelve_seconds,
            after_a_minute_of_rest_five_are_allowed_again,
            a_refusal_says_when_to_come_back_and_costs_nothing,
            a_refunded_try_was_never_made,
            a_refund_of_an_unknown_key_gives_nothing,
            forgotten_tries_were_never_made,
            keys_do_not_share_a_limit,
            of_fifty_at_the_same_time_exactly_five_are_allowed,
        }
    };
    (@tests $make:expr; $($name:ident,)+) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                let (throttle, guard) = $make.await;
                let throttle: std::sync::Arc<dyn $crate::Throttle> = throttle;
                $crate::contract::throttle::$name(throttle).await;
                drop(guard);
            }
        )+
    };
}

/// Writes one test per behaviour of a limiter of requests.
///
/// The argument is an expression that makes a limiter: a future of
/// `(Arc<impl RateLimiter>, guard)`.
#[macro_export]
macro_rules! rate_limiter_contract {
    ($make:expr) => {
        $crate::rate_limiter_contract! { @tests $make;
            a_burst_passes_and_the_next_is_told_when_to_come_back,
            what_is_left_is_told,
            a_refusal_costs_nothing,
            keys_do_not_share_a_limit,
            of_fifty_at_once_exactly_five_pass,
        }
    };
    (@tests $make:expr; $($name:ident,)+) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                let (limiter, guard) = $make.await;
                let limiter: std::sync::Arc<dyn $crate::RateLimiter> = limiter;
                $crate::contract::rate_limiter::$name(limiter).await;
                drop(guard);
            }
        )+
    };
}
