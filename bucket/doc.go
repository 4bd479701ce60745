// Package bucket sorts items by age: a [Set] of labelled buckets of days, and
// a [View] that shows some of them as columns (SPEC B1–B6).
//
// # Offsets
//
// Buckets hold day offsets. An offset is the as-of date minus the date that an
// item ages from, its due date unless a report says otherwise: 0 on the day
// itself, 1 the day after, −1 the day before. So a bucket of larger offsets
// holds older items, and 1 and more of a due date is past due.
//
// # Sets
//
// A set is ordered and leaves nothing out: every integer lies in exactly one
// of its buckets. There are three ways to write one down:
//
//   - [FromEdges] takes the last day of each bucket but the last, and so cannot
//     leave a gap: 0, 30, 60, 90 is ≤ 0, 1–30, 31–60, 61–90 and over 90;
//   - [FromRanges] takes buckets with their first and last days, and refuses
//     them with every gap and every overlap;
//   - the presets [Standard], [Pending] and [Statement].
//
// Three more have edges that move with the as-of date: [Periods] of months or
// years counted back from it, [Calendar] months and the like, and [FromDates].
// [Set.Resolve] gives their offsets for one as-of date, after which they are
// sets like any other. Resolving a set whose edges are fixed gives that set, so
// a report resolves whatever it is given.
//
// # Text
//
// [Parse] reads a preset's name, or a body with the labels of all buckets after
// a colon where they are not the default ones; an exclamation mark makes an
// alert, a column to be shown red when its amount is above zero:
//
//	standard
//	0, 30, 60, 90
//	-1, 0, 30, 90: "Pending" "Current" "30+" "60+" "90+"!
//	4 periods of 30 days
//	3 periods of 1 month
//	3 calendar months
//	dates 2026-01-31, 2026-02-28
//
// [Set.String] writes all of them but the presets' names and the periods of
// days and weeks, which are edges. In JSON, a set of fixed edges is an array of
// buckets and any other set its text; both are read.
//
// # Errors
//
// Errors are returned when a set would hold a day twice or not at all, when a
// label is missing, repeated or not plain text, when there are more than
// [MaxBuckets] buckets, when an edge is further away than any two dates are,
// when a text has another form, and when a date would fall outside the years 1
// to 9999. Each says where and what would be right; where several things are
// wrong, all are said.
package bucket
