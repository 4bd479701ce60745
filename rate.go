package ar

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/openreceivables/ar/internal/exact"
)

// Rate is an exact decimal factor of up to 34 digits, such as a rate of
// exchange (SPEC V5). It is immutable. The zero Rate is 0. Equal rates are
// found by Equal; == does not compile.
//
// The text form is a plain decimal number without trailing zeros, "1.0842"; it
// is also the SQL form and, as a string, the JSON form. JSON numbers are
// accepted, and read digit by digit. A missing rate is not 0: an empty text,
// JSON null and NULL are refused.
type Rate struct {
	_ [0]func()      // no ==
	d *exact.Decimal // nil is 0
}

// ParseRate reads a decimal number: digits with an optional sign, decimal
// point and exponent. More than 34 digits in plain notation or 64 decimals are
// ErrTooLarge; NaN and infinities are ErrSyntax. The error is a *ParseError.
func ParseRate(text string) (Rate, error) { return parseRate("rate", text, text) }

// parseRate reads number, the numeric part of text.
func parseRate(typ, text, number string) (Rate, error) {
	d, err := exact.ParseDecimal(number)
	if errors.Is(err, exact.ErrSyntax) {
		err = fmt.Errorf("%w: want a decimal number such as 1.0842", ErrSyntax)
	}
	if err != nil {
		return Rate{}, &ParseError{Type: typ, Text: text, Err: err}
	}
	return newRate(d), nil
}

// newRate returns d in its one representation.
func newRate(d *exact.Decimal) Rate {
	if d.Sign() == 0 {
		return Rate{}
	}
	return Rate{d: d}
}

// MustRate is ParseRate for constants: it panics where that gives an error.
func MustRate(text string) Rate {
	r, err := ParseRate(text)
	if err != nil {
		panic(err)
	}
	return r
}

func (r Rate) decimal() *exact.Decimal {
	if r.d == nil {
		return new(exact.Decimal)
	}
	return r.d
}

// Sign returns −1, 0 or +1.
func (r Rate) Sign() int { return r.decimal().Sign() }

// Cmp compares r and s: −1, 0 or +1.
func (r Rate) Cmp(s Rate) int { return r.decimal().Cmp(s.decimal()) }

// Equal reports whether r and s are the same number.
func (r Rate) Equal(s Rate) bool { return r.Cmp(s) == 0 }

// String returns the text form.
func (r Rate) String() string { return r.decimal().Text() }

// MarshalText implements encoding.TextMarshaler.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Rate) UnmarshalText(text []byte) error {
	v, err := ParseRate(string(text))
	if err == nil {
		*r = v
	}
	return err
}

// UnmarshalJSON implements json.Unmarshaler: a string or a number.
func (r *Rate) UnmarshalJSON(data []byte) error {
	text, err := jsonNumber("rate", data)
	if err != nil {
		return err
	}
	return r.UnmarshalText([]byte(text))
}

// Value implements driver.Valuer: the text.
func (r Rate) Value() (driver.Value, error) { return r.String(), nil }

// Scan implements sql.Scanner for a text.
func (r *Rate) Scan(src any) error { return scanText("rate", "1.0842", r, src) }

// Percent is an exact number of hundredths: Rate gives 0.02 for 2 %. It is
// immutable, and the zero Percent is 0 %.
//
// The text form is "2.5%", in SQL and as a JSON string too; the sign may be
// left out when reading, and JSON numbers are accepted: 2.5 is 2.5 %. As for
// Rate, an empty text, JSON null and NULL are refused.
type Percent struct{ hundredths Rate }

// ParsePercent reads a decimal number as ParseRate does, with or without a
// percent sign after it, and a space between. The error is a *ParseError.
func ParsePercent(text string) (Percent, error) {
	number, signed := strings.CutSuffix(text, "%")
	if signed {
		number = strings.TrimSuffix(number, " ")
	}
	r, err := parseRate("percent", text, number)
	return Percent{r}, err
}

// MustPercent is ParsePercent for constants: it panics where that gives an
// error.
func MustPercent(text string) Percent {
	p, err := ParsePercent(text)
	if err != nil {
		panic(err)
	}
	return p
}

// Rate returns the factor to multiply by: 0.02 for 2 %.
func (p Percent) Rate() Rate { return newRate(p.hundredths.decimal().Shift(-2)) }

// Sign returns −1, 0 or +1.
func (p Percent) Sign() int { return p.hundredths.Sign() }

// Cmp compares p and q: −1, 0 or +1.
func (p Percent) Cmp(q Percent) int { return p.hundredths.Cmp(q.hundredths) }

// Equal reports whether p and q are the same number.
func (p Percent) Equal(q Percent) bool { return p.Cmp(q) == 0 }

// String returns the text form.
func (p Percent) String() string { return p.hundredths.String() + "%" }

// MarshalText implements encoding.TextMarshaler.
func (p Percent) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Percent) UnmarshalText(text []byte) error {
	v, err := ParsePercent(string(text))
	if err == nil {
		*p = v
	}
	return err
}

// UnmarshalJSON implements json.Unmarshaler: a string or a number.
func (p *Percent) UnmarshalJSON(data []byte) error {
	text, err := jsonNumber("percent", data)
	if err != nil {
		return err
	}
	return p.UnmarshalText([]byte(text))
}

// Value implements driver.Valuer: the text.
func (p Percent) Value() (driver.Value, error) { return p.String(), nil }

// Scan implements sql.Scanner for a text.
func (p *Percent) Scan(src any) error { return scanText("percent", "2.5%", p, src) }
