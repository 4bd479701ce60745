package exact

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// What a number from outside may have: MaxDigits digits, the precision of an
// IEEE 754 decimal128, and MaxDecimals decimals, more than any quotient of
// that precision needs. It bounds what a hostile text can cost.
const (
	MaxDigits   = 34
	MaxDecimals = 64
)

// What a text or a number may be refused for.
var (
	ErrSyntax   = errors.New("not a decimal number")
	ErrTooLarge = fmt.Errorf("more than %d digits or %d decimals", MaxDigits, MaxDecimals)
	ErrInexact  = errors.New("needs rounding, and no rounding mode is named")
)

// Mode says how a number with too many decimals is rounded. The order is that
// of ar.Rounding.
type Mode uint8

// The modes. None refuses to round.
const (
	None Mode = iota
	HalfUp
	HalfEven
	HalfDown
	Up
	Down
	Ceiling
	Floor
)

// away reports whether a number that was cut to an integer, odd or not, has to go
// one further from zero. Half compares what was cut off with a half.
func (m Mode) away(odd, negative bool, half int) (bool, error) {
	switch m {
	case None:
		return false, ErrInexact
	case HalfUp:
		return half >= 0, nil
	case HalfEven:
		return half > 0 || half == 0 && odd, nil
	case HalfDown:
		return half > 0, nil
	case Up:
		return true, nil
	case Down:
		return false, nil
	case Ceiling:
		return !negative, nil
	case Floor:
		return negative, nil
	}
	return false, fmt.Errorf("rounding mode %d is not defined", m)
}

// Decimal is an exact decimal number. The zero value is 0. It is handled by
// pointer, and no method changes its receiver or arguments.
type Decimal struct{ v apd.Decimal }

// ParseDecimal reads decimal digits with an optional sign, decimal point and
// exponent; there may be no digit on one side of the point. Anything else,
// NaN and infinities among it, is ErrSyntax. A number that in plain notation
// has more digits than MaxDigits, zeros in front not counted, or more decimals
// than MaxDecimals is ErrTooLarge. −0 becomes 0.
func ParseDecimal(s string) (*Decimal, error) {
	// The grammar is not left to apd, which takes ".-5" for −0.05 with a
	// negative coefficient, among others.
	unsigned, negative := cutSign(s)
	mantissa, exponent, err := cutExponent(unsigned)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if !isDigits(whole + fraction) {
		return nil, ErrSyntax
	}
	if err != nil {
		return nil, err
	}
	exponent -= len(fraction)
	digits := strings.TrimLeft(whole+fraction, "0")
	if exponent < -MaxDecimals || len(digits)+exponent > MaxDigits || len(digits) > MaxDigits {
		return nil, ErrTooLarge
	}
	var d Decimal
	// Without trailing zeros, so that equal numbers have one form.
	reduced := strings.TrimRight(digits, "0")
	if reduced == "" {
		return &d, nil
	}
	d.v.Coeff.SetString(reduced, 10)
	d.v.Exponent = int32(exponent + len(digits) - len(reduced))
	d.v.Negative = negative
	return &d, nil
}

// cutExponent splits 12e3 into 12 and 3.
func cutExponent(s string) (mantissa string, exponent int, err error) {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return s, 0, nil
	}
	mantissa, s = s[:i], s[i+1:]
	if unsigned, _ := cutSign(s); !isDigits(unsigned) {
		return mantissa, 0, ErrSyntax
	}
	e, err := strconv.ParseInt(s, 10, 16)
	if err != nil { // out of its range, and far out of ours
		return mantissa, 0, ErrTooLarge
	}
	return mantissa, int(e), nil
}

func cutSign(s string) (unsigned string, negative bool) {
	if unsigned, negative = strings.CutPrefix(s, "-"); negative {
		return unsigned, true
	}
	return strings.TrimPrefix(s, "+"), false
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Text returns the number in plain notation, never with an exponent.
func (d *Decimal) Text() string { return d.v.Text('f') }

// Sign returns −1, 0 or +1.
func (d *Decimal) Sign() int { return d.v.Sign() }

// Cmp compares d and e: −1, 0 or +1.
func (d *Decimal) Cmp(e *Decimal) int { return d.v.Cmp(&e.v) }

// Shift returns d · 10^places.
func (d *Decimal) Shift(places int) *Decimal {
	var r Decimal
	if d.Sign() != 0 {
		r.v.Set(&d.v) // a plain copy would share a long coefficient
		r.v.Exponent += int32(places)
	}
	return &r
}

// MulInt returns d · x.
func (d *Decimal) MulInt(x *Int) *Decimal {
	var r Decimal
	if d.Sign() != 0 && x.Sign() != 0 {
		r.v.Coeff.Mul(&d.v.Coeff, &x.v)
		r.v.Coeff.Abs(&r.v.Coeff)
		r.v.Negative = d.v.Negative != (x.Sign() < 0)
		r.v.Exponent = d.v.Exponent
	}
	return &r
}

// Int returns d as an integer. One that needs rounding is rounded as mode
// says, and is ErrInexact under None.
func (d *Decimal) Int(mode Mode) (*Int, error) {
	var x Int
	if d.v.Exponent >= 0 {
		x.v.Mul(&d.v.Coeff, power10(d.v.Exponent))
		return x.signed(d.v.Negative), nil
	}
	// Not apd's Quantize: it makes 0 of all that is below a tenth, in every
	// mode, where Up, Ceiling and Floor may want 1.
	divisor, lost := power10(-d.v.Exponent), new(apd.BigInt)
	x.v.QuoRem(&d.v.Coeff, divisor, lost)
	if lost.Sign() == 0 {
		return x.signed(d.v.Negative), nil
	}
	half := lost.Lsh(lost, 1).Cmp(divisor)
	away, err := mode.away(x.v.Bit(0) == 1, d.v.Negative, half)
	if err != nil {
		return nil, err
	}
	if away {
		x.v.Add(&x.v, apd.NewBigInt(1))
	}
	return x.signed(d.v.Negative), nil
}

// MulInt64 returns d · x · 10^places as an integer, rounded as mode says, where
// plain integers of up to 128 bits do for all of it. ok is false where they do not
// or the mode refuses; what it then is, MulInt, Shift and Int tell.
func (d *Decimal) MulInt64(x int64, places int, mode Mode) (product int64, ok bool) {
	const most = 19 // of the powers of ten that fit 64 bits
	exponent := int(d.v.Exponent) + places
	if !d.v.Coeff.IsUint64() || exponent < -most || exponent > most {
		return 0, false
	}
	negative := d.v.Negative != (x < 0)
	size := uint64(x)
	if x < 0 {
		size = -size
	}
	factor, divisor := uint64(1), uint64(1)
	for range exponent {
		factor *= 10
	}
	for range -exponent {
		divisor *= 10
	}
	tooHigh, size := bits.Mul64(size, factor)
	high, low := bits.Mul64(d.v.Coeff.Uint64(), size)
	if tooHigh > 0 || high >= divisor { // the quotient would not fit either
		return 0, false
	}
	size, lost := bits.Div64(high, low, divisor)
	if size >= math.MaxInt64 { // and may have to grow by 1
		return 0, false
	}
	if lost > 0 {
		away, err := mode.away(size&1 == 1, negative, cmp.Compare(lost, divisor-lost))
		if err != nil {
			return 0, false
		}
		if away {
			size++
		}
	}
	if negative {
		return -int64(size), true
	}
	return int64(size), true
}

func power10(n int32) *apd.BigInt {
	return new(apd.BigInt).Exp(apd.NewBigInt(10), apd.NewBigInt(int64(n)), nil)
}
