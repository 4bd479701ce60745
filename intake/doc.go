// Package intake reads what a host's other systems write as comma-separated
// text: open items (ReadItems), or the documents, allocations and statuses that
// open items follow from (ReadLedger).
//
// # The text
//
// A text is UTF-8, with or without a byte-order mark, in the form of RFC 4180:
// cells may be quoted, and a quoted cell may hold delimiters, doubled quotes and
// line breaks. Its first line is the header. ItemColumns, DocumentColumns,
// AllocationColumns and StatusColumns say which of the header's columns are read,
// and what they mean; the others are ignored. Format says how dates and amounts
// are written. Space around a cell does not count. A line in which every cell is
// empty is skipped.
//
// # Items
//
// Amount is the item's outstanding. An unapplied credit is negative: with a
// minus before or after it, U+2212 among them, or in parentheses. The due
// date is the row's own, and its terms are not read then; else it follows from
// the row's terms, which may be a code of the host's own; else from
// ItemOptions.DefaultTerms; else the item is due on its date. A settled date is
// the first day the item is open no more: it is open from its date until the day
// before (SPEC A2).
//
// # Documents, allocations and statuses
//
// They become ledger.Facts, and the accounts that ledger.Accounts makes of them,
// from which the open items of any date follow (SPEC L1, L2). There may be many
// files of each, such as one of invoices and one of payments; IDs are unique in
// all of them together. The order of files and of rows does not matter.
//
// A document's kind is a word of the host's (DocumentFile.Kinds), or a kind's own
// text form. The kind says which way the amount counts, so amounts are above
// zero; a text that writes credits below zero is DocumentFile.Signed, and one may
// have a column for debits and one for credits. There the side must be that of
// the kind. A debit in parts has a row for each part, with the part's number,
// amount, and due date or terms, and everything else as in its other rows.
//
// An allocation's amount is in the currency of its debit. With a date in Reversed
// it has a reversal. One that came along with another, as a discount does with a
// payment, names it in With: only then does undoing the payment undo its discount
// too (SPEC P6). What texts cannot say, a host can add: new dates of payments
// (ledger.Redate), as exports have a payment's date as it is now; and instalments
// by formula (duedate.Schedule), which have no text form.
//
// # Errors
//
// Every fault of every row is reported, with file, line, column, value and what
// would be right. A row is good or bad as a whole. Of all texts, errors are given
// for
//
//   - a header that is missing, lacks a column, or has it twice, and a text in
//     UTF-16 (ErrHeader);
//   - a row of more or fewer cells than the header (csv.ErrFieldCount), or with
//     a stray quote (csv.ErrQuote, csv.ErrBareQuote);
//   - a cell that is not UTF-8 (ar.ErrSyntax);
//   - an empty customer (ledger.ErrNoCustomer), an empty date of an item or a
//     document (ledger.ErrNoDate), an empty amount (ar.ErrSyntax);
//   - a date of another form than Format.DateLayout (ar.ErrSyntax), of a day
//     that does not exist (ar.ErrNoSuchDay), or outside years 1 to 9999
//     (ar.ErrDateRange);
//   - an amount that is no plain decimal number, such as NaN or 1E+05, or is
//     grouped in another way than Format says (ar.ErrSyntax); that has more
//     decimals than its currency, unless Format.Rounding is named
//     (ar.ErrTooPrecise); or that is too long (ar.ErrTooLarge);
//   - a currency that is not known (ar.ErrUnknownCurrency) or cannot carry
//     amounts (ar.ErrNoMinorUnits);
//   - terms that are neither a code of the host's nor terms that duedate.Parse
//     reads (ar.ErrSyntax), or that give no date (*duedate.StepError);
//   - a disputed or on-hold cell that is neither yes nor no (ar.ErrSyntax).
//
// Of items, besides, for a settled date before the document date
// (ledger.ErrClosedEarly), and a document number that the same customer has had
// already (ErrDuplicate).
//
// Of a ledger, besides, for an ID that is missing (ledger.ErrNoID) or taken
// (ledger.ErrDuplicateID), a word that is no kind (ar.ErrSyntax), an amount that
// is not above zero (ledger.ErrNotPositive) or not on the side of its kind
// (ar.ErrSyntax), a rate that is not above zero (ledger.ErrRate), parts that do
// not make one document (ledger.ErrParts), a document or an allocation that is
// not there (ledger.ErrUnknownDocument, ledger.ErrUnknownAllocation) or whose row
// is bad (ErrDepends); and for whatever ledger.Accounts refuses, as the
// *ledger.FactError, in the row that the fact came from.
//
// A due date before the document date is allowed, as prepayments have it, but
// gives a warning (ErrDueEarly); so does a second name for one customer
// (ErrOtherName).
package intake
