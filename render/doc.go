// Package render writes aged reports, details and statements as text, CSV, JSON
// and HTML.
//
// [Report] writes the rows of an aging.Report, [Detail] the open items of an
// aging.Detail, [Statement] a statement.Statement, and [Sheets] one document of many
// statements or open invoices. Their options have a Format and are otherwise the
// same for all of these; what is written depends on the arguments alone.
//
// # Columns
//
// A view shows a run of buckets and folds the others into one column before
// and one beyond them, so that in every form
//
//	before + the buckets shown + beyond = total
//
// Some columns are there only where the report has something for them, behind
// the total and what is past due:
//
//   - apart, headed by what is in it, such as Disputed; unapplied credits; and,
//     where there is either, the balance, which is total + apart − unapplied;
//   - excluded, and receipts after the as-of date, which are in no balance;
//   - in CSV and JSON, all credits, where a treatment took some out of the
//     column of unapplied ones. Text says under the table which and how much.
//
// Under what was converted, text has each currency's balance, its rate, and
// what is shown of it. Totals are those of the whole report, whatever page of it
// is shown.
//
// A detail lists the open items, which make up the balance, and behind them the
// items that are excluded and the receipts.
//
// # Text
//
// A table for people: aligned by the width that characters take on a terminal,
// with separators of thousands and a dash for zero. An alert bucket above zero
// is red and a row's total bold, where Color asks for it (SPEC B4). Names and
// numbers come from outside: control characters and those that turn the
// direction of text are shown as U+FFFD, so that none can command a terminal or
// pass for another, and a name is cut after 40 columns. [Printable] does that to
// what a host writes itself, and [Amount] writes its amounts as they are here.
//
// # CSV
//
// A header and a line for each row or item, nothing else: totals are what the
// lines add up to. Every line has the as-of date, so that files can be joined,
// and, where that is another day, the day aged as of. Columns of buckets are
// headed by their labels, others as the keys of JSON are. Dates are 2006-01-02,
// amounts have a decimal point and no other separator. Of a detail's amount, the
// columns of buckets and behind these say where it belongs. Texts are written
// as they are, quoted where CSV asks for it: a name that a spreadsheet would
// take for a formula stays that name.
//
// # JSON
//
// One line, to be scripted against; the order of keys is fixed, and amounts are
// strings. A report is
//
//	{"as_of":"2012-12-31","buckets":["Current","1–30"],"rows":[
//	 {"customer":"C-1","currency":"USD","amounts":["10.00","2.50"],"total":"12.50","past_due":"2.50"}],
//	 "totals":[{"currency":"USD","amounts":["10.00","2.50"],"total":"12.50","past_due":"2.50"}]}
//
// and these come where they apply, and only there:
//
//   - another key for "customer": the name of the group, where a row is
//     something else (SPEC A9);
//   - "name" after it, where names are given;
//   - "aged_as_of" after "as_of", where it is another day;
//   - "apart", "unapplied", "balance", "excluded", "receipts" and "credits", in
//     this order, at the end of rows and totals, where the report has such columns;
//   - "before" and "beyond" where a view folds buckets: after "buckets" the
//     labels, after "amounts" the amounts. "buckets" and "amounts" are those
//     shown;
//   - "page" and "pages" before "rows", where a page is asked for.
//
// A detail is
//
//	{"as_of":"2012-12-31","customer":"C-1","buckets":["Current","1–30"],"items":[
//	 {"number":"R-7","date":"2012-11-16","due":"2012-12-16","currency":"USD","amount":"2.50","bucket":"1–30","days_past_due":15}],
//	 "totals":[…]}
//
// where "totals" are as in the report, and "bucket" is one of the labels, that of
// before and beyond included. For an item that is in none it is null, and
// "column" follows, one of "apart", "unapplied", "excluded" and "receipts", unless
// a treatment left nothing there; the amounts of credits are negative. Where the
// clock of any item was stopped, "days_adjusted" follows "days_past_due", which
// is by the calendar. "disputed":true, "on_hold":true and "footnote" follow where
// an item has them; the footnote is empty where its text is not given.
// "customer", and "name", are absent where there is no item. Bytes of a text that
// are not UTF-8 become U+FFFD.
//
// A statement has a section for each currency, whose "lines" are its documents or
// open items; what does not apply is left out:
//
//	{"customer":"C-1","name":"Harbour Foods","from":"2026-03-01","to":"2026-03-31","form":"balance-forward",
//	 "buckets":["Current","Overdue"],"sections":[{"currency":"EUR","opening":"0.00","lines":[
//	  {"document":"d1","number":"INV-1","kind":"invoice","date":"2026-03-02","due":"2026-03-16","amount":"100.00",
//	   "outstanding":"70.00","days_past_due":15,"balance":"100.00"}],"elsewhere":"-30.00",
//	  "balance":"70.00","amounts":["0.00","70.00"],"total":"70.00","unapplied":"0.00","overdue":"70.00","current":"0.00"}]}
//
// # HTML
//
// A page that stands alone, to be read on any screen and printed on A4 or Letter:
// the tables of the text, with whole names. It asks for nothing from elsewhere and
// runs nothing; texts are escaped, and kept from turning the direction of what
// stands around them.
//
// The sheets of a document are sections of one page, each of which begins a new
// piece of paper.
//
// # Statements
//
// A statement that was saved is written the same for ever, as text and as a page,
// to the last byte. In CSV, "opening", "exchanged" and "elsewhere" in the column
// of kinds are the lines that stand for no document, so that the amounts of a
// section in balance-forward form sum to its balance.
//
// # Errors
//
// Errors are returned when a view is not of the report's buckets, when a page
// does not exist (aging.ErrNoPage), for the zero Report (bucket.ErrEmpty), for
// a group whose name is a key of CSV and JSON already, for sheets in these forms,
// and when writing fails. Nothing has been written then but in the last case;
// Sheets has written those before the one that failed.
package render
