package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
)

// builder makes an account of its facts, and notes their faults. A fact that is
// at fault is left out of what follows, so that one mistake is one fault.
type builder struct {
	*Account
	faults []error

	byAllocation names
	kinds        []Kind            // of documents; 0 for one of another customer
	earliest     map[int32]ar.Date // that a re-dated document ever had
}

func (b *builder) fault(fact fmt.Stringer, err error) {
	b.faults = append(b.faults, &FactError{fact, err})
}

// documents numbers the documents and notes what their amounts are.
func (b *builder) documents() {
	docs := b.facts.Documents
	b.number = newNames(len(docs))
	b.dates = make([]ar.Date, len(docs))
	b.dues = make([]ar.Date, len(docs))
	b.amounts = make([]ar.Money, len(docs))
	b.kinds = make([]Kind, len(docs))
	for i := range docs {
		d := &docs[i]
		d.check(func(err error) { b.fault(d, err) })
		if b.kinds[i] = d.Kind; d.Customer != b.customer.ID && d.Customer != "" {
			b.kinds[i] = 0
			b.fault(d, fmt.Errorf("%w: %q, and the account is that of %q", ErrOtherCustomer, d.Customer, b.customer.ID))
		}
		b.dates[i], b.amounts[i] = d.Date, d.Amount
		if len(d.Parts) > 0 {
			d.Parts = slices.Clone(d.Parts)
			b.addParts(int32(i), d.Parts)
		}
	}
	unique(&b.number, docs, func(d *Document) string { return d.ID }, func(d, first *Document) {
		b.fault(d, fmt.Errorf("%w: %s has it", ErrDuplicateID, first))
	})
}

// unique numbers facts by their IDs, and calls twice for one whose ID another
// has.
func unique[T any](t *names, facts []T, id func(*T) string, twice func(fact, first *T)) {
	var b batch
	for from := 0; from < len(facts); from += batchSize {
		some := facts[from:min(from+batchSize, len(facts))]
		b.count = len(some)
		for i := range some {
			b.ids[i] = id(&some[i])
		}
		t.add(&b, from)
		for i := range some {
			if b.numbers[i] < 0 && b.ids[i] != "" {
				first, _ := t.find(b.ids[i])
				twice(&some[i], &facts[first])
			}
		}
	}
}

func (b *builder) addParts(document int32, parts []Part) {
	if b.parts == nil {
		b.parts = map[int32]int32{}
	}
	b.parts[document] = int32(len(b.amounts))
	for _, p := range parts {
		b.amounts = append(b.amounts, p.Amount)
	}
}

// find looks a document up, and notes a fault where there is none.
func (b *builder) find(id string, fact fmt.Stringer) (number int32, ok bool) {
	number, _ = b.number.find(id)
	if number < 0 || id == "" {
		b.fault(fact, unknownDocument(id, nil))
		return number, false
	}
	return number, true
}

// unknownDocument says that there is no document of an ID, and what there is at
// the other end of the allocation that names it, if anything is.
func unknownDocument(id string, other *Document) error {
	if other == nil {
		return fmt.Errorf("%w: %q", ErrUnknownDocument, id)
	}
	return fmt.Errorf("%w: %q; there is %s", ErrUnknownDocument, id, other)
}

// redates puts the dates in force in place.
func (b *builder) redates() {
	type revision struct {
		document int32
		*Redate
	}
	var all []revision
	for i := range b.facts.Redates {
		r := &b.facts.Redates[i]
		n, ok := b.find(r.Document, r)
		if !ok {
			continue
		}
		if !r.Date.Valid() {
			b.fault(r, ErrBadDate)
		}
		if d := &b.facts.Documents[n]; !d.redatable() {
			b.fault(r, fmt.Errorf("%w: %s", ErrNotPayment, d))
		}
		all = append(all, revision{n, r})
	}
	slices.SortFunc(all, func(x, y revision) int {
		return cmp.Or(cmp.Compare(x.document, y.document), cmp.Compare(x.Revision, y.Revision), cmp.Compare(x.Date, y.Date))
	})
	b.earliest = make(map[int32]ar.Date, len(all))
	want := 1
	for i, r := range all {
		if want++; i == 0 || all[i-1].document != r.document {
			want = 1
			b.earliest[r.document] = b.dates[r.document]
		}
		if r.Revision != want {
			b.fault(r.Redate, fmt.Errorf("%w: want %d", ErrRevision, want))
		}
		b.dates[r.document] = r.Date
		b.earliest[r.document] = min(b.earliest[r.document], r.Date)
	}
}

// dueDates computes the due dates of all documents.
func (b *builder) dueDates() {
	for i := range b.facts.Documents {
		d := &b.facts.Documents[i]
		due := b.dates[i]
		if !d.Due.IsZero() {
			due = d.Due
		} else if terms := d.terms(&b.customer); !terms.IsZero() && due.Valid() {
			var err error
			if due, err = terms.DueDate(due, b.calendars); err != nil {
				b.fault(d, err)
			}
		}
		b.dues[i] = due
	}
}

// allocations looks up what each goes from and to. The link of one that is at
// fault never counts.
func (b *builder) allocations() {
	all := b.facts.Allocations
	b.links = make([]link, len(all))
	b.byAllocation = newNames(len(all))
	var twice map[*Allocation]bool
	unique(&b.byAllocation, all, func(x *Allocation) string { return x.ID }, func(x, first *Allocation) {
		b.fault(x, fmt.Errorf("%w: %s has it", ErrDuplicateID, first))
		if twice == nil {
			twice = map[*Allocation]bool{}
		}
		twice[x] = true
	})
	var credits, debits batch
	for from := 0; from < len(all); from += batchSize {
		some := all[from:min(from+batchSize, len(all))]
		credits.count, debits.count = len(some), len(some)
		for i := range some {
			credits.ids[i], debits.ids[i] = some[i].Credit, some[i].Debit
		}
		b.number.findAll(&credits)
		b.number.findAll(&debits)
		for i := range some {
			if x := &some[i]; b.allocation(x, credits.numbers[i], debits.numbers[i], &b.links[from+i]) && twice[x] {
				b.links[from+i] = link{}
			}
		}
	}
}

// document returns a document by its number, nil where that is of none.
func (b *builder) document(number int32, id string) *Document {
	if number < 0 || id == "" {
		return nil
	}
	return &b.facts.Documents[number]
}

// allocation makes the link of an allocation between two documents, −1 for one
// that is not there, and reports whether it is without fault.
func (b *builder) allocation(x *Allocation, credit, debit int32, l *link) bool {
	before := len(b.faults)
	if x.ID == "" {
		b.fault(x, ErrNoID)
	}
	from, to := b.document(credit, x.Credit), b.document(debit, x.Debit)
	if x.Amount.Sign() <= 0 && from != nil && to != nil {
		b.fault(x, fmt.Errorf("%w: from %s to %s", ErrNotPositive, from, to))
	} else if x.Amount.Sign() <= 0 {
		b.fault(x, ErrNotPositive)
	}
	if x.With != "" {
		if _, ok := b.byAllocation.find(x.With); !ok {
			b.fault(x, fmt.Errorf("%w: with %q", ErrUnknownAllocation, x.With))
		}
	}
	if from == nil {
		b.fault(x, unknownDocument(x.Credit, to))
	}
	if to == nil {
		b.fault(x, unknownDocument(x.Debit, from))
	}
	if from == nil || to == nil {
		return false
	}
	made := link{
		amount: x.Amount, credit: credit, debit: debit,
		from: max(x.Date, b.dates[credit], b.dates[debit]), exchange: !x.Taken.IsZero(),
	}
	if !b.plain(x, &made) {
		b.ends(x, &made)
	}
	if len(b.faults) > before {
		return false
	}
	*l = made
	return true
}

// plain reports whether an allocation is one of the most common and has none of
// the faults that ends looks for. It does not read the documents, which lie far
// apart in memory.
func (b *builder) plain(x *Allocation, l *link) bool {
	currency := x.Amount.Currency()
	return b.kinds[l.credit].IsCredit() && b.kinds[l.debit].IsDebit() &&
		x.Part == 0 && x.Taken.IsZero() && x.Rate.Sign() == 0 &&
		b.amounts[l.credit].Currency() == currency && b.amounts[l.debit].Currency() == currency &&
		(x.Date.IsZero() || x.Date == l.from && x.Date.Valid() && len(b.earliest) == 0)
}

// ends checks an allocation against the documents that it goes from and to.
func (b *builder) ends(x *Allocation, l *link) {
	credit, debit := &b.facts.Documents[l.credit], &b.facts.Documents[l.debit]
	if !credit.Kind.IsCredit() || !debit.Kind.IsDebit() {
		b.fault(x, fmt.Errorf("%w: from %s to %s", ErrSides, credit, debit))
	}
	if credit.Customer != debit.Customer {
		b.fault(x, acrossCustomers(credit, debit))
	}
	switch {
	case x.Part < 0 || x.Part > len(debit.Parts):
		b.fault(x, fmt.Errorf("%w: part %d of the %d of %s", ErrParts, x.Part, len(debit.Parts), debit))
	case x.Part > 0:
		l.part = b.parts[l.debit] + int32(x.Part) - 1
	}
	if err := x.currencies(credit, debit); err != nil {
		b.fault(x, err)
	}
	switch first, redated := b.earliest[l.credit]; {
	case x.Date.IsZero():
	case !x.Date.Valid():
		b.fault(x, fmt.Errorf("date %s: %w", x.Date, ErrBadDate))
	case x.Date < debit.Date:
		b.fault(x, fmt.Errorf("%w %s", ErrTooEarly, debit))
	case x.Date < credit.Date && !redated || redated && x.Date < first:
		b.fault(x, fmt.Errorf("%w %s", ErrTooEarly, credit))
	}
}

func acrossCustomers(credit, debit *Document) error {
	return fmt.Errorf("%s of customer %q to %s: %w, %q", credit, credit.Customer, debit, ErrOtherCustomer, debit.Customer)
}

// currencies checks the amounts of an allocation between two documents.
func (x *Allocation) currencies(credit, debit *Document) error {
	from, to := credit.Amount.Currency(), debit.Amount.Currency()
	if x.Amount.Currency() != to {
		return fmt.Errorf("%s: %w", debit, &ar.MismatchError{Left: x.Amount.Currency(), Right: to})
	}
	if x.Taken.IsZero() && x.Rate.Sign() == 0 {
		if from != to {
			return fmt.Errorf("from %s to %s: %w, and there is no rate", credit, debit, &ar.MismatchError{Left: from, Right: to})
		}
		return nil
	}
	if from == to {
		return fmt.Errorf("%w: both documents are in %s", ErrRate, to)
	}
	if x.Taken.Currency() != from {
		return fmt.Errorf("taken %s of %s: %w", x.Taken, credit, &ar.MismatchError{Left: x.Taken.Currency(), Right: from})
	}
	if x.Taken.Sign() <= 0 || x.Rate.Sign() <= 0 {
		return fmt.Errorf("taken %s of %s at %s: %w, and so must the rate", x.Taken, credit, x.Rate, ErrNotPositive)
	}
	for _, rounding := range []ar.Rounding{ar.RoundFloor, ar.RoundCeiling} {
		amount, err := x.Taken.Convert(x.Rate, to, rounding)
		if err != nil {
			return err
		}
		if amount.Equal(x.Amount) {
			return nil
		}
	}
	return fmt.Errorf("%w: %s of %s at %s is not %s", ErrRate, x.Taken, credit, x.Rate, x.Amount)
}

// reversals ends what is reversed.
func (b *builder) reversals() {
	for i := range b.facts.Reversals {
		r := &b.facts.Reversals[i]
		n, ok := b.byAllocation.find(r.Allocation)
		if !ok {
			b.fault(r, ErrUnknownAllocation)
			continue
		}
		if !r.Date.Valid() {
			b.fault(r, ErrBadDate)
			continue
		}
		l, x := &b.links[n], &b.facts.Allocations[n]
		switch {
		case r.Date < l.from:
			b.fault(r, fmt.Errorf("%w %s, which counts from %s", ErrTooEarly, x, l.from))
		case !l.until.IsZero():
			b.fault(r, fmt.Errorf("%s: %w: on %s and on %s", x, ErrReversedTwice, min(l.until, r.Date), max(l.until, r.Date)))
		default:
			l.until = r.Date
		}
	}
}

// status puts the statuses in order.
func (b *builder) status() {
	for i := range b.facts.Statuses {
		s := &b.facts.Statuses[i]
		n, ok := b.find(s.Document, s)
		if !ok {
			continue
		}
		if !s.Date.Valid() {
			b.fault(s, ErrBadDate)
		}
		b.statuses = append(b.statuses, status{n, s.Date, s.Flags})
	}
	slices.SortFunc(b.statuses, func(x, y status) int {
		return cmp.Or(cmp.Compare(x.document, y.document), cmp.Compare(x.from, y.from))
	})
	for i := 1; i < len(b.statuses); i++ {
		if x, y := b.statuses[i-1], b.statuses[i]; x.document == y.document && x.from == y.from {
			d := &b.facts.Documents[x.document]
			b.fault(&Status{Document: d.ID, Date: x.from}, fmt.Errorf("%s: %w", d, ErrTwoStatuses))
		}
	}
}
