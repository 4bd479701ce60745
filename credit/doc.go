// Package credit keeps what is needed to decide on a customer's credit (SPEC
// C1–C3): how much of the credit line is left and whether an order fits in it,
// sales to date, and the notes and settings that people edit.
//
// # The credit line
//
// Available is the limit less all that the customer stands for:
//
//	available = limit − (A/R balance + open orders + further exposures)
//
// The A/R balance is the Balance of the aged report, from which unapplied
// credits are already taken off. A deposit is one of these: Line shows it apart,
// and never takes it off again. Line.Check says of an order whether it is
// allowed, allowed with a warning, or blocked, and for which reasons.
//
// # Sales and dates
//
// MonthToDate, YearToDate, Deposits and AccountDate are read off documents and
// orders. Those that read an Account take the Scope of whoever asks, and know of
// nothing at other locations.
//
// # Profiles
//
// A Profile has what people set and write down: limit, status, terms, notes, the
// last call. Edit changes it in a Book, which the host stores: it finds out
// which fields changed, and the Book writes the profile and a Change for each of
// them in one step. Two edits at once do not overwrite each other: the later one
// is ErrStale.
//
// The terms of a profile are for documents to come. What is posted has its due
// date, which no edit of a profile moves.
//
// A profile is of the customer and at no location. Any scope that views a
// location reads it (Book.Profile), and its trail (Book.Changes); one that may
// modify a location edits it.
//
// # Errors
//
// Errors are returned when amounts of two currencies meet (*ar.MismatchError);
// for a deposit below zero and an order that is not above zero (ErrAmount); for
// the available credit of a line without a limit (ErrNoLimit); for a scope that
// views nothing (ledger.ErrNoLocations) or, to edit, modifies nothing
// (ErrReadOnly); for a profile that is not valid; and when a profile was changed
// meanwhile (ErrStale).
package credit
