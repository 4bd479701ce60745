// Package ledger holds what customers owe: their documents, what was paid of
// them, and what is open on any date.
//
// # Facts
//
//	Customer ──< Document (debit) ──< Part
//	    │            │  └──< Status
//	    │        Allocation ── Reversal
//	    │            │
//	    └────< Document (credit) ──< Redate
//
// A Document is a debit (an invoice, a charge, a refund …) or a credit (a
// payment, a credit note, a discount …). An Allocation applies part of a credit
// to a debit from a date on, and a Reversal ends that. A Redate gives a payment
// another date; a Status says when a dispute or a hold begins and ends. None of
// these is ever rewritten: a correction is one more fact.
//
// # Account
//
// An Account is the facts of one customer, in whatever order they come, and
// proof that they fit together: NewAccount and Account.Add report every fault
// at once or return an account that never changes. It answers as of any date,
// past or present:
//
//   - Open: the open items, and Items: the same for the aged report;
//   - Receipts: the money that came in after a date;
//   - Balance: debits less credits, per currency;
//   - Explain: amount − each allocation = outstanding, and what a Scope may know
//     of that;
//   - HeldDays: for how long a hold stopped the ageing clock.
//
// As of a date, what is dated on it counts: documents dated on or before it,
// and allocations that began on or before it and are not reversed on or before
// it (SPEC L2).
//
// Adjust and Redate make the facts of a balance adjustment and of a payment's
// new date, to be added. Accounts takes the facts of many customers apart.
//
// # Items
//
// An Item is one open item of a customer as the aged report reads it: a debit
// with a positive outstanding amount, or an unapplied credit with a negative
// one. It is small, at most 96 bytes, because reports stream tens of millions of
// them; what only people read (names, footnotes, terms) is looked up by key
// where it is shown. A host that has open items already needs no Account.
//
// Sources of items are iter.Seq2[Item, error] and stop after the first error;
// Items makes one of a slice, and Join one of several.
package ledger
