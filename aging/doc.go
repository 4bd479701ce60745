// Package aging computes the aged receivables report: what each customer owes,
// by how long it has been due (SPEC A1–A10).
//
// Compute reads open items from a slice, ComputeSeq from an iterator; both do
// the same. An item is in the report when its document date is on or before
// the as-of date, it is not closed by then, and something is outstanding;
// LeftOut says how many were not. Its bucket follows from the day offset, the
// as-of date minus the basis date, which is the due date unless Options say
// otherwise. Where the balances of one day are to be aged on another, such as
// those of a quarter's end on the day they are looked at, Options.AgedAsOf is
// the day that offsets, buckets and past due count to.
//
// # Guarantees
//
// Every Report satisfies, exactly and in every currency:
//
//   - a row's Total is the sum of its buckets, and its Balance is Total plus
//     Apart minus Unapplied;
//   - a total is the sum of the rows, column by column, whatever page is shown;
//   - the balances add up to the outstanding amounts of the items that are in;
//     with Excluded, to those of all that are open;
//     Compute and ComputeSeq add them up on a second route and fail rather than
//     return a report that disagrees;
//   - the order of the items makes no difference;
//   - Merge of the reports of two sets of items is the report of both.
//
// Sums have no limit: beyond 64 bits they go on in integers of any size.
//
// A Report holds no items. Detail, Explain and Revalue take the source again and
// answer by the same code which items are behind a row or a cell, why an item is
// where it is, and what it was booked at.
//
// # Doors
//
// Compute, ComputeSeq and ComputeColumns give the same report of the same
// items. A Book keeps items and has their report always at hand: as they are
// added, paid and removed, as the as-of date moves, and for any other day.
//
// # Unapplied credits
//
// An item with a negative outstanding amount is an unapplied credit. It is in
// no bucket, but in a column of its own: Unapplied, a positive amount. Rows keep
// debits and credits apart, so that reports merge. Once merged, Treat gives a
// report that has the credits aged, taken off the oldest debits, or left out
// (SPEC A3). Whatever becomes of them, a row's Credits is their amount, and
//
//	Balance = Total + Apart − Unapplied
//
// is the same, but where they are left out. No treatment applies anything.
//
// # Currencies
//
// There is a row for each currency. Convert gives a report in one currency, at
// the rates given, in which each amount is rounded and sums are sums of what is
// shown; Exchanges has what that makes of each currency, and by how much it
// differs from totals converted in one piece. Revalue says how far the items
// are from what they were booked at (SPEC A8).
//
// # The way down
//
// From a total to a row, from a row to its items by Detail.Cell, which splits
// any Figure of it, treated and converted ones too, and from an item of a
// ledger.Account to its allocations by ExplainDocument (SPEC A7).
//
// # Disputes and holds
//
// Disputed debits and those on hold age as all others, or are excluded, or have
// a column of their own (SPEC L7): Options.Exclude and Apart. What is in neither
// a bucket nor the balance is told nevertheless, by number and amount.
//
// A hold with dates can stop an item's clock. Its age by adjusted days is
// that by the calendar less the held days since it fell due, of which the source
// says how many there were up to the as-of date. Details and explanations tell
// both; Options.Adjusted has buckets go by adjusted days. Past due is always by
// the calendar, so that a hold hides nothing that is late.
//
// # Receipts after the as-of date
//
// What came in after the as-of date says which of the balances are still to be
// collected. Where Options.Receipts is set and the source has it, it is added up
// in a column that nothing else knows of (SPEC A3): Receipts, a positive amount.
// Any item below zero dated after the as-of date is taken for one; a source that
// has credit notes of such dates leaves them out, as ledger.Account.Receipts
// does.
package aging
