// Package ledger holds what is owed: customers and their open items.
//
// An Item is one open item of a customer as the aged report reads it: a debit
// (an invoice, a charge) with a positive outstanding amount, or an unapplied
// credit with a negative one. It is small, at most 96 bytes, because reports
// stream tens of millions of them; what only people read (names, footnotes,
// terms) is looked up by key where it is shown.
//
// Sources of items are iter.Seq2[Item, error] and stop after the first error;
// Items makes one of a slice.
package ledger
