package ar_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
)

// Every value has all of these forms.
type value interface {
	fmt.Stringer
	encoding.TextMarshaler
	driver.Valuer
}

type reader[T any] interface {
	*T
	encoding.TextUnmarshaler
	sql.Scanner
}

// roundTrips checks that v comes back from its text, JSON and SQL forms.
func roundTrips[T value, P reader[T]](t require.TestingT, v T) {
	text, err := v.MarshalText()
	require.NoError(t, err)
	require.Equal(t, v.String(), string(text))
	var back T
	require.NoError(t, P(&back).UnmarshalText(text))
	require.True(t, cmp.Equal(v, back), "text %q gives %v", text, back)

	data, err := json.Marshal(v)
	require.NoError(t, err)
	back = *new(T)
	require.NoError(t, json.Unmarshal(data, &back))
	require.True(t, cmp.Equal(v, back), "JSON %s gives %v", data, back)

	column, err := v.Value()
	require.NoError(t, err)
	require.True(t, driver.IsValue(column), "%T", column)
	columns := []any{column}
	if text, ok := column.(string); ok {
		columns = append(columns, []byte(text)) // as many drivers have it
	}
	for _, column := range columns {
		back = *new(T)
		require.NoError(t, P(&back).Scan(column))
		require.True(t, cmp.Equal(v, back), "SQL %v gives %v", column, back)
	}
}

func TestNullIsTheZeroValueWhereThatMeansNone(t *testing.T) {
	for _, v := range []value{ar.Date(0), ar.Currency{}, ar.Money{}} {
		column, err := v.Value()
		require.NoError(t, err)
		require.Nil(t, column)
	}
	date, currency, money := ar.MustDate("2026-01-31"), ar.MustCurrency("EUR"), ar.MustMoney("1 EUR")
	for _, s := range []sql.Scanner{&date, &currency, &money} {
		require.NoError(t, s.Scan(nil))
	}
	require.True(t, date.IsZero())
	require.True(t, currency.IsZero())
	require.True(t, money.Equal(ar.Money{}))

	// No rate is not a rate of 0.
	rate, percent := ar.MustRate("1"), ar.MustPercent("1%")
	for _, v := range []interface {
		sql.Scanner
		json.Unmarshaler
		encoding.TextUnmarshaler
	}{&rate, &percent} {
		require.ErrorIs(t, v.Scan(nil), ar.ErrSyntax)
		require.ErrorIs(t, v.UnmarshalText(nil), ar.ErrSyntax)
		require.ErrorIs(t, v.UnmarshalJSON([]byte("null")), ar.ErrSyntax)
		require.ErrorIs(t, v.UnmarshalJSON([]byte(`""`)), ar.ErrSyntax)
	}
	var none sql.Null[ar.Rate]
	require.NoError(t, none.Scan(nil), "a host has this for it")
	require.False(t, none.Valid)
}

// Of what a driver may hand over, only text is read, and a time as a Date.
func TestScanRefusals(t *testing.T) {
	midday := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	for typ, c := range map[string]struct {
		target sql.Scanner
		want   string
		also   []any
	}{
		"date":     {ptr(ar.MustDate("2026-01-31")), "2006-01-02, or a time.Time", nil},
		"currency": {ptr(ar.MustCurrency("EUR")), "EUR", []any{midday}},
		"money":    {ptr(ar.MustMoney("1 EUR")), "1000.00 EUR", []any{midday}},
		"rate":     {ptr(ar.MustRate("1")), "1.0842", []any{midday}},
		"percent":  {ptr(ar.MustPercent("1%")), "2.5%", []any{midday}},
	} {
		before := fmt.Sprint(reflect.ValueOf(c.target).Elem())
		for _, src := range append(c.also, float64(12.5), float32(1), int64(5), 5, true, struct{}{}) {
			err := c.target.Scan(src)
			require.ErrorIs(t, err, ar.ErrSyntax)
			require.EqualError(t, err, fmt.Sprintf(
				"%s %q: malformed: the driver gave a %T, want text such as %s", typ, fmt.Sprint(src), src, c.want,
			))
		}
		for _, src := range []any{"?", []byte("?")} {
			var parse *ar.ParseError
			require.ErrorAs(t, c.target.Scan(src), &parse)
			require.Equal(t, "?", parse.Text)
		}
		require.Equal(t, before, fmt.Sprint(reflect.ValueOf(c.target).Elem()), "a failed read leaves the value alone")
	}
}

func ptr[T any](v T) *T { return &v }

func TestJSONInsideAStruct(t *testing.T) {
	type document struct {
		Date     ar.Date
		Due      ar.Date `json:",omitzero"`
		Currency ar.Currency
		Amount   ar.Money
		Rate     ar.Rate
		Discount *ar.Percent
	}
	d := document{
		Date:     ar.MustDate("2026-06-03"),
		Currency: ar.MustCurrency("PTS:0"),
		Amount:   ar.MustMoney("1000 EUR"),
		Rate:     ar.MustRate("1.0842"),
	}
	data, err := json.Marshal(d)
	require.NoError(t, err)
	require.Equal(t, `{"Date":"2026-06-03","Currency":"PTS:0","Amount":{"amount":"1000.00","currency":"EUR"},"Rate":"1.0842","Discount":null}`, string(data))
	var back document
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(d, back))

	// Dates and currencies do as keys.
	keyed, err := json.Marshal(map[ar.Date]map[ar.Currency]int{d.Date: {d.Currency: 1}})
	require.NoError(t, err)
	require.Equal(t, `{"2026-06-03":{"PTS:0":1}}`, string(keyed))
}
