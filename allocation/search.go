package allocation

import (
	"slices"

	"github.com/openreceivables/ar"
)

// search looks for the set of claims that come to an amount. Sets of one size
// are tried in the order of their claims, so that the first that is found has
// the oldest.
type search struct {
	claims   []claim
	tolerant bool // the last claim of a set may take a difference within its tolerance
	prefer   bool // of equal sets the one with the greater discount
	tries    int  // still to go

	largest  []ar.Money // of the claims from an index on
	slack    ar.Money   // the largest tolerance
	chosen   []int
	best     []int
	bestOff  ar.Money // by which best differs from the amount
	bestGain ar.Money // its discount
}

func (s *search) prepare() {
	s.largest = make([]ar.Money, len(s.claims)+1)
	for i := len(s.claims) - 1; i >= 0; i-- {
		s.largest[i] = s.claims[i].required
		if less(s.largest[i], s.largest[i+1]) {
			s.largest[i] = s.largest[i+1]
		}
		if s.tolerant && less(s.slack, s.claims[i].tolerance) {
			s.slack = s.claims[i].tolerance
		}
	}
}

// try looks at sets of the chosen claims and size more, from an index on, that
// take what remains of the amount. It returns false to end the search.
func (s *search) try(from, size int, remains ar.Money) bool {
	if size == 0 {
		return s.judge(remains)
	}
	for i := from; i+size <= len(s.claims); i++ {
		if s.tries--; s.tries < 0 {
			return false
		}
		if s.outOfReach(i, size, remains) {
			return true
		}
		left := minus(remains, s.claims[i].required)
		if left.Sign() < 0 && less(s.slack, left.Neg()) {
			continue
		}
		s.chosen = append(s.chosen, i)
		goOn := s.try(i+1, size-1, left)
		s.chosen = s.chosen[:len(s.chosen)-1]
		if !goOn {
			return false
		}
	}
	return true
}

// outOfReach reports whether no claims from an index on come to what remains.
func (s *search) outOfReach(from, size int, remains ar.Money) bool {
	most := s.slack
	for range size {
		most = plus(most, s.largest[from])
	}
	return less(most, remains)
}

// judge compares the chosen set with the best so far. It returns false where no
// better one can come.
func (s *search) judge(remains ar.Money) bool {
	off, tolerance := remains.Abs(), ar.Money{}
	if s.tolerant {
		tolerance = s.claims[s.chosen[len(s.chosen)-1]].tolerance
	}
	if less(tolerance, off) {
		return true
	}
	var gain ar.Money
	for _, i := range s.chosen {
		gain = plus(gain, s.claims[i].discount)
	}
	better := s.best == nil || less(off, s.bestOff) ||
		s.prefer && !less(s.bestOff, off) && less(s.bestGain, gain)
	if better {
		s.best, s.bestOff, s.bestGain = slices.Clone(s.chosen), off, gain
	}
	return !off.IsZero() || s.prefer
}
