package allocation

import "container/heap"

// ranking is open debits in an order that what is open of them makes, which
// changes as they are paid: a heap, in which each finds its place again in
// logarithmic time.
type ranking struct {
	order  func(x, y *debit) int // total
	debits []*debit
	at     map[*debit]int // where each is in debits
}

func newRanking(debits []*debit, order func(x, y *debit) int) *ranking {
	r := &ranking{order: order, debits: debits, at: make(map[*debit]int, len(debits))}
	for i, d := range debits {
		r.at[d] = i
	}
	heap.Init(r)
	return r
}

// all yields the debits in their order. Those that are yielded have left the
// ranking, so that being paid moves none of them back into it; they return
// afterwards, unless nothing is open of them.
func (r *ranking) all(yield func(*debit) bool) {
	var yielded []*debit
	for goOn := true; goOn && len(r.debits) > 0; {
		d := r.debits[0]
		heap.Remove(r, 0)
		yielded = append(yielded, d)
		goOn = yield(d)
	}
	for _, d := range yielded {
		if !d.left.IsZero() {
			heap.Push(r, d)
		}
	}
}

// moved finds the place of a debit of which less is open now, if it is ranked.
func (r *ranking) moved(d *debit) {
	i, ranked := r.at[d]
	switch {
	case !ranked:
	case d.left.IsZero():
		heap.Remove(r, i)
	default:
		heap.Fix(r, i)
	}
}

// Len implements heap.Interface.
func (r *ranking) Len() int { return len(r.debits) }

// Less implements heap.Interface.
func (r *ranking) Less(i, j int) bool { return r.order(r.debits[i], r.debits[j]) < 0 }

// Swap implements heap.Interface.
func (r *ranking) Swap(i, j int) {
	r.debits[i], r.debits[j] = r.debits[j], r.debits[i]
	r.at[r.debits[i]], r.at[r.debits[j]] = i, j
}

// Push implements heap.Interface.
func (r *ranking) Push(x any) {
	d, _ := x.(*debit)
	r.at[d] = len(r.debits)
	r.debits = append(r.debits, d)
}

// Pop implements heap.Interface.
func (r *ranking) Pop() any {
	last := len(r.debits) - 1
	d := r.debits[last]
	r.debits = r.debits[:last]
	delete(r.at, d)
	return d
}
