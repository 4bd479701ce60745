package render

import (
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
)

// treated returns the credits that a treatment took from the column of
// unapplied credits.
func treated(row aging.Row) ar.Money {
	m, _ := row.Credits().Sub(row.Unapplied()) // of one currency
	return m
}

// writeDerived says what became of credits, if they were treated, and of
// currencies, if they were converted (SPEC A3, A8).
func (f *frame) writeDerived(out *strings.Builder) {
	var amounts []string
	for _, row := range f.totals {
		if m := treated(row); m.Sign() != 0 {
			amounts = append(amounts, grouped(m)+" "+m.Currency().String())
		}
	}
	if len(amounts) > 0 {
		how := map[aging.Treatment]string{
			aging.CreditsAged: "aged with the debits", aging.CreditsOldestFirst: "taken off the oldest debits", aging.CreditsLeftOut: "left out",
		}[f.report.Treatment()]
		fmt.Fprintf(out, "\nUnapplied credits %s: %s.\n", how, strings.Join(amounts, ", "))
	}
	for i, x := range f.report.Exchanges() {
		if i == 0 {
			out.WriteString("\nConverted, by balance:\n")
		}
		fmt.Fprintf(out, "  %s at %s: %s shown, %s in one piece\n", x.Source.Balance(), x.Rate, x.Shown.Balance(), x.Whole(aging.Balance))
	}
}
