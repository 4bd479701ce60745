// Package statement assembles customer statements, keeps them, and produces
// them for many customers at once (SPEC S1–S6, R1–R5).
//
// # Statements
//
// A Statement is what a customer owes at the end of a period's last day, with a
// Section for each currency. It comes in two forms (SPEC S1):
//
//   - OpenItem lists all that is open: debits, however old, and unapplied
//     credits, with what is outstanding summed up line by line;
//   - BalanceForward begins with the opening balance, lists the documents dated
//     in the period with the balance after each, and ends with the closing
//     balance. It needs an account.
//
// Both have an ageing box, what is open of debits by bucket, on any bucket.Set;
// the unapplied credits beside it; and a summary box (SPEC S3) of what is overdue
// and what is current, of which DueNow and NotYetDue are the parts:
//
//	balance = total of the ageing box − unapplied
//	total   = overdue + due now + not yet due
//
// Overdue is what is past its due date; or, by the rule OnStatement, what is
// besides on an earlier saved statement as unpaid: in a line, or, being older than
// the period of one in balance-forward form, in its opening balance and still open
// at its end. An account tells that it was; of a bare item that is open it is
// assumed.
//
// FromAccount makes a statement of an account, FromItems of bare open items, and
// ByCustomer those of all customers from the open items of all; FromReport does
// that where their aged report is there already, such as that of a live book.
// Making one changes nothing: no due date, no bucket (SPEC S6).
//
// # Scopes
//
// A statement is made in a scope, and shows the documents at the locations that
// it views (SPEC A4). What is outstanding of these is the truth, also where a
// payment received elsewhere paid for it. In balance-forward form the sum of what
// was so applied, Section.Elsewhere, is a line of its own: without it the lines
// would not add up. Nothing else about other locations shows anywhere.
//
// # Saved statements
//
// Preview saves nothing; Save and Email save a Record (SPEC S4): when it was made,
// the period, the balances, and all that the statement says, in a format with a
// version. Record.Statement reads it, so a reprint says what was said, whatever
// was paid since. Records.Records lists them, Find opens one, Resend sends it
// again (SPEC S5). The host sends, by its Mailer; what failed to send stays saved
// and is not marked as sent. SendRuns sends what is not marked of whole runs. Who
// saves or sends may modify all locations that the record is for, as with runs; to
// preview and to find it is enough to view them.
//
// A payment that a saved statement shows keeps its date, and none goes to before
// the last statement (SPEC L6). RedateLimits tells beforehand what the caller may
// know of that, and CheckRedates is what a store asks when it writes a new date.
//
// # Runs
//
// A Run makes the statements of many customers (SPEC R1–R5). Its Criteria say for
// whom: who is selected, what they owe at which locations, and whether a recent
// statement of the period leaves them out. Preview counts them, Eligible lists
// them, and Generate makes their statements, each a record of its own, up to a
// cap. One customer's failure is reported, and the others proceed. The same run,
// called again after whatever ended it, goes on without a duplicate.
//
// A run reads the open items once, customer by customer, and saves meanwhile; it
// holds no more memory for many customers than for few.
//
// # Collections
//
// CollectRuns makes one document of the statements of a run, or of several such as
// the batches of a month (SPEC R5), CollectInvoices one of the open invoices of
// selected customers (SPEC A11). The host renders, by its Renderer, a sequence of
// sheets that are statements or invoices; render.Sheets does that.
//
// # Format
//
// Version 1 of a record's content is a JSON object. Amounts are texts of the
// section's currency, dates 2006-01-02; what is empty, zero or false is left out.
//
//	{"customer":"C-1","name":"Harbour Foods","from":"2026-03-01","to":"2026-03-31",
//	 "form":"open-item","overdue_rule":"past-due","buckets":[{"label":"Current","to":0},…],
//	 "sections":[{"currency":"EUR",
//	  "lines":[{"document":"d1","number":"INV-1","kind":"invoice","date":"2026-02-10","due":"2026-03-01",
//	   "amount":"100.00","outstanding":"70.00","days_past_due":30,"balance":"70.00"}],
//	  "balance":"70.00","amounts":["0.00","70.00",…],"overdue":"70.00"}]}
//
// Reading it refuses keys that it does not know, and amounts that do not add up.
// The format of a version never changes, nor is a version ever given up.
//
// # Errors
//
// Errors are returned for a period or buckets that are not there, a customer that
// has no ID or is not there (ledger.ErrUnknownCustomer), invalid items, a scope
// that views nothing (ledger.ErrNoLocations), a statement that ends before the
// cut-over date and has nothing outstanding (ErrBeforeCutover), an aged report of
// something else (ErrReport), a record that is saved already (ErrSaved,
// ErrRecent), is not there or not in the scope (ErrNoRecord), has another format
// (ErrVersion, ErrContent) or does not add up (ErrUnbalanced), for what was sent
// but could not be marked (ErrSentUnmarked), for criteria that contradict
// themselves (ErrCriteria), locations that statements may not be saved or sent for
// (*ledger.LocationError), a store that does not keep customers in order
// (ErrOrder), a collection of nobody, of nothing or of too much (ErrNoCustomers,
// ErrNoInvoices, *CapError) or that failed (*DownloadError), a date that a payment
// may not have (ledger.ErrOnStatement, ledger.ErrBeforeStatement), and those of
// the store and the Mailer. Nothing has been saved then, unless the error or the
// Result of a run says so.
package statement
