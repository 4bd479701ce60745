package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// openItems is another job: of n documents, half of them payments, and twice as
// many allocations, what is open as of a date, and taking such facts together.
// What counts is how the time for a document grows with their number.
func openItems() []entry {
	load := &openLoad{}
	return []entry{
		{contestant: &openAccounts{load: load}, otherJob: true, peer: nameOpenPlain},
		{contestant: &openOne{load: load}, otherJob: true, peer: nameOpenPlain},
		{contestant: &openBuild{load: load}, otherJob: true},
		{contestant: &openPlain{load: load}, otherJob: true},
	}
}

// The names of these contestants.
const (
	nameOpenAccounts = "ar, open items as of a date, accounts"
	nameOpenOne      = "ar, open items as of a date, one account"
	nameOpenBuild    = "ar, one account of its facts"
	nameOpenPlain    = "plain Go, open items as of a date, map of int64"
)

// largestOpen is the number of documents beyond which the job is left out, as
// there would not be the memory.
const largestOpen = million

// openLoad is the facts, made once for all contestants.
type openLoad struct {
	w         *workload
	customers []ledger.Customer
	facts     ledger.Facts
	one       ledger.Facts // the same as those of one customer
	left      int64        // cents of debits less credits that are open on the date
	open      int          // documents
}

// make makes a document of every item, every second one a payment of the
// customer's, and allocations from a payment to the invoice before it: four of
// a fifth each, a tenth of them dated after the as-of date and a tenth reversed.
func (l *openLoad) make(w *workload) error {
	if l.w == w {
		return nil
	}
	if len(w.cents) > largestOpen {
		return fmt.Errorf("%w: more than %d documents", errAbsent, largestOpen)
	}
	*l = openLoad{w: w}
	rng := rand.New(rand.NewPCG(seed+2, uint64(len(w.cents))))
	for _, id := range w.ids() {
		l.customers = append(l.customers, ledger.Customer{ID: id})
	}
	last := make([]int, w.customers) // each customer's last invoice, plus 1
	for i := range w.cents {
		if err := l.add(i, last, rng); err != nil {
			return err
		}
	}
	l.one = ledger.Facts{
		Documents: slices.Clone(l.facts.Documents), Allocations: l.facts.Allocations, Reversals: l.facts.Reversals,
	}
	for i := range l.one.Documents {
		l.one.Documents[i].Customer = l.customers[0].ID
	}
	return nil
}

func (l *openLoad) add(i int, last []int, rng *rand.Rand) error {
	w := l.w
	customer := w.customer[i]
	d := ledger.Document{
		ID: fmt.Sprintf("D%08d", i), Number: fmt.Sprint(i), Customer: l.customers[customer].ID,
		Kind: ledger.Invoice, Date: min(w.due[i], w.asOf), Due: w.due[i],
	}
	cents := w.cents[i] + 5
	invoice := last[customer] - 1
	if last[customer] = i + 1; invoice >= 0 {
		last[customer] = 0
		d.Kind, d.Date, d.Due = ledger.Payment, l.facts.Documents[invoice].Date, 0
		cents, _ = l.facts.Documents[invoice].Amount.Minor()
	}
	var err error
	if d.Amount, err = ar.NewMoney(cents, w.currency); err != nil {
		return err
	}
	l.facts.Documents = append(l.facts.Documents, d)
	l.open++
	if invoice < 0 {
		l.left += cents
		return nil
	}
	l.left -= cents
	return l.allocate(i, invoice, cents/5, rng)
}

func (l *openLoad) allocate(payment, invoice int, cents int64, rng *rand.Rand) error {
	amount, err := ar.NewMoney(cents, l.w.currency)
	if err != nil {
		return err
	}
	for k := range 4 {
		x := ledger.Allocation{
			ID: fmt.Sprintf("A%08d-%d", payment, k), Credit: l.facts.Documents[payment].ID, Debit: l.facts.Documents[invoice].ID,
			Amount: amount,
		}
		switch rng.IntN(10) {
		case 0:
			x.Date = l.w.asOf + 1
		case 1:
			l.facts.Reversals = append(l.facts.Reversals, ledger.Reversal{Allocation: x.ID, Date: l.w.asOf})
		}
		l.facts.Allocations = append(l.facts.Allocations, x)
	}
	return nil
}

// check compares what is open with what must be: the balance, as allocations
// move nothing from or to it, and the number of documents, none of which is
// paid in full.
func (l *openLoad) check(left int64, open int) error {
	if left != l.left || open != l.open {
		return fmt.Errorf("%d cents in %d open items, want %d in %d", left, open, l.left, l.open)
	}
	return nil
}

// sumItems adds up what a source of items yields.
func sumItems(items func(func(ledger.Item, error) bool)) (left int64, open int, err error) {
	for item, err := range items {
		if err != nil {
			return 0, 0, err
		}
		cents, _ := item.Outstanding.Minor()
		left += cents
		open++
	}
	return left, open, nil
}

// openAccounts asks the accounts of all customers.
type openAccounts struct {
	load     *openLoad
	accounts []*ledger.Account
	left     int64
	open     int
}

func (o *openAccounts) Name() string { return nameOpenAccounts }

func (o *openAccounts) Prepare(w *workload) (err error) {
	if err := o.load.make(w); err != nil {
		return err
	}
	o.accounts, err = ledger.Accounts(o.load.customers, o.load.facts, nil)
	return err
}

func (o *openAccounts) Run() (err error) {
	o.left, o.open, err = sumItems(ledger.ItemsOf(o.accounts, o.load.w.asOf))
	return err
}

func (o *openAccounts) Result() (*result, error) { return nil, o.load.check(o.left, o.open) }

// openOne asks one account of all facts.
type openOne struct {
	load    *openLoad
	account *ledger.Account
	left    int64
	open    int
}

func (o *openOne) Name() string { return nameOpenOne }

func (o *openOne) Prepare(w *workload) (err error) {
	if err := o.load.make(w); err != nil {
		return err
	}
	o.account, err = ledger.NewAccount(o.load.customers[0], o.load.one, nil)
	return err
}

func (o *openOne) Run() (err error) {
	o.left, o.open, err = sumItems(o.account.Items(o.load.w.asOf))
	return err
}

func (o *openOne) Result() (*result, error) { return nil, o.load.check(o.left, o.open) }

// openBuild takes all facts together as those of one account.
type openBuild struct {
	load    *openLoad
	account *ledger.Account
}

func (o *openBuild) Name() string { return nameOpenBuild }

func (o *openBuild) Prepare(w *workload) error { return o.load.make(w) }

func (o *openBuild) Run() (err error) {
	o.account, err = ledger.NewAccount(o.load.customers[0], o.load.one, nil)
	return err
}

func (o *openBuild) Result() (*result, error) {
	left, open, err := sumItems(o.account.Items(o.load.w.asOf))
	if err != nil {
		return nil, err
	}
	return nil, o.load.check(left, open)
}

// openPlain is maps of cents and dates by ID, checking nothing.
type openPlain struct {
	load *openLoad
	open map[string]int64
}

func (o *openPlain) Name() string { return nameOpenPlain }

func (o *openPlain) Prepare(w *workload) error { return o.load.make(w) }

func (o *openPlain) Run() error {
	f, asOf := &o.load.facts, o.load.w.asOf
	o.open = make(map[string]int64, len(f.Documents))
	for i := range f.Documents {
		if d := &f.Documents[i]; d.Date <= asOf {
			cents, _ := d.Amount.Minor()
			if d.Kind.IsCredit() {
				cents = -cents
			}
			o.open[d.ID] = cents
		}
	}
	reversed := make(map[string]bool, len(f.Reversals))
	for _, r := range f.Reversals {
		if r.Date <= asOf {
			reversed[r.Allocation] = true
		}
	}
	for i := range f.Allocations {
		x := &f.Allocations[i]
		if x.Date > asOf || reversed[x.ID] {
			continue
		}
		cents, _ := x.Amount.Minor()
		o.open[x.Credit] += cents
		o.open[x.Debit] -= cents
	}
	return nil
}

func (o *openPlain) Result() (*result, error) {
	var left int64
	open := 0
	for _, cents := range o.open {
		left += cents
		if cents != 0 {
			open++
		}
	}
	return nil, o.load.check(left, open)
}
