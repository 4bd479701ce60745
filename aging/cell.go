package aging

import (
	"slices"

	"github.com/openreceivables/ar"
)

// Cell returns the items behind one amount of a row, by number (SPEC A7). Amount
// of each line is its part, and the parts add up to the amount; an item may have
// no part left where credits were taken off it. In the currency that a detail was
// converted to, an amount is made of items of all currencies: their parts are in
// their own, and for each currency add up to the Source of its Exchange.
func (d *Detail) Cell(cur ar.Currency, f Figure) []Line {
	var cell []Line
	for _, l := range sorted(slices.Concat(d.lines, d.beside), nil) {
		own := l.Item.Outstanding.Currency()
		if own != cur && (!d.report.converted() || d.report.currencies[0] != cur) {
			continue
		}
		var ok bool
		if l.Amount, ok = l.part(f); ok {
			cell = append(cell, l)
		}
	}
	return cell
}

// part returns what an item has in a figure, and whether the figure is about
// such items.
func (l *Line) part(f Figure) (ar.Money, bool) {
	c := l.Column
	switch f {
	case Total:
		return l.Amount, c == InBucket
	case Unapplied:
		return l.Amount.Neg(), c == InUnapplied
	case Credits:
		return l.Item.Outstanding.Neg(), l.Item.Outstanding.Sign() < 0 && c != InReceipts
	case Balance:
		return l.Amount, c == InBucket || c == InApart || c == InUnapplied
	case PastDue:
		return l.Amount, c == InBucket && l.DaysPastDue > 0
	case Apart:
		return l.Amount, c == InApart
	case Excluded:
		return l.Amount, c == InExcluded
	case Receipts:
		return l.Amount.Neg(), c == InReceipts
	}
	return l.Amount, c == InBucket && l.Bucket == int(f)
}

// Treat returns the detail with its unapplied credits treated, as Report.Treat
// does; its errors are those. Where they come off the oldest debits, the due
// date says which is older, and after it number and document date; and the
// oldest credits are used up first.
func (d *Detail) Treat(t Treatment) (*Detail, error) {
	r, err := d.report.Treat(t)
	if err != nil {
		return nil, err
	}
	treated := &Detail{key: d.key, report: r, lines: slices.Clone(d.lines), beside: d.beside}
	if t == CreditsOldestFirst {
		for _, cur := range r.currencies {
			treated.setOff(cur)
		}
		return treated, nil
	}
	for i := range treated.lines {
		switch l := &treated.lines[i]; {
		case l.Column != InUnapplied:
		case t == CreditsAged:
			l.Column = InBucket
		case t == CreditsLeftOut:
			l.Column, l.Amount = InNone, units(0, l.Amount.Currency())
		}
	}
	return treated, nil
}

// setOff takes the credits in a currency off the oldest debits.
func (d *Detail) setOff(cur ar.Currency) {
	var debits, credits []*Line
	for i := range d.lines {
		switch l := &d.lines[i]; {
		case l.Amount.Currency() != cur:
		case l.Column == InUnapplied:
			credits = append(credits, l)
		case l.Column == InBucket:
			debits = append(debits, l)
		}
	}
	older := func(a, b *Line) int { return ByDueDate(*a, *b) }
	slices.SortStableFunc(debits, older)
	slices.SortStableFunc(credits, older)
	for len(debits) > 0 && len(credits) > 0 {
		debits[0].Amount, credits[0].Amount = setOff(debits[0].Amount, credits[0].Amount)
		if credits[0].Amount.IsZero() {
			credits = credits[1:]
		} else {
			debits = debits[1:]
		}
	}
}

// Convert returns the detail with its report converted, as Report.Convert does;
// its errors are those. The items keep their currencies; Exchanges of the report
// lead from one to the other.
func (d *Detail) Convert(c Conversion) (*Detail, error) {
	r, err := d.report.Convert(c)
	if err != nil {
		return nil, err
	}
	return &Detail{key: d.key, report: r, lines: d.lines, beside: d.beside}, nil
}
