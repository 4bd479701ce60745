package duedate_test

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// due prints when a document of a date falls due, or why that is not known.
func due(terms, date string, calendars duedate.Calendars) {
	d, err := duedate.MustParse(terms).DueDate(ar.MustDate(date), calendars)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s on %s: %s\n", date, terms, d)
}

// Terms are kept as text with the customer, read once, and asked for the due
// date of each document.
func Example() {
	terms, err := duedate.Parse("45 days, end of month")
	if err != nil {
		fmt.Println(err)
		return
	}
	invoice := ar.MustDate("2026-09-13")
	due, err := terms.DueDate(invoice, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s, on %q: due %s\n", invoice, terms, due)
	// Output:
	// 2026-09-13, on "net 45, eom": due 2026-10-31
}

// The four ageing types, for invoices of 3 June and 3 July 2026. End of
// Following Month of 31 January is the last day of February, which is the 29th
// in the leap year 2028.
func ExampleTerms_d1AgeingTypes() {
	types := []struct {
		name  string
		terms duedate.Terms
	}{
		{"7 days", duedate.Net(7)},
		{"30 days", duedate.Net(30)},
		{"End of Month", duedate.EOM()},
		{"End of Following Month", duedate.EOFM()},
	}
	for _, t := range types {
		fmt.Printf("%-22s", t.name)
		for _, date := range []string{"2026-06-03", "2026-07-03", "2026-01-31", "2028-01-31"} {
			due, err := t.terms.DueDate(ar.MustDate(date), nil)
			if err != nil {
				fmt.Println(err)
			}
			fmt.Printf("  %s → %s", date[2:], due.String()[2:])
		}
		fmt.Println()
	}
	// Output:
	// 7 days                  26-06-03 → 26-06-10  26-07-03 → 26-07-10  26-01-31 → 26-02-07  28-01-31 → 28-02-07
	// 30 days                 26-06-03 → 26-07-03  26-07-03 → 26-08-02  26-01-31 → 26-03-02  28-01-31 → 28-03-01
	// End of Month            26-06-03 → 26-06-30  26-07-03 → 26-07-31  26-01-31 → 26-01-31  28-01-31 → 28-01-31
	// End of Following Month  26-06-03 → 26-07-31  26-07-03 → 26-08-31  26-01-31 → 26-02-28  28-01-31 → 28-02-29
}

// An invoice of 3 June, due at the end of June, appears on the statements of
// June, July and August while it stays unpaid. Its due date is a function of
// its own date and terms, so it is the same on each: statements have no way to
// move it.
func ExampleTerms_d2StatementsDoNotAge() {
	invoice, terms := ar.MustDate("2026-06-03"), duedate.EOM()
	for _, statement := range []string{"2026-06-30", "2026-07-31", "2026-08-31"} {
		due, err := terms.DueDate(invoice, nil)
		if err != nil {
			fmt.Println(err)
		}
		fmt.Printf("statement of %s: due %s, day offset %d\n", statement, due, ar.MustDate(statement).DaysSince(due))
	}
	// Output:
	// statement of 2026-06-30: due 2026-06-30, day offset 0
	// statement of 2026-07-31: due 2026-06-30, day offset 31
	// statement of 2026-08-31: due 2026-06-30, day offset 62
}

// End of month is that of the date as it then is. A month after 30 June is
// 30 July; the end of that month is 31 July, not the 30th.
func ExampleTerms_d3EndOfMonth() {
	due("eom", "2026-06-30", nil)
	due("1 month", "2026-06-30", nil)
	due("1 month, eom", "2026-06-30", nil)
	due("eofm", "2026-01-31", nil)
	// Output:
	// 2026-06-30 on eom: 2026-06-30
	// 2026-06-30 on 1 month: 2026-07-30
	// 2026-06-30 on 1 month, eom: 2026-07-31
	// 2026-01-31 on eofm: 2026-02-28
}

// 45 days and end of month, in either order: 45 days after 13 September is
// 28 October, and its month ends on the 31st; but September ends on the 30th,
// and 45 days after that is 14 November. What the trade writes "45 days EOM"
// may be either, and is refused.
func ExampleTerms_d3OrderMatters() {
	due("net 45, eom", "2026-09-13", nil)
	due("eom, net 45", "2026-09-13", nil)
	_, err := duedate.Parse("45 days EOM")
	fmt.Println(err)
	// Output:
	// 2026-09-13 on net 45, eom: 2026-10-31
	// 2026-09-13 on eom, net 45: 2026-11-14
	// terms "45 days EOM": "45 days EOM" at character 1: which comes first? write "net 45, eom" or "eom, net 45"
}

// Numbers may be of days, weeks or months, and negative: payable three days
// before the goods leave, two weeks on, a month on. 31 January has no
// counterpart in February, and a month on is February's last day.
func ExampleTerms_d3Numbers() {
	due("net -3", "2026-03-02", nil)
	due("2 weeks", "2026-12-24", nil)
	due("1 month", "2026-01-31", nil)
	due("1 month", "2028-01-31", nil)
	// Output:
	// 2026-03-02 on net -3: 2026-02-27
	// 2026-12-24 on 2 weeks: 2027-01-07
	// 2026-01-31 on 1 month: 2026-02-28
	// 2028-01-31 on 1 month: 2028-02-29
}

// The 15th of next month, with the books closing on the 20th: a document of
// the 20th itself is in time, one of the 21st goes a month further. With the
// cut-off counted back from the month's end, last-5 is 25 June and 23 February.
func ExampleTerms_d3Proximo() {
	due("15th prox cutoff 20", "2026-06-20", nil)
	due("15th prox cutoff 20", "2026-06-21", nil)
	due("15th prox cutoff 20", "2026-12-21", nil)
	due("last prox cutoff last-5", "2026-06-25", nil)
	due("last prox cutoff last-5", "2026-06-26", nil)
	due("last prox cutoff last-5", "2026-02-24", nil)
	// Output:
	// 2026-06-20 on 15th prox cutoff 20: 2026-07-15
	// 2026-06-21 on 15th prox cutoff 20: 2026-08-15
	// 2026-12-21 on 15th prox cutoff 20: 2027-02-15
	// 2026-06-25 on last prox cutoff last-5: 2026-07-31
	// 2026-06-26 on last prox cutoff last-5: 2026-08-31
	// 2026-02-24 on last prox cutoff last-5: 2026-04-30
}

// A day that a month lacks is its last: 30 February is the 28th or 29th, and
// never a day of March. Counted back, last-1 is the day before the last.
func ExampleTerms_d3ClampedDay() {
	due("day 30", "2026-02-10", nil)
	due("30th prox", "2028-01-31", nil)
	due("day last-1", "2026-02-10", nil)
	due("last-1 prox", "2026-03-31", nil)
	// Output:
	// 2026-02-10 on day 30: 2026-02-28
	// 2028-01-31 on 30th prox: 2028-02-29
	// 2026-02-10 on day last-1: 2026-02-27
	// 2026-03-31 on last-1 prox: 2026-04-29
}

// A customer pays on the 10th, the 20th and the last day of each month. Thirty
// days bring the invoice of 12 May to 11 June, so it is paid on the 20th; that
// of 11 May comes to 10 June, which is a payment day and stays.
func ExampleTerms_d3PaymentDays() {
	due("net 30, next of 10/20/last", "2026-05-11", nil)
	due("net 30, next of 10/20/last", "2026-05-12", nil)
	due("net 30, next of 10/20/last", "2026-05-22", nil)
	due("next of 10/20", "2026-12-21", nil)
	// Output:
	// 2026-05-11 on net 30, next of 10/20/last: 2026-06-10
	// 2026-05-12 on net 30, next of 10/20/last: 2026-06-20
	// 2026-05-22 on net 30, next of 10/20/last: 2026-06-30
	// 2026-12-21 on next of 10/20: 2027-01-10
}

// The spellings of the source documents and of the trade are read, and come
// out as one text form that reads back as the same value. Terms compare with
// ==, so a document's terms are found to be the customer's.
func ExampleParse_d4TextForm() {
	for _, text := range []string{
		"7 days", "End of Month", "End of Following Month",
		"NET30", "EOM+30", "15 MFI", "due on receipt", "15TH PROX cut-off 20",
	} {
		terms, err := duedate.Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%-22s  %-19s  %t\n", text, terms, terms == duedate.MustParse(terms.String()))
	}
	// Output:
	// 7 days                  net 7                true
	// End of Month            eom                  true
	// End of Following Month  eofm                 true
	// NET30                   net 30               true
	// EOM+30                  eom, net 30          true
	// 15 MFI                  15th prox            true
	// due on receipt          net 0                true
	// 15TH PROX cut-off 20    15th prox cutoff 20  true
}

// Anything else is refused, with the offending word and its place.
func ExampleParseError_d4OffendingWord() {
	for _, text := range []string{"net 30, eon", "net thirty", "32nd prox", "30 days end of moth", "net 30 roll following TARGET"} {
		_, err := duedate.Parse(text)
		fmt.Println(err)
	}
	// Output:
	// terms "net 30, eon": "eon" at character 9: not a step; did you mean "eom"?
	// terms "net thirty": "thirty" at character 5: want a number
	// terms "32nd prox": "32" at character 1: want a day of the month: 1 to 31, last, or last-1 to last-30
	// terms "30 days end of moth": "moth" at character 16: want "month", "the", "following" or "next"
	// terms "net 30 roll following TARGET": "roll" at character 8: want a comma before the next step
}

// A due date beyond the year 9999, or before the year 1, is an error that names
// the terms, the step and the date; so is one that later steps would bring
// back.
func ExampleTerms_d8OutOfRange() {
	due("net 30", "9999-12-01", nil)
	due("net 30", "9999-12-02", nil)
	due("net 30, net -30", "9999-12-02", nil)
	due("net -1", "0001-01-01", nil)

	_, err := duedate.EOFM().DueDate(ar.MaxDate, nil)
	fmt.Println(errors.Is(err, ar.ErrDateRange))
	// Output:
	// 9999-12-01 on net 30: 9999-12-31
	// terms "net 30": step "net 30" from 9999-12-02: outside years 1 to 9999
	// terms "net 30, net -30": step "net 30" from 9999-12-02: outside years 1 to 9999
	// terms "net -1": step "net -1" from 0001-01-01: outside years 1 to 9999
	// true
}

// Why is this invoice due on 31 October? Each step, and the date it led to.
func ExampleTerms_Explain() {
	invoice := ar.MustDate("2026-09-13")
	moves, err := duedate.MustParse("net 45, eom").Explain(invoice, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(invoice)
	for _, m := range moves {
		fmt.Printf(" → %s → %s", m.Step, m.Date)
	}
	// Output:
	// 2026-09-13 → net 45 → 2026-10-28 → eom → 2026-10-31
}

// Terms can be put together without text.
func ExampleNew() {
	terms, err := duedate.New(
		duedate.Days(30),
		duedate.Proximo(15).Cutoff(20),
		duedate.RollFollowing("TARGET"),
	)
	fmt.Println(terms, err)

	_, err = duedate.New(duedate.DayOfMonth(32), duedate.Days(30).Cutoff(20))
	fmt.Println(err)
	// Output:
	// net 30, 15th prox cutoff 20, roll following TARGET <nil>
	// terms: step 1: day 32 of the month: want 1 to 31, or 0 to -30 counted back from the last
	// terms: step 2: a cut-off belongs to EndOfMonth, DayOfMonth or Proximo
}
