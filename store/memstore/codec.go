package memstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// Why a payload cannot be read or written.
var (
	errShort  = errors.New("it ends too early")
	errNumber = errors.New("a number that is none of its kind")
	errDigits = fmt.Errorf("an amount of more than %d digits", maxDigits)
)

// maxDigits bounds what it costs to read an amount beyond int64.
const maxDigits = 10_000

// codec writes values to a payload, or reads them from one. What is done with
// each value is said once for both, so that nothing is written that is not read.
// It goes on after an error, but does nothing more.
type codec struct {
	payload []byte // all that is written; or what is left to read
	reading bool
	err     error

	words map[string]string // those read so far, for all payloads of a file
	terms map[string]duedate.Terms
}

// newCodec returns a codec that reads.
func newCodec() codec {
	return codec{reading: true, words: map[string]string{}, terms: map[string]duedate.Terms{}}
}

func (c *codec) fail(err error) {
	if c.err == nil {
		c.err = err
	}
	c.payload = nil
}

// uint is for what is never below zero.
func (c *codec) uint(v *uint64) {
	if !c.reading {
		c.payload = binary.AppendUvarint(c.payload, *v)
		return
	}
	x, n := binary.Uvarint(c.payload)
	if n <= 0 {
		c.fail(errShort)
		return
	}
	*v, c.payload = x, c.payload[n:]
}

// number is for integers of any type.
func number[T ~int | ~int32 | ~int64 | ~uint8](c *codec, v *T) {
	if !c.reading {
		c.payload = binary.AppendVarint(c.payload, int64(*v))
		return
	}
	x, n := binary.Varint(c.payload)
	if n <= 0 {
		c.fail(errShort)
		return
	}
	if int64(T(x)) != x {
		c.fail(errNumber)
		return
	}
	*v, c.payload = T(x), c.payload[n:]
}

// next takes the bytes of a text off what is to be read.
func (c *codec) next() []byte {
	var n uint64
	c.uint(&n)
	if n > uint64(len(c.payload)) {
		c.fail(errShort)
		return nil
	}
	b := c.payload[:n]
	c.payload = c.payload[n:]
	return b
}

// text is for texts of any bytes.
func (c *codec) text(v *string) {
	if c.reading {
		*v = string(c.next())
		return
	}
	n := uint64(len(*v))
	c.uint(&n)
	c.payload = append(c.payload, *v...)
}

// word is for texts that come again and again. Those that are equal share their
// memory once read.
func (c *codec) word(v *string) {
	if !c.reading {
		c.text(v)
		return
	}
	b := c.next()
	w, known := c.words[string(b)]
	if !known {
		w = string(b)
		c.words[w] = w
	}
	*v = w
}

func (c *codec) bytes(v *[]byte) {
	s := string(*v)
	c.text(&s)
	if c.reading && s != "" {
		*v = []byte(s)
	}
}

// list is for slices. What it reads is appended; nothing leaves them as they are.
func list[T any](c *codec, v *[]T, each func(*codec, *T)) {
	n := uint64(len(*v))
	c.uint(&n)
	if !c.reading {
		for i := range *v {
			each(c, &(*v)[i])
		}
		return
	}
	if n > uint64(len(c.payload)) { // no value takes less than a byte
		c.fail(errShort)
		return
	}
	const most = 64 // that are made room for before they are seen
	*v = slices.Grow(*v, int(min(n, most)))
	for ; n > 0 && c.err == nil; n-- {
		var x T
		each(c, &x)
		*v = append(*v, x)
	}
}

func (c *codec) date(v *ar.Date) { number(c, v) }

// time is for instants.
func (c *codec) time(v *time.Time) {
	seconds, nanos := v.Unix(), int64(v.Nanosecond())
	number(c, &seconds)
	number(c, &nanos)
	if c.reading {
		*v = time.Unix(seconds, nanos).UTC()
	}
}

func (c *codec) dueTerms(v *duedate.Terms) {
	text := ""
	if !c.reading {
		text = v.String()
	}
	c.word(&text)
	if !c.reading || text == "" {
		return
	}
	known, ok := c.terms[text]
	if !ok {
		var err error
		if known, err = duedate.Parse(text); err != nil {
			c.fail(err)
			return
		}
		c.terms[text] = known
	}
	*v = known
}

func (c *codec) rate(v *ar.Rate) {
	text := "" // 0
	if !c.reading && v.Sign() != 0 {
		text = v.String()
	}
	c.word(&text)
	if !c.reading || text == "" {
		return
	}
	r, err := ar.ParseRate(text)
	if err != nil {
		c.fail(err)
		return
	}
	*v = r
}

// money is a currency as code and decimals, the code empty for the zero Money;
// then the minor units, or, where they do not fit 64 bits, 0 and their digits.
func (c *codec) money(v *ar.Money) {
	currency := v.Currency()
	code := currency.Code()
	c.word(&code)
	if code == "" {
		return
	}
	decimals, _ := currency.Decimals()
	number(c, &decimals)
	minor, small := v.Minor()
	number(c, &minor)
	if c.reading {
		var err error
		if currency, err = ar.NewCurrency(code, decimals); err == nil {
			*v, err = ar.NewMoney(minor, currency)
		}
		if err != nil {
			c.fail(err)
			return
		}
	}
	if minor == 0 {
		digits := ""
		if !small {
			digits = digitsOf(*v)
		}
		c.text(&digits)
		c.large(v, digits)
	}
}

func digitsOf(m ar.Money) string { return strings.Replace(m.Amount(), ".", "", 1) }

// large checks, and reads, the digits of an amount that does not fit 64 bits. No
// digits are none.
func (c *codec) large(v *ar.Money, digits string) {
	if len(digits) > maxDigits {
		c.fail(errDigits)
	}
	if !c.reading || digits == "" || c.err != nil {
		return
	}
	const most = 18 // that surely fit an int64
	unsigned, negative := strings.CutPrefix(digits, "-")
	if unsigned == "" || strings.Trim(unsigned, "0123456789") != "" {
		c.fail(errNumber)
		return
	}
	sum := *v // 0 of its currency
	for unsigned != "" {
		n := (len(unsigned)-1)%most + 1
		part, err := strconv.ParseInt(unsigned[:n], 10, 64)
		if err == nil {
			sum, err = shifted(sum, part)
		}
		if err != nil {
			c.fail(err)
			return
		}
		unsigned = unsigned[n:]
	}
	if negative {
		sum = sum.Neg()
	}
	*v = sum
}

// shifted returns m · 10¹⁸ + part.
func shifted(m ar.Money, part int64) (ar.Money, error) {
	factor, err := ar.ParseRate("1e18")
	if err != nil {
		return m, err
	}
	m, err = m.Mul(factor, ar.NoRounding)
	if err != nil {
		return m, err
	}
	units, err := ar.NewMoney(part, m.Currency())
	if err != nil {
		return m, err
	}
	return m.Add(units)
}
