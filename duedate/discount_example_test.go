package duedate_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// offers prints what a document may be paid with, by when.
func offers(text string, doc duedate.Invoice) {
	terms, discount, err := duedate.ParseWithDiscount(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	offers, err := discount.Offers(doc, nil, ar.RoundHalfUp)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range offers {
		pay, err := doc.Amount.Sub(o.Amount)
		if err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%s by %s: %s off, pay %s\n", o.Percent, o.By, o.Amount, pay)
	}
	due, err := terms.DueDate(doc.Date, nil)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("due %s: pay %s\n", due, doc.Amount)
}

// 2 % off within 10 days, the whole in 30: an invoice of 3 June over 1,000.00
// is settled by 980.00 up to 13 June.
func ExampleDiscount_d6TwoTenNet30() {
	offers("2/10 net 30", invoice("2026-06-03", "1000.00 EUR"))
	// Output:
	// 2% by 2026-06-13: 20.00 EUR off, pay 980.00 EUR
	// due 2026-07-03: pay 1000.00 EUR
}

// 3 % within 10 days, 2 % within 20. Each date belongs to its tier; the day
// after is the next tier's. With 2 days of grace each tier lasts 2 days longer.
func ExampleDiscount_d6Tiers() {
	doc := invoice("2026-06-03", "1000.00 EUR")
	offers("3/10 2/20 net 30", doc)

	tiers, err := duedate.MustParseDiscount("3/10 2/20").Offers(doc, nil, ar.NoRounding)
	if err != nil {
		fmt.Println(err)
	}
	for _, paid := range []string{"2026-06-13", "2026-06-14", "2026-06-15", "2026-06-16", "2026-06-23", "2026-06-24", "2026-06-25", "2026-06-26"} {
		fmt.Print(paid)
		for _, grace := range []int{0, 2} {
			earned, ok := tiers.At(ar.MustDate(paid), grace)
			if !ok {
				fmt.Print(", nothing")
				continue
			}
			fmt.Printf(", %s", earned.Amount)
		}
		fmt.Println()
	}
	// Output:
	// 3% by 2026-06-13: 30.00 EUR off, pay 970.00 EUR
	// 2% by 2026-06-23: 20.00 EUR off, pay 980.00 EUR
	// due 2026-07-03: pay 1000.00 EUR
	// 2026-06-13, 30.00 EUR, 30.00 EUR
	// 2026-06-14, 20.00 EUR, 30.00 EUR
	// 2026-06-15, 20.00 EUR, 30.00 EUR
	// 2026-06-16, 20.00 EUR, 20.00 EUR
	// 2026-06-23, 20.00 EUR, 20.00 EUR
	// 2026-06-24, nothing, 20.00 EUR
	// 2026-06-25, nothing, 20.00 EUR
	// 2026-06-26, nothing, nothing
}

// The host says that 1,000.00 of the 1,190.00 is before tax, and the discount
// is of that: 20.00 instead of 23.80.
func ExampleDiscount_d6NetOfTax() {
	doc := invoice("2026-06-03", "1190.00 EUR")
	doc.Bases = map[string]ar.Money{"net-of-tax": ar.MustMoney("1000.00 EUR")}
	offers("2/10 on net-of-tax, net 30", doc)
	offers("2/10 net 30", doc)
	offers("2/10 on goods, net 30", doc)
	// Output:
	// 2% by 2026-06-13: 20.00 EUR off, pay 1170.00 EUR
	// due 2026-07-03: pay 1190.00 EUR
	// 2% by 2026-06-13: 23.80 EUR off, pay 1166.20 EUR
	// due 2026-07-03: pay 1190.00 EUR
	// discount "2/10 on goods": base "goods": no amount of that name is on the document: it has ["net-of-tax"]
}

// A discount date is computed as a due date is: by the 10th of the next month,
// for documents after the 25th that of the month after it, or 10 days after the
// end of the month.
func ExampleDiscount_d6DatesByTerms() {
	offers("2% by 10th prox cutoff 25, eofm cutoff 25", invoice("2026-06-25", "1000.00 EUR"))
	offers("2% by 10th prox cutoff 25, eofm cutoff 25", invoice("2026-06-26", "1000.00 EUR"))
	offers("2% by (eom, net 10), eom, net 30", invoice("2026-06-26", "1000.00 EUR"))
	// Output:
	// 2% by 2026-07-10: 20.00 EUR off, pay 980.00 EUR
	// due 2026-07-31: pay 1000.00 EUR
	// 2% by 2026-08-10: 20.00 EUR off, pay 980.00 EUR
	// due 2026-08-31: pay 1000.00 EUR
	// 2% by 2026-07-10: 20.00 EUR off, pay 980.00 EUR
	// due 2026-07-30: pay 1000.00 EUR
}

// 3 % by the end of the month or 2 % within 10 days. For an invoice of 3 June
// the 10 days are over first, so they offer nothing that the 3 % do not; for
// one of 25 June they are the later date.
func ExampleDiscount_d6TierThatNobodyWouldTake() {
	offers("3% by eom, 2/10, net 30", invoice("2026-06-03", "1000.00 EUR"))
	offers("3% by eom, 2/10, net 30", invoice("2026-06-25", "1000.00 EUR"))
	// Output:
	// 3% by 2026-06-30: 30.00 EUR off, pay 970.00 EUR
	// due 2026-07-03: pay 1000.00 EUR
	// 3% by 2026-06-30: 30.00 EUR off, pay 970.00 EUR
	// 2% by 2026-07-05: 20.00 EUR off, pay 980.00 EUR
	// due 2026-07-25: pay 1000.00 EUR
}

// 2 % of 12.345 dinars is 0.2469, which is 0.247 in its three decimals where
// halves go up; 2 % of 1,275 yen is 25.5, which is 26. Without a named rounding
// there is no answer.
func ExampleDiscount_d6Rounding() {
	offers("2/10 net 30", invoice("2026-06-03", "12.345 KWD"))
	offers("2/10 net 30", invoice("2026-06-03", "1275 JPY"))
	_, err := duedate.MustParseDiscount("2/10").Offers(invoice("2026-06-03", "12.345 KWD"), nil, ar.NoRounding)
	fmt.Println(err)
	// Output:
	// 2% by 2026-06-13: 0.247 KWD off, pay 12.098 KWD
	// due 2026-07-03: pay 12.345 KWD
	// 2% by 2026-06-13: 26 JPY off, pay 1249 JPY
	// due 2026-07-03: pay 1275 JPY
	// discount "2/10": 12.345 KWD × 0.02 in KWD: too many decimals
}

// What people write, and what is stored. What could mean two things is refused.
func ExampleParseWithDiscount_d6Spellings() {
	for _, text := range []string{
		"2/10 net 30", "2% 10, NET30", "3/10 2/20 n/60", "1.5% within 8 days, 30 days net", "2/10 prox, net 45", "net 30",
		"2/10 EOM", "2/20 3/10 net 30",
	} {
		terms, discount, err := duedate.ParseWithDiscount(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%q: discount %q, terms %q\n", text, discount, terms)
	}
	// Output:
	// "2/10 net 30": discount "2/10", terms "net 30"
	// "2% 10, NET30": discount "2/10", terms "net 30"
	// "3/10 2/20 n/60": discount "3/10, 2/20", terms "net 60"
	// "1.5% within 8 days, 30 days net": discount "1.5/8", terms "net 30"
	// "2/10 prox, net 45": discount "2% by 10th prox", terms "net 45"
	// "net 30": discount "", terms "net 30"
	// terms "2/10 EOM": "10 EOM" at character 3: is that part of the discount? write "2/10, eom" or "2% by (eom, net 10)"
	// terms "2/20 3/10 net 30": "3/10" at character 6: 3% after 2%: want less with each tier
}
