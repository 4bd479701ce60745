package memstore

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// through writes a value and reads it again.
func through[T any](t require.TestingT, v *T, code func(*codec, *T)) T {
	var w codec
	code(&w, v)
	require.NoError(t, w.err)
	r := reading(w.payload)
	var got T
	code(r, &got)
	require.NoError(t, r.err)
	require.Empty(t, r.payload, "what is written is read")
	return got
}

func reading(payload []byte) *codec {
	c := newCodec()
	c.payload = payload
	return &c
}

// Whoever adds a field to a noun of the ledger has to have it saved: each field,
// by itself, makes a difference to what is read again.
func TestEveryFieldIsSaved(t *testing.T) {
	requireFields(t, (*codec).document, "Customer") // that of the account
	requireFields(t, (*codec).allocation)
	requireFields(t, (*codec).reversal)
	requireFields(t, (*codec).redate)
	requireFields(t, (*codec).status)
	requireFields(t, (*codec).details, "ID") // that of the account
	requireFields(t, (*codec).profile, "Customer")
	requireFields(t, (*codec).change)
	requireFields(t, (*codec).statement)
}

func requireFields[T any](t *testing.T, code func(*codec, *T), but ...string) {
	t.Helper()
	n := 0
	fill(t, reflect.TypeFor[T](), func(name string, set func(reflect.Value)) {
		for _, b := range but {
			if name == b {
				return
			}
		}
		n++
		var v T
		set(reflect.ValueOf(&v).Elem())
		require.Equal(t, fmt.Sprintf("%+v", v), fmt.Sprintf("%+v", through(t, &v, code)), "%T.%s", v, name)
		require.NotEqual(t, fmt.Sprintf("%+v", *new(T)), fmt.Sprintf("%+v", v), "%T.%s", v, name)
	})
	require.Positive(t, n)
}

// fill gives each field of a struct, those of structs in it too, and how to set
// it.
func fill(t *testing.T, typ reflect.Type, yield func(name string, set func(reflect.Value))) {
	t.Helper()
	for i := range typ.NumField() {
		f := typ.Field(i)
		if v := sample(f.Type); v != nil {
			yield(f.Name, func(s reflect.Value) { s.Field(i).Set(reflect.ValueOf(v).Convert(f.Type)) })
			continue
		}
		require.Equal(t, reflect.Struct, f.Type.Kind(), "%s.%s: no sample for it", typ, f.Name)
		fill(t, f.Type, func(name string, set func(reflect.Value)) {
			yield(f.Name+"."+name, func(s reflect.Value) { set(s.Field(i)) })
		})
	}
}

// sample returns a value of a type that is not its zero value.
func sample(typ reflect.Type) any {
	switch reflect.Zero(typ).Interface().(type) {
	case ar.Money:
		return ar.MustMoney("1.23 EUR")
	case ar.Rate:
		return ar.MustRate("0.5")
	case ar.Date:
		return ar.MustDate("2026-03-31")
	case duedate.Terms:
		return duedate.Net(30)
	case time.Time:
		return time.Date(2026, time.March, 31, 1, 2, 3, 4, time.UTC)
	case []byte:
		return []byte("x")
	case []string:
		return []string{"", "x"}
	case []ar.Money:
		return []ar.Money{{}, ar.MustMoney("1.23 EUR")}
	case []ledger.Part:
		return []ledger.Part{{Due: 1}, {Amount: ar.MustMoney("1.23 EUR")}}
	}
	switch typ.Kind() {
	case reflect.String:
		return "x"
	case reflect.Int, reflect.Uint8:
		return 3
	default:
		return nil
	}
}

func TestMoneyIsSavedExactly(t *testing.T) {
	for _, text := range []string{
		"0", "0.00 EUR", "0 JPY", "0.01 EUR", "-0.01 EUR", "9223372036854775807 JPY", "9223372036854775808 JPY",
		"-9223372036854775808 JPY", "-9223372036854775809 JPY", "92233720368547758.07 EUR", "92233720368547758.08 EUR",
		"9999999999999999999999999999999999 JPY", "-99999999999999999999999999999999.99 EUR", "1.00 EUR:4", "7 PTS:0",
		"0.000000000000000001 ETH:18", "1000000000000000000 JPY", "1000000000000000000000000000000000 JPY",
	} {
		m, err := ar.ParseMoney(text)
		require.NoError(t, err, text)
		got := through(t, &m, (*codec).money)
		require.True(t, m.Equal(got), "%s became %s", m, got)
	}
	rapid.Check(t, func(t *rapid.T) {
		m := ar.MustMoney("1.00 EUR")
		for range rapid.IntRange(0, 12).Draw(t, "factors") {
			factor, err := ar.ParseRate(fmt.Sprint(rapid.Int64Range(-1_000_000_000_000, math.MaxInt64).Draw(t, "factor")))
			require.NoError(t, err)
			m, err = m.Mul(factor, ar.NoRounding)
			require.NoError(t, err)
		}
		got := through(t, &m, (*codec).money)
		require.True(t, m.Equal(got), "%s became %s", m, got)
	})
}

func TestAmountsThatCannotBeSaved(t *testing.T) {
	m, factor := ar.MustMoney("1 JPY"), ar.MustRate("1e33")
	for len(m.Amount()) <= maxDigits {
		var err error
		m, err = m.Mul(factor, ar.NoRounding)
		require.NoError(t, err)
	}
	var c codec
	c.money(&m)
	require.ErrorIs(t, c.err, errDigits)
}

func TestTextsAndTimesAreSavedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		require.Equal(t, s, through(t, &s, (*codec).text))
		require.Equal(t, s, through(t, &s, (*codec).word))
		at := time.Unix(rapid.Int64Range(-1<<36, 1<<36).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanos"))
		require.True(t, at.Equal(through(t, &at, (*codec).time)))
		n := rapid.Int().Draw(t, "number")
		require.Equal(t, n, through(t, &n, number[int]))
	})
	var never time.Time
	never = through(t, &never, (*codec).time)
	require.True(t, never.IsZero())
}

// What no store writes is refused, not taken for something else.
func TestPayloadsOfOthers(t *testing.T) {
	write := func(do func(*codec)) *codec {
		var c codec
		do(&c)
		return reading(c.payload)
	}
	text := func(c *codec, s string) { c.text(&s) }
	num := func(c *codec, n int64) { number(c, &n) }
	for name, c := range map[string]struct {
		payload func(*codec)
		read    func(*codec)
	}{
		"a number too large":   {func(c *codec) { num(c, 256) }, func(c *codec) { number(c, new(ledger.Kind)) }},
		"below zero":           {func(c *codec) { num(c, -1) }, func(c *codec) { number(c, new(ledger.Flags)) }},
		"terms":                {func(c *codec) { text(c, "net x") }, func(c *codec) { c.dueTerms(new(duedate.Terms)) }},
		"a rate":               {func(c *codec) { text(c, "NaN") }, func(c *codec) { c.rate(new(ar.Rate)) }},
		"a currency":           {func(c *codec) { text(c, "eur"); num(c, 2); num(c, 1) }, func(c *codec) { c.money(new(ar.Money)) }},
		"decimals":             {func(c *codec) { text(c, "EUR"); num(c, 99); num(c, 1) }, func(c *codec) { c.money(new(ar.Money)) }},
		"digits":               {func(c *codec) { text(c, "EUR"); num(c, 2); num(c, 0); text(c, "12x") }, func(c *codec) { c.money(new(ar.Money)) }},
		"no digits":            {func(c *codec) { text(c, "EUR"); num(c, 2); num(c, 0); text(c, "-") }, func(c *codec) { c.money(new(ar.Money)) }},
		"too many digits":      {func(c *codec) { text(c, "EUR"); num(c, 2); num(c, 0); text(c, strings.Repeat("1", maxDigits+1)) }, func(c *codec) { c.money(new(ar.Money)) }},
		"nothing":              {func(*codec) {}, func(c *codec) { c.text(new(string)) }},
		"a text that is short": {func(c *codec) { text(c, "abc"); c.payload = c.payload[:2] }, func(c *codec) { c.text(new(string)) }},
	} {
		r := write(c.payload)
		c.read(r)
		require.Error(t, r.err, name)
	}
}
