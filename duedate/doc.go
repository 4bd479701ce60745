// Package duedate says when a document falls due: terms of payment, their text
// form, the calendars that some of them need, instalments, and discounts for
// early payment (SPEC D1–D8).
//
// [Terms] are a short ordered list of steps. Each step takes a date to a date,
// beginning with the document's; the last one's is the due date. Terms without
// steps are due on the document's date. Nothing else goes in: no clock, no
// statement run, no other document (SPEC D2).
//
// # The four ageing types
//
//	type                     terms     document of 3 June 2026 falls due on
//	7 days                   net 7     10 June
//	30 days                  net 30    3 July
//	End of Month             eom       30 June
//	End of Following Month   eofm      31 July
//
// # Steps
//
// The text form of each step, and what it makes of a date. TARGET and ACME
// stand for the names of calendars.
//
//	net 30                          30 days later                              2026-06-03 → 2026-07-03
//	2 weeks                         14 days later                              2026-06-03 → 2026-06-17
//	1 month                         same day of the next month, or its last    2026-01-31 → 2026-02-28
//	5 business days TARGET          fifth business day after it                2026-12-23 → 2026-12-31
//	day 15                          that day of the same month                 2026-06-03 → 2026-06-15
//	day last-1                      the day before the month's last            2026-06-03 → 2026-06-29
//	eom                             last day of the same month                 2026-06-03 → 2026-06-30
//	15th prox                       that day of the next month                 2026-06-03 → 2026-07-15
//	eofm                            last day of the next month                 2026-01-31 → 2026-02-28
//	15th prox cutoff 20             the same; after the 20th a month further   2026-06-21 → 2026-08-15
//	eom cutoff 25                   the same; after the 25th a month further   2026-06-26 → 2026-07-31
//	next of 10/20/last              the first of these days, itself included   2026-06-21 → 2026-06-30
//	roll following TARGET           a closed day: the next business day        2026-10-31 → 2026-11-02
//	roll modified following TARGET  the same, but the last business day before
//	                                it where the next is in another month      2026-10-31 → 2026-10-30
//	roll preceding TARGET           a closed day: the business day before      2026-10-31 → 2026-10-30
//	substitute ACME                 the date that ACME's table puts in place   2026-12-24 → 2027-01-04
//
// Numbers of days, weeks, months and business days may be negative ("net -3").
// No business days leave the date where it is, even a closed one.
//
// A day of the month is 1 to 31, cut to the month's length; or it is counted
// back: last, last-1 … last-30, cut to the first. Day 31 therefore is the last
// day, and is written so.
//
// A cut-off, a day of the month too, sends a date after it one month further;
// the cut-off day itself stays. As nothing is after a month's last day, cutoff
// last is no cut-off.
//
// A step acts on the date as it then is, so order matters: from 13 September,
// "net 45, eom" gives 31 October and "eom, net 45" gives 14 November; and
// "1 month, eom" takes 30 June to 31 July.
//
// # Laws
//
// Forward steps never go back: net, weeks, months and business days of 0 or
// more, eom, eofm, every prox, a day whose cut-off does not come after it
// (day 15 cutoff 10), next of, and roll following. Terms made of them are never
// due before the document's date. A negative number, a day without such a
// cut-off, the other rolls and substitute may go back.
//
// A later document is never due before an earlier one, unless a step is
// substitute: its table may move one day and leave the next.
//
// # Text form
//
//	terms  = [ step { "," step } ] .
//	step   = "net" number
//	       | number ( "week" | "weeks" | "month" | "months" )
//	       | number ( "business day" | "business days" ) name
//	       | ( "day" day | "eom" | "eofm" | day "prox" ) [ "cutoff" day ]
//	       | "next of" day { "/" day }
//	       | "roll" ( "following" | "modified following" | "preceding" ) name
//	       | "substitute" name .
//	day    = "1" … "31" [ "st" | "nd" | "rd" | "th" ] | "last" [ "-" ( "1" … "30" ) ] .
//	number = [ "-" ] digit { digit } .
//	name   = 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first .
//
// What prints parses back to the same value. Reading is more liberal than
// printing: letter case does not matter but in names; blanks may be more, or
// left out between figures and letters; an underscore between words is a blank.
// These spellings are read too:
//
//	7 days, net 30 days, 30 days net, NET30, N30, n/30          net 7, net 30
//	due on receipt, due immediately, immediate payment          net 0
//	COD, cash on delivery                                       net 0
//	net 2 weeks                                                 2 weeks
//	end of month, end of the month, due end of month            eom
//	end of following month, end of next month, due end of …     eofm
//	EOM+30, 30 days after eom, … after the end of the month,
//	… after the end of the invoice month                        eom, net 30
//	15 MFI, 15 proximo, 15 of [the] following month,
//	15 of [the] month following, 15 of [the] next month         15th prox
//	15 of this month, 15 of [the] current month                 day 15
//	cut-off, cut off                                            cutoff
//
// "Net 30 EOM" and "30 days end of month" are refused: some mean the end of the
// month after 30 days by them and some 30 days after the end of the month.
//
// # Discounts
//
// A [Discount] is a list of tiers, each a percent off for who pays by a date,
// and says what amount on the document the percents are of. The date is
// computed by terms from the document's date, as a due date is. [Discount.Offers]
// gives the dates and amounts of one document, and [Offers.At] what a payment on
// a date earns.
//
//	2/10                            2 % within 10 days
//	3/10, 2/20                      3 % within 10 days, or else 2 % within 20
//	2/10 on net-of-tax              2 % of the amount that the host gives by that name
//	2% by 10th prox                 2 % until the 10th of the next month
//	2% by (eom, net 10)             2 % until 10 days after the end of the month
//
//	discount = [ tier { "," tier } [ "on" name ] ] .
//	tier     = percent "/" days | percent "% by" ( step | "(" step { "," step } ")" ) .
//
// A percent is more than 0 and less than 100, and falls from tier to tier; days
// rise. Commas between tiers may be left out. Read too are "2% 10", "2%/10",
// "2/10 days" and "2% within 10 days" for 2/10, and "2/10 prox", "2/10 MFI" and
// the like for 2% by 10th prox.
//
// [ParseWithDiscount] reads "2/10 net 30": a discount and the terms after it,
// with or without a comma between. As "2/10 eom" may be the terms eom, or a
// discount until 10 days after the end of the month, it is refused; with the
// comma, "2/10, eom", it is the former.
//
// # Instalments
//
// A [Schedule] divides a document into parts by fixed amounts, percents, weights
// and a balance, each part with its own terms and discount. [Schedule.Split]
// gives the amounts, which make the document's exactly, and the due dates. A
// part may count from the due date of the part before.
//
// Percents, of discounts and of parts, are of the document's whole or of a named
// amount on it, which is handed in with the document, as calendars are.
//
// # Errors
//
// A text that is not terms or a discount gives a [*ParseError], which points at
// the offending word. A due date that cannot be computed gives a [*StepError],
// which names the terms, the step and the date that it was applied to: because a
// calendar is missing ([ErrNoCalendar]) or has no substitutions
// ([ErrNoSubstitutes]), because 366 days in a row are closed ([ErrNoBusinessDay])
// or substitutions do not end ([ErrCircle]), or because this or an earlier step's
// date is outside the years 1 to 9999 ([ar.ErrDateRange]).
//
// Parts that do not make the document's amount are [ErrNotWhole], and a percent
// of an amount that is not on the document is [ErrNoBase].
package duedate
