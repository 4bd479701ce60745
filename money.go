package ar

import (
	"cmp"
	"errors"
	"fmt"
	"math"

	"github.com/openreceivables/ar/internal/exact"
)

// Money is an exact amount: a whole number of the minor units of one currency
// (SPEC V3). It takes 24 bytes and is immutable; copies share nothing that
// could change.
//
// An amount within int64 minor units is computed in plain integers; beyond
// that the same methods go on in integers of any size. A sum never wraps and
// never loses a unit.
//
// The zero Money is zero of no currency, the identity of addition. Equal
// amounts are found by Equal; == does not compile, as it would compare
// pointers beyond int64.
//
// The text form is "1000.00 EUR"; it is also the SQL form, where the zero
// Money is NULL. JSON is {"amount":"1000.00","currency":"EUR"}. What can be
// read has at most 34 digits; sums and products may grow beyond, and print.
type Money struct {
	_     [0]func()  // no ==
	minor int64      // where big is nil
	big   *exact.Int // else; never a number that fits int64
	cur   Currency
}

// NewMoney returns a whole number of the currency's minor units:
// NewMoney(100050, EUR) is 1000.50 EUR, and NewMoney(100050, JPY) is
// 100050 JPY. A currency that cannot carry amounts is ErrNoMinorUnits, and so
// are minor units other than 0 of no currency.
func NewMoney(minor int64, c Currency) (Money, error) {
	if c.packed&noMinor == noMinor || c.packed == 0 && minor != 0 {
		return Money{}, noAmountsError(c)
	}
	return Money{minor: minor, cur: c}, nil
}

// money returns x in its one representation.
func money(x *exact.Int, c Currency) Money {
	if minor, ok := x.Int64(); ok {
		return Money{minor: minor, cur: c}
	}
	return Money{big: x, cur: c}
}

// exact returns the minor units as an integer of any size.
func (m Money) exact() *exact.Int {
	if m.big != nil {
		return m.big
	}
	return exact.NewInt(m.minor)
}

// Currency returns the currency, which is zero for the zero Money.
func (m Money) Currency() Currency { return m.cur }

// Minor returns the number of minor units, and whether it fits in an int64.
func (m Money) Minor() (minor int64, ok bool) { return m.minor, m.big == nil }

// Sign returns −1, 0 or +1.
func (m Money) Sign() int {
	if m.big != nil {
		return m.big.Sign()
	}
	return cmp.Compare(m.minor, 0)
}

// IsZero reports whether the amount is 0, of whatever currency.
func (m Money) IsZero() bool { return m.minor == 0 && m.big == nil }

// Add returns m + n. Amounts of different currencies give a *MismatchError;
// the zero Money goes with any currency.
func (m Money) Add(n Money) (Money, error) {
	if m.cur == n.cur && m.big == nil && n.big == nil {
		sum := m.minor + n.minor
		if (sum > m.minor) == (n.minor > 0) {
			return Money{minor: sum, cur: m.cur}, nil
		}
	}
	return m.addExact(n)
}

func (m Money) addExact(n Money) (Money, error) {
	switch {
	case m.cur == n.cur:
		return money(m.exact().Add(n.exact()), m.cur), nil
	case m.cur.IsZero():
		return n, nil
	case n.cur.IsZero():
		return m, nil
	}
	return Money{}, &MismatchError{m.cur, n.cur}
}

// Sub returns m − n, with the errors of Add.
func (m Money) Sub(n Money) (Money, error) { return m.Add(n.Neg()) }

// Neg returns −m.
func (m Money) Neg() Money {
	if m.big == nil && m.minor != math.MinInt64 {
		return Money{minor: -m.minor, cur: m.cur}
	}
	return money(m.exact().Neg(), m.cur)
}

// Abs returns m without its sign.
func (m Money) Abs() Money {
	if m.Sign() < 0 {
		return m.Neg()
	}
	return m
}

// Cmp compares m and n: −1, 0 or +1. Amounts of different currencies give a
// *MismatchError, unless one of them is the zero Money.
func (m Money) Cmp(n Money) (int, error) {
	if m.cur != n.cur && !m.cur.IsZero() && !n.cur.IsZero() {
		return 0, &MismatchError{m.cur, n.cur}
	}
	if m.big == nil && n.big == nil {
		return cmp.Compare(m.minor, n.minor), nil
	}
	return m.exact().Cmp(n.exact()), nil
}

// Equal reports whether m and n are the same amount of the same currency.
// 0 EUR is not 0 USD, nor is either the zero Money.
func (m Money) Equal(n Money) bool {
	if m.cur != n.cur || (m.big == nil) != (n.big == nil) {
		return false
	}
	return m.minor == n.minor && (m.big == nil || m.big.Cmp(n.big) == 0)
}

// Mul returns m · rate in the same currency, rounded to its minor unit as r
// says (SPEC V5). A product that needs rounding is ErrTooPrecise under
// NoRounding.
func (m Money) Mul(rate Rate, r Rounding) (Money, error) { return m.Convert(rate, m.cur, r) }

// Convert returns m · rate as an amount of currency c, rounded to its minor
// unit as r says (SPEC V5): rate is the price of one unit of m's currency in
// units of c. A product that needs rounding is ErrTooPrecise under NoRounding,
// and a currency that cannot carry amounts is ErrNoMinorUnits. The zero Money
// is 0 in any currency, and itself in none.
func (m Money) Convert(rate Rate, c Currency, r Rounding) (Money, error) {
	to, ok := c.Decimals()
	if !ok {
		if m.cur.IsZero() && c.IsZero() {
			return m, nil
		}
		return Money{}, noAmountsError(c)
	}
	from, _ := m.cur.Decimals()
	if m.big == nil {
		if minor, ok := rate.decimal().MulInt64(m.minor, to-from, exact.Mode(r)); ok {
			return Money{minor: minor, cur: c}, nil
		}
	}
	x, err := rate.decimal().MulInt(m.exact()).Shift(to - from).Int(exact.Mode(r))
	if errors.Is(err, exact.ErrInexact) {
		err = ErrTooPrecise
	}
	if err != nil {
		return Money{}, fmt.Errorf("%s × %s in %s: %w", m, rate, c, err)
	}
	return money(x, c), nil
}
