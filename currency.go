package ar

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/openreceivables/ar/internal/iso4217"
)

// Currency is a currency's code and the number of its decimals: EUR has 2,
// JPY 0, KWD 3 (SPEC V2). It is comparable, takes 8 bytes, and carries all it
// means, so there is no registry to set up.
//
// A host may make its own with NewCurrency. Currencies of one code and
// different decimals are different: amounts of them do not add up.
//
// The text form is the code alone where ISO 4217 lists that code with these
// decimals, and code:decimals otherwise ("PTS:0"); it is also the form in JSON
// and SQL. The zero Currency means "no currency" and is an empty text or NULL.
type Currency struct {
	// packed holds up to seven bytes of code, first byte highest, and in the
	// lowest byte the decimals, or noMinor. Order by packed is order by code.
	packed uint64
}

const (
	maxCode     = 7    // bytes of a code
	maxDecimals = 18   // of a currency: an int64 holds one unit with them
	noMinor     = 0xff // in the lowest byte: cannot carry amounts
)

// NewCurrency makes a currency of the host's own: a code of one to seven
// capital letters and digits, and 0 to 18 decimals. NewCurrency("EUR", 2) is
// the euro of ISO 4217, and NewCurrency("EUR", 4) is not. The error is a
// *ParseError with ErrSyntax.
func NewCurrency(code string, decimals int) (Currency, error) {
	if err := checkCurrency(code, decimals); err != nil {
		return Currency{}, &ParseError{Type: "currency", Text: code, Err: err}
	}
	return pack(code, byte(decimals)), nil
}

func checkCurrency(code string, decimals int) error {
	if len(code) < 1 || len(code) > maxCode || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return fmt.Errorf("%w: want one to seven capital letters and digits", ErrSyntax)
	}
	if decimals < 0 || decimals > maxDecimals {
		return fmt.Errorf("%w: %d decimals, want 0 to %d", ErrSyntax, decimals, maxDecimals)
	}
	return nil
}

func pack(code string, lowest byte) Currency {
	var packed uint64
	for i := range maxCode {
		packed <<= 8
		if i < len(code) {
			packed |= uint64(code[i])
		}
	}
	return Currency{packed<<8 | uint64(lowest)}
}

// ParseCurrency reads the text form: a code in capitals that ISO 4217 lists
// today, or code:decimals. Codes without minor units, such as XAU and XXX, are
// known, but cannot carry amounts. The error is a *ParseError; a code that is
// not listed is ErrUnknownCurrency.
func ParseCurrency(text string) (Currency, error) {
	c, err := parseCurrency(text)
	if err != nil {
		return Currency{}, &ParseError{Type: "currency", Text: text, Err: err}
	}
	return c, nil
}

func parseCurrency(text string) (Currency, error) {
	code, decimals, own := strings.Cut(text, ":")
	if !own {
		if c, ok := listed(code); ok {
			return c, nil
		}
		if upper := strings.ToUpper(code); upper != code {
			if _, ok := listed(upper); ok {
				return Currency{}, fmt.Errorf("%w: want %s", ErrUnknownCurrency, upper)
			}
		}
		return Currency{}, fmt.Errorf("%w; a currency of your own is written code:decimals", ErrUnknownCurrency)
	}
	n, err := strconv.Atoi(decimals)
	if err != nil || strconv.Itoa(n) != decimals {
		return Currency{}, fmt.Errorf("%w: want the number of decimals after the colon", ErrSyntax)
	}
	if err := checkCurrency(code, n); err != nil {
		return Currency{}, err
	}
	return pack(code, byte(n)), nil
}

// listed returns the currency of ISO 4217 with this code.
func listed(code string) (c Currency, ok bool) {
	digits, ok := iso4217.MinorUnits(code)
	switch {
	case !ok:
		return Currency{}, false
	case digits < 0:
		return pack(code, noMinor), true
	}
	return pack(code, byte(digits)), true
}

// MustCurrency is ParseCurrency for constants: it panics where that gives an
// error.
func MustCurrency(text string) Currency {
	c, err := ParseCurrency(text)
	if err != nil {
		panic(err)
	}
	return c
}

// Currencies yields every currency that ISO 4217 lists today, by code.
func Currencies() iter.Seq[Currency] {
	return func(yield func(Currency) bool) {
		for code := range iso4217.Codes() {
			if c, ok := listed(code); ok && !yield(c) {
				return
			}
		}
	}
}

// IsZero reports whether c is "no currency".
func (c Currency) IsZero() bool { return c.packed == 0 }

// Code returns the code, such as "EUR", and "" for no currency.
func (c Currency) Code() string {
	var b [maxCode]byte
	n := 0
	for shift := 56; shift > 0; shift -= 8 {
		if ch := byte(c.packed >> shift); ch != 0 {
			b[n] = ch
			n++
		}
	}
	return string(b[:n])
}

// Decimals returns how many decimals amounts have, and whether the currency
// can carry amounts at all.
func (c Currency) Decimals() (n int, ok bool) {
	if d := byte(c.packed); d != noMinor {
		return int(d), !c.IsZero()
	}
	return 0, false
}

// Equal reports whether c == d, for go-cmp and its like.
func (c Currency) Equal(d Currency) bool { return c == d }

// Compare orders currencies by code, then decimals: −1, 0 or +1.
func (c Currency) Compare(d Currency) int { return cmp.Compare(c.packed, d.packed) }

// noAmountsError is the error of an amount in a currency that cannot carry any.
type noAmountsError Currency

func (c noAmountsError) Error() string {
	if Currency(c).IsZero() {
		return ErrNoMinorUnits.Error() + ": none is given"
	}
	return fmt.Sprintf("%v: %s has none", ErrNoMinorUnits, Currency(c))
}

func (noAmountsError) Unwrap() error { return ErrNoMinorUnits }

// String returns the text form.
func (c Currency) String() string {
	code := c.Code()
	if l, _ := listed(code); l == c { // also where both are zero
		return code
	}
	return code + ":" + strconv.Itoa(int(byte(c.packed)))
}

// name is for messages, where an empty text would puzzle.
func (c Currency) name() string {
	if c.IsZero() {
		return "no currency"
	}
	return c.String()
}

// MarshalText implements encoding.TextMarshaler, and gives the JSON form too.
func (c Currency) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. An empty text is no
// currency.
func (c *Currency) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = Currency{}
		return nil
	}
	v, err := ParseCurrency(string(text))
	if err == nil {
		*c = v
	}
	return err
}

// Value implements driver.Valuer: the text, or NULL for no currency.
func (c Currency) Value() (driver.Value, error) {
	if c.IsZero() {
		return nil, nil
	}
	return c.String(), nil
}

// Scan implements sql.Scanner for a text and NULL. Blanks that a CHAR column
// pads with are dropped.
func (c *Currency) Scan(src any) error {
	switch s := src.(type) {
	case string:
		src = strings.TrimRight(s, " ")
	case []byte:
		src = strings.TrimRight(string(s), " ")
	}
	return scanText("currency", "EUR", c, src)
}
