package allocation

import (
	"slices"
	"sync/atomic"

	"github.com/openreceivables/ar"
)

// matcher leads credits and debits past each other.
type matcher struct {
	Matches
	packing
	debits, credits side
	currency        ar.Currency // of large amounts
}

// matchParts allocates the parts from one on and before another.
func (m *matcher) matchParts(at *desks, from, to int) []Match {
	lines := m.room(from, to)
	n := 0
	for part := from; part < to; part++ {
		debits, credits := m.sorted(at, part)
		n += m.match(lines[n:], debits, credits)
	}
	return lines[:n]
}

// room returns memory for the lines of the parts from one on and before
// another: no more than there are documents.
func (m *matcher) room(from, to int) []Match {
	return m.reuse.lines[m.before(from):m.before(to):m.before(to)]
}

// before returns the number of documents of the parts before one.
func (m *matcher) before(part int) int {
	return int(m.debits.begin[part]) + int(m.credits.begin[part])
}

func (m *matcher) sorted(at *desks, part int) (debits, credits []record) {
	return at.debits.sorted(&m.debits, &m.packing, part), at.credits.sorted(&m.credits, &m.packing, part)
}

// match allocates sorted credits to debits, both of the same whole accounts
// without large amounts, and returns how many lines it wrote.
func (m *matcher) match(lines []Match, debits, credits []record) (n int) {
	for len(debits) > 0 && len(credits) > 0 {
		ofDebits, ofCredits := m.nextAccount(&debits, &credits)
		if len(ofDebits) > 0 && len(ofCredits) > 0 {
			n += m.matchAccount(lines[n:], ofDebits, ofCredits)
		}
	}
	return n
}

// nextAccount cuts the records of the first account off both.
func (m *matcher) nextAccount(debits, credits *[]record) (ofDebits, ofCredits []record) {
	x, y := m.account((*debits)[0]), m.account((*credits)[0])
	if x <= y {
		ofDebits, *debits = m.cut(*debits)
	}
	if y <= x {
		ofCredits, *credits = m.cut(*credits)
	}
	return ofDebits, ofCredits
}

// matchAccount is match for one account that has debits and credits.
func (m *matcher) matchAccount(lines []Match, debits, credits []record) (n int) {
	p := m.packing // a copy: nothing of it changes by writing lines
	open, pay := m.debits.open(&p, debits[0]), m.credits.open(&p, credits[0])
	for d, c := 0, 0; ; n++ {
		line, amount := &lines[n], min(open, pay)
		line.Credit, line.Debit, line.Minor = p.row(credits[c]), p.row(debits[d]), amount
		open -= amount
		pay -= amount
		// Which of the two is used up is as good as chance: no jumps here.
		d += int(uint64(open-1) >> 63)
		c += int(uint64(pay-1) >> 63)
		if d >= len(debits) || c >= len(credits) {
			return n + 1
		}
		if next := m.debits.open(&p, debits[d]); open == 0 {
			open = next
		}
		if next := m.credits.open(&p, credits[c]); pay == 0 {
			pay = next
		}
	}
}

// chunks is how many pieces two workers make of the work, so that neither waits
// for long.
const chunks = 8

// matchAll allocates everything.
func (m *matcher) matchAll(workers int) {
	if workers < 2 {
		m.Lines = append(m.Lines, m.matchParts(&m.reuse.desks[0], 0, m.parts))
		return
	}
	var cuts []int
	for part := range m.parts {
		if m.before(part)*chunks >= m.before(m.parts)*len(cuts) {
			cuts = append(cuts, part)
		}
	}
	m.Lines = slices.Grow(m.Lines, len(cuts))[:len(cuts)]
	cuts = append(cuts, m.parts)
	var next atomic.Int32
	work := func(at *desks) {
		for i := int(next.Add(1)) - 1; i < len(m.Lines); i = int(next.Add(1)) - 1 {
			m.Lines[i] = m.matchParts(at, cuts[i], cuts[i+1])
		}
	}
	both(2, func() { work(&m.reuse.desks[0]) }, func() { work(&m.reuse.desks[1]) })
}

// matchAnySize allocates in plain integers the accounts that have no large
// amount, and the others exactly.
func (m *matcher) matchAnySize() error {
	lines := m.room(0, m.parts)
	n := 0
	for part := range m.parts {
		debits, credits := m.sorted(&m.reuse.desks[0], part)
		for len(debits) > 0 && len(credits) > 0 {
			ofDebits, ofCredits := m.nextAccount(&debits, &credits)
			if !m.hasLarge(&m.debits, ofDebits) && !m.hasLarge(&m.credits, ofCredits) {
				n += m.match(lines[n:], ofDebits, ofCredits)
				continue
			}
			more, err := m.matchExactly(lines[n:n], ofDebits, ofCredits)
			if err != nil {
				return err
			}
			n += len(more)
		}
	}
	m.Lines = append(m.Lines, lines[:n])
	return nil
}

// cut cuts the records of the first account off.
func (m *matcher) cut(records []record) (first, others []record) {
	n := 1
	for n < len(records) && m.account(records[n]) == m.account(records[0]) {
		n++
	}
	return records[:n], records[n:]
}

func (m *matcher) hasLarge(of *side, records []record) bool {
	return slices.ContainsFunc(records, func(r record) bool { return of.open(&m.packing, r) == 0 })
}

// matchExactly is match in amounts of any size, for one account.
func (m *matcher) matchExactly(lines []Match, debits, credits []record) ([]Match, error) {
	money := func(s *side, r record) (ar.Money, error) {
		if minor := s.open(&m.packing, r); minor != 0 {
			return ar.NewMoney(minor, m.currency)
		}
		return s.Large[m.row(r)], nil
	}
	var left ar.Money // of the first of the debits, if not zero
	for _, credit := range credits {
		pay, err := money(&m.credits, credit)
		for pay.Sign() > 0 && len(debits) > 0 && err == nil {
			if left.IsZero() {
				left, err = money(&m.debits, debits[0])
			}
			n := least(pay, left)
			lines = append(lines, m.line(m.row(credit), m.row(debits[0]), n))
			pay, left = minus(pay, n), minus(left, n)
			if left.IsZero() {
				debits = debits[1:]
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// line returns a line of any size.
func (m *matcher) line(credit, debit int32, amount ar.Money) Match {
	minor, fits := amount.Minor()
	if fits {
		return Match{credit, debit, minor}
	}
	if m.Large == nil {
		m.Large = map[Match]ar.Money{}
	}
	line := Match{Credit: credit, Debit: debit}
	m.Large[line] = amount
	return line
}
