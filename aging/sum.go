package aging

import (
	"math"

	"github.com/openreceivables/ar"
)

// sum adds amounts of one currency: plain integers as long as they fit, and
// Money for what does not.
type sum struct {
	cur   ar.Currency
	minor int64
	wide  ar.Money
}

func (s *sum) add(minor int64) {
	if t, ok := addInt64(s.minor, minor); ok {
		s.minor = t
		return
	}
	s.wide = plus(s.wide, units(s.minor, s.cur))
	s.minor = minor
}

func (s *sum) addMoney(m ar.Money) {
	if minor, ok := m.Minor(); ok {
		s.add(minor)
		return
	}
	s.wide = plus(s.wide, m)
}

func (s *sum) money() ar.Money { return plus(s.wide, units(s.minor, s.cur)) }

// addInt64 returns a + b and whether that is the true sum.
func addInt64(a, b int64) (int64, bool) {
	c := a + b
	return c, (c > a) == (b > 0)
}

// units returns minor units of a currency that an item came in; as amounts of
// it exist, there is no error to have.
func units(minor int64, cur ar.Currency) ar.Money {
	m, _ := ar.NewMoney(minor, cur)
	return m
}

// plus adds amounts of one currency, for which Add has no error.
func plus(a, b ar.Money) ar.Money {
	m, _ := a.Add(b)
	return m
}

// cells are the sums of a report, each in the currency of its row. What an
// int64 cannot hold of one is kept beside it.
type cells struct {
	minor []int64
	wide  map[int]ar.Money
}

// resize sets the number of cells. New ones are 0.
func (c *cells) resize(n int) {
	old := len(c.minor)
	if n > cap(c.minor) {
		c.reserve(max(n, 2*cap(c.minor)))
		old = n
	}
	c.minor = c.minor[:n]
	clear(c.minor[min(old, n):]) // they may have been used before
}

// reserve makes room for n cells, more than there are.
func (c *cells) reserve(n int) {
	minor := make([]int64, len(c.minor), n)
	copy(minor, c.minor)
	c.minor = minor
}

// renew makes that n cells, with anything in them.
func (c *cells) renew(n int) {
	if n > cap(c.minor) {
		c.minor = make([]int64, n)
	}
	c.minor, c.wide = c.minor[:n], nil
}

// add adds minor units to a cell, exactly.
func (c *cells) add(i int, minor int64, cur ar.Currency) {
	if t, ok := addInt64(c.minor[i], minor); ok {
		c.minor[i] = t
		return
	}
	c.addWide(i, units(minor, cur))
}

func (c *cells) addMoney(i int, m ar.Money) {
	if minor, ok := m.Minor(); ok {
		c.add(i, minor, m.Currency())
		return
	}
	c.addWide(i, m)
}

// set makes a cell the amount given.
func (c *cells) set(i int, m ar.Money) {
	delete(c.wide, i)
	c.minor[i] = 0
	c.addMoney(i, m)
}

func (c *cells) addWide(i int, m ar.Money) {
	if c.wide == nil {
		c.wide = map[int]ar.Money{}
	}
	c.wide[i] = plus(c.wide[i], m)
}

// settle moves what is wide of a cell to the others if it fits there: 0 is then
// told by its int64, whatever was added and taken off before.
func (c *cells) settle(i int, cur ar.Currency) {
	m, ok := c.wide[i]
	if !ok {
		return
	}
	m = plus(m, units(c.minor[i], cur))
	if c.minor[i], ok = m.Minor(); ok {
		delete(c.wide, i)
		return
	}
	c.minor[i], c.wide[i] = 0, m
}

// addTo adds the cells from one to before another to a sum.
func (c *cells) addTo(s *sum, from, to int) {
	for i := from; i < to; i++ {
		s.add(c.minor[i])
		if m, ok := c.wide[i]; ok {
			s.addMoney(m)
		}
	}
}

// size is the sum of amounts without their signs, or the largest size where
// that is too large. While it fits in an int64, no sum of the amounts can leave
// that range, and no addition needs to be looked at.
type size uint64

// sizeOf returns the size of one amount.
func sizeOf(minor int64) size {
	negative := minor >> 63 // −1 or 0
	return size(minor ^ negative - negative)
}

func (s size) add(t size) size {
	if s+t < s {
		return math.MaxUint64
	}
	return s + t
}

func (s size) addMoney(m ar.Money) size {
	minor, fits := m.Minor()
	if !fits {
		return math.MaxUint64
	}
	return s.add(sizeOf(minor))
}

func (s size) fits() bool { return s <= math.MaxInt64 }
