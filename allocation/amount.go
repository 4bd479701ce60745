package allocation

import (
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/exact"
)

// The amounts that meet here are of one currency, which New has checked, so
// that these cannot fail.

func plus(m, n ar.Money) ar.Money {
	sum, _ := m.Add(n)
	return sum
}

func minus(m, n ar.Money) ar.Money {
	difference, _ := m.Sub(n)
	return difference
}

func less(m, n ar.Money) bool {
	c, _ := m.Cmp(n)
	return c < 0
}

func least(m, n ar.Money) ar.Money {
	if less(n, m) {
		return n
	}
	return m
}

// proportion returns m × part / whole, cut to a minor unit. None is negative,
// and whole is not zero.
func proportion(m, part, whole ar.Money) (ar.Money, error) {
	quo, _ := units(m).Mul(units(part)).QuoRem(units(whole))
	return amount(quo, m.Currency())
}

// units returns the minor units of an amount of any size.
func units(m ar.Money) *exact.Int {
	if minor, ok := m.Minor(); ok {
		return exact.NewInt(minor)
	}
	digits := strings.Replace(m.Amount(), ".", "", 1)
	return integer(digits)
}

// integer reads decimal digits, with a minus sign before them or not.
func integer(digits string) *exact.Int {
	digits, negative := strings.CutPrefix(digits, "-")
	x, ten := exact.NewInt(0), exact.NewInt(10)
	for _, c := range digits {
		x = x.Mul(ten).Add(exact.NewInt(int64(c - '0')))
	}
	if negative {
		return x.Neg()
	}
	return x
}

// amount returns minor units as money. Beyond int64 they have at most 34
// digits.
func amount(x *exact.Int, c ar.Currency) (ar.Money, error) {
	if minor, ok := x.Int64(); ok {
		return ar.NewMoney(minor, c)
	}
	decimals, _ := c.Decimals()
	return ar.ParseMoney(fmt.Sprintf("%s %s", x.Text(decimals), c))
}

// cost returns how many whole minor units of one currency buy an amount of
// another at a rate, rounded down; whether that is exact; and whether one unit
// more is nearer.
func cost(m ar.Money, of ar.Currency, rate ar.Rate) (down ar.Money, isExact, upIsNearer bool, err error) {
	whole, fraction, _ := strings.Cut(rate.String(), ".")
	price := integer(whole + fraction) // × 10^−len(fraction)
	from, _ := of.Decimals()
	to, _ := m.Currency().Decimals()
	x := units(m)
	if shift := len(fraction) + from - to; shift >= 0 {
		x = x.Mul(power(shift))
	} else {
		price = price.Mul(power(-shift))
	}
	quo, rem := x.QuoRem(price)
	down, err = amount(quo, of)
	return down, rem.Sign() == 0, rem.Add(rem).Cmp(price) > 0, err
}

func power(n int) *exact.Int { return integer("1" + strings.Repeat("0", n)) }

// exchange is what a credit gives for a debit in another currency.
type exchange struct {
	amount, taken ar.Money
}

// buy returns the exchange that pays wanted, or where no whole unit of the
// credit comes to that, the most below it; never for more than the credit has.
func buy(wanted, available ar.Money, rate ar.Rate) (exchange, error) {
	from, to := available.Currency(), wanted.Currency()
	down, isExact, upIsNearer, err := cost(wanted, from, rate)
	if err != nil {
		return exchange{}, err
	}
	unit, err := ar.NewMoney(1, from)
	if err != nil {
		return exchange{}, err
	}
	up := plus(down, unit)
	tries := []ar.Money{down, up}
	if upIsNearer && !isExact {
		tries = []ar.Money{up, down}
	}
	var best exchange
	for _, taken := range tries {
		if taken.IsZero() || less(available, taken) {
			continue
		}
		for _, r := range []ar.Rounding{ar.RoundHalfEven, ar.RoundFloor, ar.RoundCeiling} {
			m, err := taken.Convert(rate, to, r)
			if err != nil {
				return exchange{}, err
			}
			if m.Equal(wanted) {
				return exchange{m, taken}, nil
			}
			if less(m, wanted) && less(best.amount, m) {
				best = exchange{m, taken}
			}
		}
	}
	if best.taken.IsZero() && less(available, down) {
		return worth(available, rate, to)
	}
	return best, nil
}

// worth returns the exchange of all that a credit has.
func worth(available ar.Money, rate ar.Rate, to ar.Currency) (exchange, error) {
	m, err := available.Convert(rate, to, ar.RoundHalfEven)
	return exchange{m, available}, err
}
