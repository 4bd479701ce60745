package ar_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
)

func TestRoundingText(t *testing.T) {
	for mode, text := range map[ar.Rounding]string{
		ar.NoRounding: "none", ar.RoundHalfUp: "half-up", ar.RoundHalfEven: "half-even", ar.RoundHalfDown: "half-down",
		ar.RoundUp: "up", ar.RoundDown: "down", ar.RoundCeiling: "ceiling", ar.RoundFloor: "floor",
	} {
		require.Equal(t, text, mode.String())
		data, err := json.Marshal(mode)
		require.NoError(t, err)
		require.JSONEq(t, `"`+text+`"`, string(data))
		var back ar.Rounding
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, mode, back)
	}
	require.Zero(t, ar.NoRounding, "the zero value refuses to round")
}

func TestRoundingRefusals(t *testing.T) {
	undefined := ar.RoundFloor + 1
	require.Equal(t, "Rounding(8)", undefined.String())
	_, err := undefined.MarshalText()
	require.EqualError(t, err, "rounding mode 8 is not defined")
	_, err = ar.ParseAmount("0.005", ar.MustCurrency("EUR"), undefined)
	require.EqualError(t, err, `amount "0.005": rounding mode 8 is not defined`)

	mode := ar.RoundUp
	for _, text := range []string{"", "Half-Up", "bankers", "none "} {
		err := mode.UnmarshalText([]byte(text))
		require.ErrorIs(t, err, ar.ErrSyntax)
		require.ErrorContains(t, err, `want one of ["none" "half-up"`)
		require.Equal(t, ar.RoundUp, mode, "a failed read leaves the value alone")
	}
}
