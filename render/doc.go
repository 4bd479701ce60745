// Package render writes aged reports and details as text, CSV and JSON.
//
// [Report] writes the rows of an aging.Report, [Detail] the open items of an
// aging.Detail. Their options have a Format and are otherwise the same for all
// three; what is written depends on the arguments alone.
//
// # Columns
//
// A view shows a run of buckets and folds the others into one column before
// and one beyond them, so that in every form
//
//	before + the buckets shown + beyond = total
//
// Unapplied credits and the balance, which is the total less these, have
// columns where the report has such credits, and none where it has not. Where a
// treatment took credits out of that column, text says under the table which
// and how much; CSV and JSON have a last column, "credits", of all that there
// are. Under what was converted, text has each currency's balance, its rate, and
// what is shown of it. Totals are those of the whole report, whatever page of it
// is shown.
//
// # Text
//
// A table for people: aligned by the width that characters take on a terminal,
// with separators of thousands and a dash for zero. An alert bucket above zero
// is red and a row's total bold, where Color asks for it (SPEC B4). Names and
// numbers come from outside: control characters and those that turn the
// direction of text are shown as U+FFFD, so that none can command a terminal or
// pass for another, and a name is cut after 40 columns.
//
// # CSV
//
// A header and a line for each row or item, nothing else: totals are what the
// lines add up to. Every line has the as-of date, so that files can be joined.
// Columns of buckets are headed by their labels. Dates are 2006-01-02, amounts
// have a decimal point and no other separator. Of a detail's amount, the columns
// of buckets and of unapplied credits say where it belongs. Texts are written
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
//   - "unapplied" and "balance" at the end of rows and totals, where the report
//     has unapplied credits;
//   - "credits" after these where a treatment took some out of "unapplied";
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
// where "totals" are as in the report, "bucket" is one of the labels, that of
// before and beyond included, and null for an unapplied credit, whose amount is
// negative. "disputed":true, "on_hold":true and "footnote" follow where an item
// has them; the footnote is empty where its text is not given. "customer", and
// "name", are absent where there is no open item. Bytes of a text that are not
// UTF-8 become U+FFFD.
//
// # Errors
//
// Errors are returned when a view is not of the report's buckets, when a page
// does not exist (aging.ErrNoPage), for the zero Report (bucket.ErrEmpty), for
// a group whose name is a key of CSV and JSON already, and when writing fails.
// Nothing has been written then but in the last case.
package render
