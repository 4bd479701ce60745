package ar

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/openreceivables/ar/internal/exact"
)

// MustMoney is ParseMoney for constants: it panics where that gives an error.
func MustMoney(text string) Money {
	m, err := ParseMoney(text)
	if err != nil {
		panic(err)
	}
	return m
}

// ParseMoney reads the text form: an amount as ParseAmount takes it, one space
// and the currency's text form. More decimals than the currency has are
// ErrTooPrecise. The error is a *ParseError.
func ParseMoney(text string) (Money, error) {
	if text == "0" {
		return Money{}, nil
	}
	amount, code, ok := strings.Cut(text, " ")
	if !ok {
		return Money{}, &ParseError{Type: "money", Text: text, Err: fmt.Errorf("%w: want an amount, a space and a currency", ErrSyntax)}
	}
	c, err := ParseCurrency(code)
	if err != nil {
		return Money{}, &ParseError{Type: "money", Text: text, Err: err}
	}
	return ParseAmount(amount, c, NoRounding)
}

// ParseAmount reads an amount in units of the currency: decimal digits with an
// optional sign, decimal point and exponent, without separators; "+1", ".5"
// and "5." will do. What has more decimals than the currency is rounded as r
// says, and is ErrTooPrecise under NoRounding. More than 34 digits, with all
// of the currency's decimals, or more than 64 decimals are ErrTooLarge; NaN
// and infinities are ErrSyntax. No currency takes "0" alone, and one that
// cannot carry amounts is ErrNoMinorUnits. The error is a *ParseError.
func ParseAmount(text string, c Currency, r Rounding) (Money, error) {
	m, err := parseAmount(text, c, r)
	if err != nil {
		return Money{}, &ParseError{Type: "amount", Text: text, Err: err}
	}
	return m, nil
}

func parseAmount(text string, c Currency, r Rounding) (Money, error) {
	decimals, ok := c.Decimals()
	if !ok {
		if c.IsZero() && text == "0" {
			return Money{}, nil
		}
		return Money{}, noAmountsError(c)
	}
	if minor, ok := parseFixed(text, decimals); ok {
		return Money{minor: minor, cur: c}, nil
	}
	d, err := exact.ParseDecimal(text)
	if errors.Is(err, exact.ErrSyntax) {
		return Money{}, fmt.Errorf("%w: want a decimal number such as -1234.50", ErrSyntax)
	}
	if err != nil {
		return Money{}, err
	}
	x, err := d.Shift(decimals).Int(exact.Mode(r))
	if errors.Is(err, exact.ErrInexact) {
		return Money{}, fmt.Errorf("%w: %s has %d", ErrTooPrecise, c, decimals)
	}
	if err != nil {
		return Money{}, err
	}
	if !x.Fits(exact.MaxDigits) {
		return Money{}, ErrTooLarge
	}
	return money(x, c), nil
}

// parseFixed reads what nearly all amounts look like: digits, and at most as
// many of them after a point as the currency has decimals, so few that the
// minor units fit an int64. ok is false for all else.
func parseFixed(text string, decimals int) (minor int64, ok bool) {
	digits, negative := strings.CutPrefix(text, "-")
	missing := decimals // zeros to append
	point := strings.IndexByte(digits, '.')
	if point >= 0 {
		missing -= len(digits) - point - 1
	}
	if digits == "" || point == 0 || missing < 0 || len(digits)+missing > 18 {
		return 0, false
	}
	for i := range len(digits) {
		if i == point {
			continue
		}
		c := digits[i] - '0'
		if c > 9 {
			return 0, false
		}
		minor = 10*minor + int64(c)
	}
	for range missing {
		minor *= 10
	}
	if negative {
		minor = -minor
	}
	return minor, true
}

// Amount returns the number alone in plain notation with all of the currency's
// decimals: "1000.00", "-5" for JPY; never an exponent, never "-0.00".
func (m Money) Amount() string {
	decimals, _ := m.cur.Decimals()
	if m.big != nil {
		return m.big.Text(decimals)
	}
	return string(exact.AppendFixed(make([]byte, 0, 24), m.minor, decimals))
}

// String returns the text form, "1000.00 EUR", and "0" for the zero Money.
func (m Money) String() string {
	if m.cur.IsZero() {
		return m.Amount()
	}
	return m.Amount() + " " + m.cur.String()
}

// MarshalText implements encoding.TextMarshaler.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. An empty text is the zero
// Money.
func (m *Money) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Money{}
		return nil
	}
	v, err := ParseMoney(string(text))
	if err == nil {
		*m = v
	}
	return err
}

// MarshalJSON implements json.Marshaler.
func (m Money) MarshalJSON() ([]byte, error) {
	// Digits, capitals and a colon: nothing to escape.
	return []byte(`{"amount":"` + m.Amount() + `","currency":"` + m.cur.String() + `"}`), nil
}

// UnmarshalJSON implements json.Unmarshaler. The amount may be a JSON string
// or a JSON number, which is read digit by digit; null is the zero Money.
func (m *Money) UnmarshalJSON(data []byte) error {
	var raw *struct {
		Amount   json.RawMessage `json:"amount"`
		Currency Currency        `json:"currency"`
	}
	err := json.Unmarshal(data, &raw)
	if errors.As(err, new(*ParseError)) {
		return err
	}
	if err != nil {
		return &ParseError{
			Type: "money", Text: string(data),
			Err: fmt.Errorf(`%w: want {"amount":"1000.00","currency":"EUR"}`, ErrSyntax),
		}
	}
	if raw == nil {
		*m = Money{}
		return nil
	}
	text, err := jsonNumber("amount", raw.Amount)
	if err != nil {
		return err
	}
	v, err := ParseAmount(text, raw.Currency, NoRounding)
	if err == nil {
		*m = v
	}
	return err
}

// Value implements driver.Valuer: the text, or NULL for the zero Money.
func (m Money) Value() (driver.Value, error) {
	if m.cur.IsZero() {
		return nil, nil
	}
	return m.String(), nil
}

// Scan implements sql.Scanner for the text form and NULL. A number is refused:
// it would lack the currency.
func (m *Money) Scan(src any) error { return scanText("money", "1000.00 EUR", m, src) }
