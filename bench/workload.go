package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// The workload of every comparison. Whoever changes one of these measures
// something else.
const (
	itemsPerCustomer = 20 // on average
	zipfExponent     = 1.1
	zipfOffset       = 10        // keeps the largest customer at a few percent of all items
	aheadDays        = 60        // due dates lie up to this many days after the as-of date
	behindDays       = 400       // and up to this many before it
	maxCents         = 9_999_999 // amounts are 0.01 to 99,999.99
	seed             = 20240630
)

// order is the order in which items come. Nobody tells a contestant which.
type order string

const (
	byCustomer  order = "by customer"
	randomOrder order = "random"
)

// workload is the open items of one case, in columns and, when asked for, as
// structs. Contestants read it and must not write to it.
type workload struct {
	asOf      ar.Date
	currency  ar.Currency
	customers int // numbered from 0, each with one item at least

	// One entry for each item. They are the same items in either order.
	customer []int32
	due      []ar.Date
	cents    []int64

	want     *result // the right answer
	separate []ledger.Item
	shared   []ledger.Item
}

// newWorkload makes n items in the order given: always the same ones.
func newWorkload(n int, o order) *workload {
	rng := rand.New(rand.NewPCG(seed, uint64(n)))
	w := &workload{
		asOf:      ar.MustDate("2024-06-30"),
		currency:  ar.MustCurrency("EUR"),
		customers: max(1, n/itemsPerCustomer),
		customer:  make([]int32, 0, n),
		due:       make([]ar.Date, n),
		cents:     make([]int64, n),
	}
	for c, items := range itemCounts(n, w.customers, rng) {
		for range items {
			w.customer = append(w.customer, int32(c))
		}
	}
	for i := range n {
		w.due[i] = w.asOf + aheadDays - ar.Date(rng.IntN(aheadDays+behindDays+1))
		w.cents[i] = 1 + rng.Int64N(maxCents)
	}
	if o == randomOrder {
		rng.Shuffle(n, func(i, j int) {
			w.customer[i], w.customer[j] = w.customer[j], w.customer[i]
			w.due[i], w.due[j] = w.due[j], w.due[i]
			w.cents[i], w.cents[j] = w.cents[j], w.cents[i]
		})
	}
	w.want = reference(w)
	return w
}

// itemCounts deals n items to customers: one to each, the rest by Zipf's law,
// with large and small customers in no order.
func itemCounts(n, customers int, rng *rand.Rand) []int {
	counts := slices.Repeat([]int{1}, customers)
	number := rng.Perm(customers)
	zipf := rand.NewZipf(rng, zipfExponent, zipfOffset, uint64(customers-1))
	for range n - customers {
		counts[number[zipf.Uint64()]]++
	}
	return counts
}

// customerID is the ID of a customer by number: C0004711 is 4711.
func customerID(number int32) string { return fmt.Sprintf("C%07d", number) }

// customerNumber is the reverse of customerID.
func customerNumber(id string) (int32, error) {
	if len(id) == 0 || id[0] != 'C' {
		return 0, fmt.Errorf("customer %q: want C and a number", id)
	}
	n, err := strconv.ParseInt(id[1:], 10, 32)
	return int32(n), err
}

// ids returns the IDs of all customers, by number.
func (w *workload) ids() []string {
	ids := make([]string, w.customers)
	for c := range ids {
		ids[c] = customerID(int32(c))
	}
	return ids
}

// separateIDs yields each item's customer ID as a string of its own, made in
// the order of the items, as by a host that decodes a column. Whoever asks makes
// them one after another, so that they lie in memory alike for everybody.
func (w *workload) separateIDs() func(item int) string {
	id := make([]byte, 0, 16)
	return func(item int) string {
		id = append(id[:0], "C0000000"...)
		for i, c := len(id)-1, w.customer[item]; c > 0; i, c = i-1, c/10 {
			id[i] = byte('0' + c%10)
		}
		return string(id)
	}
}

// separateItems returns the items as structs, each with strings of its own.
func (w *workload) separateItems() ([]ledger.Item, error) {
	if w.separate == nil {
		items, err := w.items(w.separateIDs())
		if err != nil {
			return nil, err
		}
		w.separate = items
	}
	return w.separate, nil
}

// sharedItems returns the items as structs; those of a customer share one
// string for its ID, as when a host interns them.
func (w *workload) sharedItems() ([]ledger.Item, error) {
	if w.shared == nil {
		ids := w.ids()
		items, err := w.items(func(item int) string { return ids[w.customer[item]] })
		if err != nil {
			return nil, err
		}
		w.shared = items
	}
	return w.shared, nil
}

func (w *workload) items(id func(item int) string) ([]ledger.Item, error) {
	items := make([]ledger.Item, len(w.customer))
	for i := range items {
		items[i].Customer = id(i)
	}
	for i := range items {
		amount, err := ar.NewMoney(w.cents[i], w.currency)
		if err != nil {
			return nil, err
		}
		it := &items[i]
		it.Number, it.Outstanding = "R"+strconv.Itoa(i), amount
		it.Date, it.Due = w.due[i]-aheadDays, w.due[i] // never after the as-of date
	}
	return items, nil
}
