package exact

import (
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// Int is an integer of any size. The zero value is 0. It is handled by pointer,
// and no method changes its receiver or arguments, so sharing one is safe.
type Int struct{ v apd.BigInt }

// unsigned0 returns z, with 0 for a −0: apd gives one in negating, multiplying
// and dividing, and then finds it less than 0.
func (z *Int) unsigned0() *Int {
	if z.v.BitLen() == 0 {
		z.v.SetInt64(0)
	}
	return z
}

// NewInt returns i.
func NewInt(i int64) *Int {
	var x Int
	x.v.SetInt64(i)
	return &x
}

// Int64 returns x and whether it fits.
func (x *Int) Int64() (int64, bool) {
	if !x.v.IsInt64() {
		return 0, false
	}
	return x.v.Int64(), true
}

// Add returns x + y.
func (x *Int) Add(y *Int) *Int {
	var z Int
	z.v.Add(&x.v, &y.v)
	return &z
}

// Neg returns −x.
func (x *Int) Neg() *Int {
	var z Int
	z.v.Neg(&x.v)
	return z.unsigned0()
}

// signed returns x or −x.
func (x *Int) signed(negative bool) *Int {
	if negative {
		return x.Neg()
	}
	return x
}

// Mul returns x · y.
func (x *Int) Mul(y *Int) *Int {
	var z Int
	z.v.Mul(&x.v, &y.v)
	return z.unsigned0()
}

// QuoRem returns x / y cut towards zero, and what is left, which has the sign
// of x. y is not 0.
func (x *Int) QuoRem(y *Int) (quo, rem *Int) {
	quo, rem = new(Int), new(Int)
	quo.v.QuoRem(&x.v, &y.v, &rem.v)
	return quo.unsigned0(), rem.unsigned0()
}

// Sign returns −1, 0 or +1.
func (x *Int) Sign() int { return x.v.Sign() }

// Cmp compares x and y: −1, 0 or +1.
func (x *Int) Cmp(y *Int) int { return x.v.Cmp(&y.v) }

// Fits reports whether x has at most that many digits.
func (x *Int) Fits(digits int) bool {
	return len(strings.TrimPrefix(x.v.String(), "-")) <= digits
}

// Text returns x / 10^places in plain notation with exactly that many
// decimals: Text(2) of −5 is "-0.05".
func (x *Int) Text(places int) string {
	digits, negative := strings.CutPrefix(x.v.String(), "-")
	if places > 0 {
		digits = strings.Repeat("0", max(places+1-len(digits), 0)) + digits
		point := len(digits) - places
		digits = digits[:point] + "." + digits[point:]
	}
	if negative {
		return "-" + digits
	}
	return digits
}

// AppendFixed appends x / 10^places, as Int.Text gives it, for 0 to 18 places.
func AppendFixed(b []byte, x int64, places int) []byte {
	u := uint64(x)
	if x < 0 {
		b = append(b, '-')
		u = -u
	}
	// 20 digits hold any uint64, and 0.000000000000000001.
	var digits [20]byte
	i := len(digits)
	for n := 0; u > 0 || n <= places; n++ {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
	}
	point := len(digits) - places
	b = append(b, digits[i:point]...)
	if places > 0 {
		b = append(append(b, '.'), digits[point:]...)
	}
	return b
}
