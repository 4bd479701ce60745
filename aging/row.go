package aging

import "github.com/openreceivables/ar"

// Row is a line of a report: one key, such as a customer, in one currency. It
// reads from its Report and is cheap to copy. The zero Row has no Report; its
// methods must not be called.
type Row struct {
	r *Report
	i int
}

// Key returns what the row stands for: the customer's ID, or whatever the
// report groups by. It is empty in totals.
func (w Row) Key() string { return w.r.keys[w.i] }

// Currency returns the currency of all the row's amounts.
func (w Row) Currency() ar.Currency { return w.r.currencies[w.r.tags[w.i]] }

// Amount returns the sum of the debits in a bucket, 0 ≤ bucket < Buckets().Len().
func (w Row) Amount(bucket int) ar.Money {
	run := w.r.lay.runs[bucket]
	return w.debits(int(run.from), int(run.to))
}

// Amounts returns the amounts of all buckets in order.
func (w Row) Amounts() []ar.Money { return w.AppendAmounts(nil) }

// AppendAmounts appends the amounts of all buckets in order, and so lets the
// memory of one row serve for the next.
func (w Row) AppendAmounts(amounts []ar.Money) []ar.Money {
	if lay := &w.r.lay; len(lay.runs) == len(lay.bucket) && w.r.cells.wide == nil {
		at, cur := w.i*w.r.stride(), w.Currency()
		for _, minor := range w.r.cells.minor[at:][:len(lay.runs)] {
			amounts = append(amounts, units(minor, cur))
		}
		return amounts
	}
	for i := range w.r.lay.runs {
		amounts = append(amounts, w.Amount(i))
	}
	return amounts
}

// Total returns the sum of the buckets.
func (w Row) Total() ar.Money { return w.debits(0, len(w.r.lay.bucket)) }

// Unapplied returns the unapplied credits that are in no bucket, as a positive
// amount: all of them, unless the report treats them otherwise (SPEC A3).
func (w Row) Unapplied() ar.Money {
	if w.r.derived {
		return w.credits(creditsUnapplied, creditsUnapplied+1).Neg()
	}
	return w.Credits()
}

// Credits returns all unapplied credits as a positive amount, whatever the
// report's Treatment does with them. What of it is not in Unapplied was aged,
// taken off the oldest debits, or left out.
func (w Row) Credits() ar.Money {
	if w.r.derived {
		return w.credits(0, creditsDerived).Neg()
	}
	return w.credits(0, len(w.r.lay.bucket)).Neg()
}

// Balance returns Total plus Apart minus Unapplied: what is owed on balance.
// Only where credits are left out, or debits excluded, it is not what the items
// add up to.
func (w Row) Balance() ar.Money {
	balance := w.Total()
	if w.r.lay.apart != 0 {
		balance = plus(balance, w.Apart())
	}
	if w.r.credits {
		balance = plus(balance, w.Unapplied().Neg())
	}
	return balance
}

// PastDue returns the sum of the debits in the buckets that are one day or more
// past their due date, whatever the basis and the buckets (SPEC A1, "Past Due
// All"). Credits that are aged or taken off the oldest debits reduce it.
func (w Row) PastDue() ar.Money {
	return w.debits(int(w.r.lay.pastDue.from), int(w.r.lay.pastDue.to))
}

// Apart returns the sum of the debits that Options.Apart has in a column of
// their own, out of the buckets (SPEC L7).
func (w Row) Apart() ar.Money { return w.own(w.r.lay.apart) }

// Excluded returns the sum of the debits that Options.Exclude leaves out of
// buckets and balance: what the balance is short of that of the account.
func (w Row) Excluded() ar.Money { return w.own(w.r.lay.excluded) }

// Receipts returns what came in after the as-of date, where Options.Receipts
// asks for it, as a positive amount. No other amount of the row knows of it.
func (w Row) Receipts() ar.Money { return w.own(w.r.lay.receipts) }

// own returns the sum in the cell of a column of its own, if there is one.
func (w Row) own(cell uint8) ar.Money {
	if cell == 0 {
		return units(0, w.Currency())
	}
	return w.debits(int(cell), int(cell)+1)
}

// debits returns the sum of a run of the row's cells of debits.
func (w Row) debits(from, to int) ar.Money {
	at := w.i * w.r.stride()
	return w.sum(at+from, at+to)
}

// credits returns the sum of a run of the row's cells of credits.
func (w Row) credits(from, to int) ar.Money {
	if !w.r.credits {
		return units(0, w.Currency())
	}
	at := w.i*w.r.stride() + w.r.lay.stride
	return w.sum(at+from, at+to)
}

func (w Row) sum(from, to int) ar.Money {
	if w.r.cells.wide == nil && (to == from+1 || w.r.size.fits()) {
		minor := int64(0)
		for _, m := range w.r.cells.minor[from:to] {
			minor += m
		}
		return units(minor, w.Currency())
	}
	s := sum{cur: w.Currency()}
	w.r.cells.addTo(&s, from, to)
	return s.money()
}

// Equal reports whether two rows have the same key and the same amounts, those
// of credits included.
func (w Row) Equal(o Row) bool {
	if w.Key() != o.Key() || w.Currency() != o.Currency() || w.r.lay.width != o.r.lay.width {
		return false
	}
	for c := range w.r.lay.width {
		if !w.debits(c, c+1).Equal(o.debits(c, c+1)) || !w.credits(c, c+1).Equal(o.credits(c, c+1)) {
			return false
		}
	}
	return true
}
