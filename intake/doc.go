// Package intake reads open items from outside: ReadItems turns comma-separated
// text into the ledger.Item that the aged report takes.
//
// # The text
//
// The text is UTF-8, with or without a byte-order mark, in the form of RFC
// 4180: cells may be quoted, and a quoted cell may hold delimiters, doubled
// quotes and line breaks. Its first line is the header. ItemItemColumns says which of
// the header's columns are read, and what they mean; the others are ignored.
// Space around a cell does not count. A line in which every cell is empty is
// skipped.
//
// # What a row gives
//
// Amount is the item's outstanding. An unapplied credit is negative: with a
// minus before or after it, U+2212 among them, or in parentheses. The due
// date is the row's own, and its terms are not read then; else it follows from
// the row's terms, which may be a code of the host's own; else from
// ItemOptions.DefaultTerms; else the item is due on its date. A settled date is the
// first day the item is open no more: it is open from its date until the day
// before (SPEC A2).
//
// # Errors
//
// Every fault of every row is reported, with line, column, value and what would
// be right. Errors are given for
//
//   - a header that is missing, lacks a column, or has it twice, and a text in
//     UTF-16 (ErrHeader);
//   - a row of more or fewer cells than the header (csv.ErrFieldCount), or with
//     a stray quote (csv.ErrQuote, csv.ErrBareQuote);
//   - an empty customer (ledger.ErrNoCustomer), an empty document date
//     (ledger.ErrNoDate), an empty amount (ar.ErrSyntax);
//   - a date of another form than Format.DateLayout (ar.ErrSyntax), of a day
//     that does not exist (ar.ErrNoSuchDay), or outside years 1 to 9999
//     (ar.ErrDateRange);
//   - a settled date before the document date (ledger.ErrClosedEarly);
//   - an amount that is no plain decimal number, such as NaN or 1E+05, or is
//     grouped in another way than Format says (ar.ErrSyntax); that has more
//     decimals than its currency, unless Format.Rounding is named
//     (ar.ErrTooPrecise); or that is too long (ar.ErrTooLarge);
//   - a currency that is not known (ar.ErrUnknownCurrency) or cannot carry
//     amounts (ar.ErrNoMinorUnits);
//   - terms that are neither a code of the host's nor terms that duedate.Parse
//     reads (ar.ErrSyntax), or that give no date (*duedate.StepError);
//   - a disputed cell that is neither yes nor no (ar.ErrSyntax);
//   - a document number that the same customer has had already (ErrDuplicate);
//   - a cell that is not UTF-8 (ar.ErrSyntax).
//
// A due date before the document date is allowed, as prepayments have it, but
// gives a warning (ErrDueEarly); so does a second name for one customer
// (ErrOtherName).
package intake
