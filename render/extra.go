package render

import (
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
)

// extra is a column that is there only where the report has something for it.
type extra struct {
	key    string // in CSV and JSON
	head   string // in a text
	amount func(aging.Row) ar.Money

	// A line of a detail that is in this column has its amount there. None is in
	// the balance, which is of InNone.
	column aging.Column
}

// extrasOf returns the extra columns of rows that have these totals.
func extrasOf(totals []aging.Row, opt aging.Options) []extra {
	apart := extra{"apart", heading(opt.Apart &^ opt.Exclude), aging.Row.Apart, aging.InApart}
	unapplied := extra{"unapplied", "Unapplied", aging.Row.Unapplied, aging.InUnapplied}
	var extras []extra
	add := func(x extra) {
		if slices.ContainsFunc(totals, func(t aging.Row) bool { return !x.amount(t).IsZero() }) {
			extras = append(extras, x)
		}
	}
	add(apart)
	add(unapplied)
	if len(extras) > 0 {
		extras = append(extras, extra{"balance", "Balance", aging.Row.Balance, aging.InNone})
	}
	add(extra{"excluded", "Excluded", aging.Row.Excluded, aging.InExcluded})
	add(extra{"receipts", "Receipts since", aging.Row.Receipts, aging.InReceipts})
	return extras
}

// heading and contested say of what is disputed, on hold or either what it is.
func heading(flags ledger.Flags) string { return title(contested(flags)) }

func contested(flags ledger.Flags) string {
	switch {
	case !flags.Has(ledger.OnHold):
		return "disputed"
	case !flags.Has(ledger.Disputed):
		return "on hold"
	}
	return "disputed or on hold"
}
