package iso4217_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/internal/iso4217"
)

// list reads list.csv without its header.
func list(t *testing.T) [][]string {
	t.Helper()
	file, err := os.Open("list.csv")
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, file.Close()) })
	rows := csv.NewReader(file)
	rows.Comment = '#'
	all, err := rows.ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(all), 1)
	return all[1:]
}

func TestMinorUnitsAreThoseOfTheList(t *testing.T) {
	for _, row := range list(t) {
		code, minorUnits := row[0], row[2]
		digits, ok := iso4217.MinorUnits(code)
		assert.True(t, ok, code)
		if minorUnits == "" {
			minorUnits = "-1"
		}
		assert.Equal(t, minorUnits, strconv.Itoa(digits), code)
	}
}

// Written down by hand, so that a slip in list.csv itself is seen.
func TestMinorUnits(t *testing.T) {
	for digits, codes := range map[int]string{
		-1: "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX",
		0:  "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
		2:  "CHE CHF EUR GBP HUF IDR IRR MGA MRU SLE USD VED VES XAD XCG ZWG",
		3:  "BHD IQD JOD KWD LYD OMR TND",
		4:  "CLF UYW",
	} {
		for code := range strings.FieldsSeq(codes) {
			got, ok := iso4217.MinorUnits(code)
			assert.True(t, ok, code)
			assert.Equal(t, digits, got, code)
		}
	}
}

func TestUnknownCodes(t *testing.T) {
	for name, codes := range map[string][]string{
		"withdrawn":    {"ANG", "BGN", "CUC", "DEM", "HRK", "MRO", "SLL", "STD", "VEF", "ZWL"},
		"never listed": {"AAA", "ZZZ", "BTC", "GGP", "CNH"},
		"not a code":   {"", "E", "EU", "EURO", " EUR", "EUR ", "978", "Ä"},
		"lower case":   {"eur", "Eur", "euR", "xau"},
	} {
		for _, code := range codes {
			digits, ok := iso4217.MinorUnits(code)
			assert.False(t, ok, "%s: %q", name, code)
			assert.Zero(t, digits, "%s: %q", name, code)
		}
	}
}

func TestCodes(t *testing.T) {
	var want []string
	for _, row := range list(t) {
		want = append(want, row[0])
	}
	got := slices.Collect(iso4217.Codes())
	assert.Equal(t, want, got)
	assert.True(t, slices.IsSorted(got))
	assert.Len(t, got, 178)

	// It may be stopped early, and begins anew.
	for range 2 {
		for code := range iso4217.Codes() {
			assert.Equal(t, "AED", code)
			break
		}
	}
}

func TestNothingIsAllocated(t *testing.T) {
	codes := append(slices.Collect(iso4217.Codes()), "BGN", "eur", "")
	known := 0
	count := func(code string) {
		if _, ok := iso4217.MinorUnits(code); ok {
			known++
		}
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		for _, code := range codes {
			count(code)
		}
	}), "MinorUnits")
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		for code := range iso4217.Codes() {
			count(code)
		}
	}), "Codes")
	assert.Positive(t, known)
}
