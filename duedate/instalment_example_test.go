package duedate_test

import (
	"encoding/json"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// split prints the instalments of a document, or why it has none.
func split(s duedate.Schedule, doc duedate.Invoice) {
	instalments, err := s.Split(doc, nil, ar.RoundHalfUp)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, part := range instalments {
		fmt.Printf("%d. %s due %s", i+1, part.Amount, part.Due)
		for _, o := range part.Offers {
			fmt.Printf(", %s less if paid by %s", o.Amount, o.By)
		}
		fmt.Println()
	}
}

// invoice is one of a date and an amount, with nothing else on it.
func invoice(date, amount string) duedate.Invoice {
	return duedate.Invoice{Date: ar.MustDate(date), Amount: ar.MustMoney(amount)}
}

// monthly is three parts of those shares, due a month after each other.
func monthly(first, second, third duedate.Part) duedate.Schedule {
	first.Terms, second.Terms, third.Terms = duedate.MustParse("1 month"), duedate.MustParse("2 months"), duedate.MustParse("3 months")
	return duedate.Schedule{Parts: []duedate.Part{first, second, third}}
}

// Three equal parts of 100.00. A third is 33.333…: each part gets 33.33, and
// the cent that is left goes to the first. So it is with 100 yen and with the
// three decimals of a Kuwaiti dinar. An invoice of 31 January is due on the last
// day of the shorter months.
func ExampleSchedule_d5Thirds() {
	third := duedate.Part{Weight: 1}
	s := monthly(third, third, third)
	split(s, invoice("2026-01-31", "100.00 EUR"))
	split(s, invoice("2026-01-31", "100 JPY"))
	split(s, invoice("2026-01-31", "100.000 KWD"))
	// Output:
	// 1. 33.34 EUR due 2026-02-28
	// 2. 33.33 EUR due 2026-03-31
	// 3. 33.33 EUR due 2026-04-30
	// 1. 34 JPY due 2026-02-28
	// 2. 33 JPY due 2026-03-31
	// 3. 33 JPY due 2026-04-30
	// 1. 33.334 KWD due 2026-02-28
	// 2. 33.333 KWD due 2026-03-31
	// 3. 33.333 KWD due 2026-04-30
}

// 30 %, 30 % and the balance. Of 100.05, 30 % is 30.015, which is 30.02 where
// halves go up; the balance is 100.05 − 30.02 − 30.02 = 40.01. Without a named
// rounding the schedule refuses.
func ExampleSchedule_d5PercentsAndBalance() {
	thirty := duedate.Part{Percent: ar.MustPercent("30%")}
	s := monthly(thirty, thirty, duedate.Part{Balance: true})
	split(s, invoice("2026-06-03", "1000.00 EUR"))
	split(s, invoice("2026-06-03", "100.05 EUR"))
	_, err := s.Split(invoice("2026-06-03", "100.05 EUR"), nil, ar.NoRounding)
	fmt.Println(err)
	// Output:
	// 1. 300.00 EUR due 2026-07-03
	// 2. 300.00 EUR due 2026-08-03
	// 3. 400.00 EUR due 2026-09-03
	// 1. 30.02 EUR due 2026-07-03
	// 2. 30.02 EUR due 2026-08-03
	// 3. 40.01 EUR due 2026-09-03
	// schedule: part 1: 100.05 EUR × 0.3 in EUR: too many decimals
}

// 40 %, 30 % and 30 % make the whole, so no cent may be over. Of 999.99 they are
// 399.996, 299.997 and 299.997. Cut to cents that leaves two cents, which go to
// the parts that lost most: the second and the third.
func ExampleSchedule_d5PercentsThatMakeTheWhole() {
	thirty := duedate.Part{Percent: ar.MustPercent("30%")}
	split(monthly(duedate.Part{Percent: ar.MustPercent("40%")}, thirty, thirty), invoice("2026-06-03", "999.99 EUR"))
	// Output:
	// 1. 399.99 EUR due 2026-07-03
	// 2. 300.00 EUR due 2026-08-03
	// 3. 300.00 EUR due 2026-09-03
}

// Three times 33.33 % is 99.99 %: with no balance to take the rest the schedule
// is refused, and so are percents that make more than the whole.
func ExampleSchedule_d5PercentsThatDoNot() {
	part := duedate.Part{Percent: ar.MustPercent("33.33")}
	half := duedate.Part{Percent: ar.MustPercent("50%")}
	fmt.Println(monthly(part, part, part).Validate())
	fmt.Println(monthly(half, half, half).Validate())
	fmt.Println(monthly(part, part, duedate.Part{Balance: true}).Validate())
	// Output:
	// schedule: the parts do not make the whole: percents of the whole make 99.99%, want 100% or a balance
	// schedule: the parts do not make the whole: percents of the whole make 150%, want at most 100%
	// <nil>
}

// 250.00 at once, and the rest at the end of the following month. An invoice of
// 200.00 does not have the 250.00: it is refused, as a balance is never below
// zero.
func ExampleSchedule_d5FixedAndBalance() {
	s := duedate.Schedule{Parts: []duedate.Part{
		{Fixed: ar.MustMoney("250.00 EUR"), Terms: duedate.Net(0)},
		{Balance: true, Terms: duedate.EOFM()},
	}}
	split(s, invoice("2026-06-03", "1000.00 EUR"))
	split(s, invoice("2026-06-03", "200.00 EUR"))
	// Output:
	// 1. 250.00 EUR due 2026-06-03
	// 2. 750.00 EUR due 2026-07-31
	// schedule: the parts do not make the whole: they take 250.00 EUR of 200.00 EUR
}

// The first part of an invoice of 15 June is due at the end of July, and each
// further one a month after the one before: 31 August, 30 September. Counted
// from the document's date, "2 months" is 15 August.
func ExampleSchedule_d5AfterThePreviousPart() {
	s := duedate.Schedule{Parts: []duedate.Part{
		{Percent: ar.MustPercent("40%"), Terms: duedate.EOFM()},
		{Percent: ar.MustPercent("20%"), Terms: duedate.MustParse("1 month"), AfterPrevious: true},
		{Percent: ar.MustPercent("20%"), Terms: duedate.MustParse("1 month"), AfterPrevious: true},
		{Percent: ar.MustPercent("20%"), Terms: duedate.MustParse("2 months")},
	}}
	split(s, invoice("2026-06-15", "1000.00 EUR"))
	// Output:
	// 1. 400.00 EUR due 2026-07-31
	// 2. 200.00 EUR due 2026-08-31
	// 3. 200.00 EUR due 2026-09-30
	// 4. 200.00 EUR due 2026-08-15
}

// An invoice of 1,190.00 is 1,000.00 and 190.00 of tax. The tax is due at once,
// the rest in two halves. A document without a tax amount on it cannot be split
// so.
func ExampleSchedule_d5NamedBase() {
	s := monthly(
		duedate.Part{Percent: ar.MustPercent("100%"), Base: "tax"},
		duedate.Part{Percent: ar.MustPercent("50%"), Base: "net-of-tax"},
		duedate.Part{Percent: ar.MustPercent("50%"), Base: "net-of-tax"},
	)
	s.Parts[0].Terms = duedate.Net(0)
	doc := invoice("2026-06-03", "1190.00 EUR")
	doc.Bases = map[string]ar.Money{"net-of-tax": ar.MustMoney("1000.00 EUR"), "tax": ar.MustMoney("190.00 EUR")}
	split(s, doc)
	delete(doc.Bases, "tax")
	split(s, doc)
	// Output:
	// 1. 190.00 EUR due 2026-06-03
	// 2. 500.00 EUR due 2026-08-03
	// 3. 500.00 EUR due 2026-09-03
	// schedule: part 1: base "tax": no amount of that name is on the document: it has ["net-of-tax"]
}

// Swiss parts in multiples of 0.05. A third of 100.00 cut to that is 33.30, and
// the last part takes the rest.
func ExampleSchedule_d5Increment() {
	third := duedate.Part{Weight: 1}
	s := monthly(third, third, third)
	s.Increment = ar.MustMoney("0.05 CHF")
	split(s, invoice("2026-06-03", "100.00 CHF"))
	// Output:
	// 1. 33.30 CHF due 2026-07-03
	// 2. 33.30 CHF due 2026-08-03
	// 3. 33.40 CHF due 2026-09-03
}

// Half in 30 days and half in 60, and on each half 2 % of its amount before tax
// for paying 20 days early. A half of the 1,190.00 has 500.00 before tax in it,
// so that is 10.00 each. The second half counts its 10 days from the first
// one's due date.
func ExampleSchedule_d5DiscountOfEachPart() {
	half := duedate.Part{Weight: 1, Terms: duedate.Net(30), Discount: duedate.MustParseDiscount("2/10 on net-of-tax")}
	s := duedate.Schedule{Parts: []duedate.Part{half, half}}
	s.Parts[1].AfterPrevious = true
	doc := invoice("2026-06-03", "1190.00 EUR")
	doc.Bases = map[string]ar.Money{"net-of-tax": ar.MustMoney("1000.00 EUR")}
	split(s, doc)
	// Output:
	// 1. 595.00 EUR due 2026-07-03, 10.00 EUR less if paid by 2026-06-13
	// 2. 595.00 EUR due 2026-08-02, 10.00 EUR less if paid by 2026-07-13
}

// A schedule is kept as JSON.
func ExampleSchedule_d5JSON() {
	var s duedate.Schedule
	err := json.Unmarshal([]byte(`{"parts": [
		{"percent": "30%", "terms": "due on receipt"},
		{"balance": true, "terms": "net 30", "discount": "2/10", "after_previous": true}
	]}`), &s)
	if err != nil {
		fmt.Println(err)
	}
	data, err := json.Marshal(s)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(string(data))
	split(s, invoice("2026-06-03", "1000.00 EUR"))
	// Output:
	// {"parts":[{"percent":"30%","terms":"net 0"},{"balance":true,"terms":"net 30","discount":"2/10","after_previous":true}]}
	// 1. 300.00 EUR due 2026-06-03
	// 2. 700.00 EUR due 2026-07-03, 14.00 EUR less if paid by 2026-06-13
}
