package allocation

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// New plans an allocation of what is open: entries of one customer, in any
// order, such as those of ledger.Account.Available. The package comment says
// what it does and when it returns an error; the entries are left as they are.
//
// Entries of ledger.Account.Open serve where no allocation is dated later than
// the date that they are open as of. Else the plan may need what a later
// allocation needs too, and Account.Add refuses its facts.
func New(open []ledger.Entry, o Options) (*Plan, error) {
	p := planner{
		o:       o,
		byDebit: map[string][]*debit{}, byCredit: map[string]*credit{},
		later: map[string]*ledger.Document{}, queues: map[queueKey][]*debit{}, rankings: map[queueKey]*ranking{},
	}
	p.checkOptions()
	p.read(open)
	p.sort()
	p.allocateSpecified()
	if len(p.faults) == 0 && o.Auto {
		for _, c := range p.credits {
			if !c.specified && p.uses(c) && c.left.Sign() > 0 {
				p.allocate(c)
			}
		}
	}
	if len(p.faults) == 0 {
		return p.plan()
	}
	return nil, errors.Join(p.faults...)
}

// planner makes a plan, and notes the faults of what it is given.
type planner struct {
	o        Options
	credits  []*credit
	debits   []*debit // oldest due first
	byCredit map[string]*credit
	byDebit  map[string][]*debit         // parts in the order of debits
	later    map[string]*ledger.Document // dated after the plan
	queues   map[queueKey][]*debit       // of orders that stay, or are made anew for each credit
	rankings map[queueKey]*ranking       // of orders that change as debits are paid
	lines    []Line
	faults   []error
}

// credit is a credit while it is being allocated.
type credit struct {
	entry     ledger.Entry
	left      ar.Money // above zero, unlike what is outstanding
	specified bool
	declines  bool // early-payment discounts: it pays in full
}

// debit is a debit, or a part of one, while it is being paid.
type debit struct {
	entry    ledger.Entry
	left     ar.Money
	settling Settling
	first    int // its place in Options.First
	kind     int // its place in Options.DebitKinds
	paid     bool

	preferred ar.Money // the discount that the credit of the turn may have, to break ties
}

func (d *debit) currency() ar.Currency { return d.left.Currency() }

func (d *debit) String() string {
	name := d.entry.Document.String()
	if d.entry.Part > 0 {
		name = fmt.Sprintf("part %d of %s", d.entry.Part, name)
	}
	return name
}

func (p *planner) fault(format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf(format, args...))
}

func (p *planner) checkOptions() {
	if !p.o.Date.Valid() {
		p.fault("allocation on %s: %w", p.o.Date, ledger.ErrBadDate)
	}
	for _, policy := range p.o.Policies {
		if policy > ClearPastDue {
			p.fault("%s is no policy", policy)
		}
	}
	for i, r := range p.o.Rates {
		same := func(s Rate) bool { return s.From == r.From && s.To == r.To }
		if r.Rate.Sign() <= 0 || r.From == r.To {
			p.fault("%w: %s from %s to %s", ledger.ErrRate, r.Rate, r.From, r.To)
		}
		if slices.ContainsFunc(p.o.Rates[:i], same) {
			p.fault("%w: two rates from %s to %s", ledger.ErrRate, r.From, r.To)
		}
	}
	if p.o.MaxSet <= 0 {
		p.o.MaxSet = defaultMaxSet
	}
	if p.o.SetsTried <= 0 {
		p.o.SetsTried = defaultSetsTried
	}
}

// read takes the entries in.
func (p *planner) read(open []ledger.Entry) {
	seen := map[entryKey]bool{}
	customer := ""
	for i := range open {
		e := &open[i]
		d := e.Document
		if d == nil || d.ID == "" || !e.Date.Valid() || !e.Due.Valid() || !fits(e) {
			p.fault("entry %d of %d: %w: %s", i+1, len(open), ErrEntry, describe(e))
			continue
		}
		if seen[entryKey{d.ID, e.Part}] {
			p.fault("%s, part %d: %w", d, e.Part, ledger.ErrDuplicateID)
			continue
		}
		seen[entryKey{d.ID, e.Part}] = true
		if i == 0 {
			customer = d.Customer
		}
		if d.Customer != customer {
			p.fault("%s: %w: %q, and the first entry is of %q", d, ledger.ErrOtherCustomer, d.Customer, customer)
			continue
		}
		if e.Date > p.o.Date && !p.o.Ahead {
			p.later[d.ID] = d
			continue
		}
		p.take(e)
	}
}

func describe(e *ledger.Entry) string {
	if e.Document == nil {
		return "no document"
	}
	return fmt.Sprintf("%s, dated %s, due %s, open for %s", e.Document, e.Date, e.Due, e.Outstanding)
}

// fits reports whether an entry has the sign of its kind.
func fits(e *ledger.Entry) bool {
	k := e.Document.Kind
	return k.IsDebit() && e.Outstanding.Sign() > 0 || k.IsCredit() && e.Outstanding.Sign() < 0 && e.Part == 0
}

func (p *planner) take(e *ledger.Entry) {
	d := e.Document
	if d.Kind.IsCredit() {
		c := &credit{entry: *e, left: e.Outstanding.Neg()}
		p.byCredit[d.ID] = c
		p.credits = append(p.credits, c)
		return
	}
	x := &debit{
		entry: *e, left: e.Outstanding,
		first: place(p.o.First, d.ID), kind: place(p.o.DebitKinds, d.Kind),
	}
	if p.o.Settling != nil {
		var err error
		if x.settling, err = p.o.Settling(e); err == nil {
			err = x.settling.check(x.currency())
		}
		if err != nil {
			p.fault("settling %s: %w", x, err)
		}
	}
	p.debits = append(p.debits, x)
}

// place returns the index of x, or the length.
func place[T comparable](all []T, x T) int {
	if i := slices.Index(all, x); i >= 0 {
		return i
	}
	return len(all)
}

// sort puts credits and debits in their order, and looks up the names that the
// options have.
func (p *planner) sort() {
	slices.SortFunc(p.credits, func(x, y *credit) int {
		d, e := x.entry.Document, y.entry.Document
		return cmp.Or(
			cmp.Compare(place(p.o.CreditKinds, d.Kind), place(p.o.CreditKinds, e.Kind)),
			cmp.Compare(x.entry.Date, y.entry.Date),
			cmp.Compare(d.Number, e.Number), cmp.Compare(d.ID, e.ID),
		)
	})
	slices.SortFunc(p.debits, older)
	for _, d := range p.debits {
		p.byDebit[d.entry.Document.ID] = append(p.byDebit[d.entry.Document.ID], d)
	}
	for _, id := range p.o.Credits {
		if p.byCredit[id] == nil {
			p.missing("", "credit", id)
		}
	}
	for _, id := range p.o.First {
		if p.byDebit[id] == nil {
			p.missing("", "debit", id)
		}
	}
}

// missing notes that a name is not that of an open document of its side, after
// the words that say what names it.
func (p *planner) missing(words, side, id string) {
	side = words + side
	switch d := p.later[id]; {
	case d != nil:
		p.fault("%s %q on %s: %w %s", side, id, p.o.Date, ledger.ErrTooEarly, d)
	case p.byCredit[id] != nil:
		p.fault("%s %q: %w: it is %s", side, id, ledger.ErrSides, p.byCredit[id].entry.Document)
	case p.byDebit[id] != nil:
		p.fault("%s %q: %w: it is %s", side, id, ledger.ErrSides, p.byDebit[id][0].entry.Document)
	default:
		p.fault("%s %q on %s: %w", side, id, p.o.Date, ErrNotOpen)
	}
}

// uses reports whether a credit takes part.
func (p *planner) uses(c *credit) bool {
	return c.specified || len(p.o.Credits) == 0 || slices.Contains(p.o.Credits, c.entry.Document.ID)
}
