// Package ar holds the values of accounts-receivable ageing: days, currencies,
// amounts of money and rates. The packages below it compute with them when a
// document falls due, which ageing bucket it is in on a day, and what each
// customer owes.
//
// # Values
//
//   - Date is a civil day, without a time and a time zone.
//   - Currency is a code with its number of decimals.
//   - Money is a whole number of minor units of one currency.
//   - Rate and Percent are exact decimal factors.
//
// No value is ever rounded unless a Rounding is named, and no computation uses
// floating point. All values are immutable, have text, JSON and SQL forms, and
// come back from each of them unchanged. A zero value means "none": no date, no
// currency, zero of no currency.
//
// # The model
//
//	ledger.Account ──< ledger.Document >── ledger.Allocation   (ledger.Facts)
//	      │                 │   what is open on a date
//	ledger.Customer ──< ledger.Item ── Money (outstanding)
//	      │                 │  └────── Date  (document, posting, due, closed)
//	duedate.Terms ─────> due date
//	                        │   as-of date − basis date = day offset
//	bucket.Set ────────> bucket of the offset
//	                        │
//	                  aging.Report ──< aging.Row (one per customer and currency)
//
// A day offset is the as-of date minus the basis date in days: negative for a
// basis date that lies ahead, 0 on the day itself. An item is past due when the
// as-of date is after its due date. The as-of date is always an argument;
// nothing in the library reads a clock.
//
// # Packages
//
//   - duedate: terms of payment, from document date to due date; instalments
//     and early-payment discounts.
//   - bucket: sets of ageing buckets, from day offset to bucket.
//   - ledger: customers, the facts of their accounts, and open items.
//   - allocation: plans of where payments and credits go.
//   - aging: the aged report, its detail and its explanations; the live book.
//   - statement: customer statements, saved ones, and runs for many customers.
//   - credit: credit lines, sales to date, and audited credit profiles.
//   - intake: open items, or whole ledgers, from CSV.
//   - render: reports and statements as text, CSV, JSON and HTML.
//   - store: what a host's storage promises; an embedded one, and the suite that
//     proves one right.
//
// # Errors
//
// Errors say what was wrong, where, and what would be right. Those of reading a
// text are *ParseError; amounts of different currencies that meet give a
// *MismatchError; what a host may want to tell apart has a sentinel to match
// with errors.Is, such as ErrNoSuchDay or ErrTooPrecise. Nothing panics but the
// functions whose names begin with Must, which are for constants.
package ar
