package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheTableIsThatOfTheList(t *testing.T) {
	list, err := os.ReadFile("../list.csv")
	require.NoError(t, err)
	table, err := os.ReadFile("../table.go")
	require.NoError(t, err)

	var got bytes.Buffer
	require.NoError(t, generate(bytes.NewReader(list), &got))
	assert.Equal(t, string(table), got.String(), "run go generate ./internal/iso4217")
}

func TestBadListsAreRefused(t *testing.T) {
	const header = "# a comment\ncode,number,minor_units,name\n"
	for name, test := range map[string]struct{ list, want string }{
		"empty":             {"", "the list is empty"},
		"only a comment":    {"# a comment\n", "the list is empty"},
		"only a header":     {header, "the list has no codes"},
		"no header":         {"EUR,978,2,Euro\n", "line 1: the columns are"},
		"columns swapped":   {"number,code,minor_units,name\n978,EUR,2,Euro\n", "line 1: the columns are"},
		"short header":      {"code,number,minor_units\n", "record on line 1: wrong number of fields"},
		"short row":         {header + "EUR,978,2\n", "record on line 3: wrong number of fields"},
		"long row":          {header + "EUR,978,2,Euro,more\n", "record on line 3: wrong number of fields"},
		"bare quote":        {header + "EUR,978,2,Eu\"ro\n", "parse error on line 3"},
		"no code":           {header + ",978,2,Euro\n", `line 3: code ""`},
		"lower-case code":   {header + "eur,978,2,Euro\n", `line 3: code "eur"`},
		"short code":        {header + "EU,978,2,Euro\n", `line 3: code "EU"`},
		"long code":         {header + "EURO,978,2,Euro\n", `line 3: code "EURO"`},
		"three-byte rune":   {header + "€,978,2,Euro\n", `line 3: code "€"`},
		"code twice":        {header + "EUR,978,2,Euro\nEUR,979,2,Euro\n", "line 4: code EUR is there twice"},
		"out of order":      {header + "EUR,978,2,Euro\n\nAED,784,2,UAE Dirham\n", "line 5: code AED is out of order after EUR"},
		"no number":         {header + "EUR,,2,Euro\n", `line 3: EUR: number ""`},
		"short number":      {header + "ALL,8,2,Lek\n", `line 3: ALL: number "8"`},
		"long number":       {header + "EUR,0978,2,Euro\n", `line 3: EUR: number "0978"`},
		"number of letters": {header + "EUR,97O,2,Euro\n", `line 3: EUR: number "97O"`},
		"number twice":      {header + "ANG,532,2,Guilder\nXCG,532,2,Guilder\n", "line 4: XCG: number 532 is that of ANG"},
		"N.A.":              {header + "XAU,959,N.A.,Gold\n", `line 3: XAU: minor_units "N.A."`},
		"five decimals":     {header + "EUR,978,5,Euro\n", `line 3: EUR: minor_units "5"`},
		"negative decimals": {header + "EUR,978,-1,Euro\n", `line 3: EUR: minor_units "-1"`},
		"padded decimals":   {header + "EUR,978,02,Euro\n", `line 3: EUR: minor_units "02"`},
		"sign below zero":   {header + "EUR,978,/,Euro\n", `line 3: EUR: minor_units "/"`},
		"no name":           {header + "EUR,978,2,\n", `line 3: EUR: name ""`},
		"space after name":  {header + "KMF,174,0,Comorian Franc \n", `line 3: KMF: name "Comorian Franc "`},
	} {
		t.Run(name, func(t *testing.T) {
			var table bytes.Buffer
			err := generate(strings.NewReader(test.list), &table)
			require.ErrorContains(t, err, test.want)
			assert.Empty(t, table.Bytes())
		})
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestAFailedWriteIsReported(t *testing.T) {
	list := strings.NewReader("code,number,minor_units,name\nEUR,978,2,Euro\n")
	require.ErrorIs(t, generate(list, brokenWriter{}), errBroken)
}

func TestRunWritesTheTableBesideTheList(t *testing.T) {
	t.Chdir(t.TempDir())
	require.ErrorIs(t, run(), os.ErrNotExist)

	require.NoError(t, os.WriteFile(input, []byte("EUR"), 0o600))
	require.ErrorContains(t, run(), input+": record on line 1")
	assert.NoFileExists(t, output)

	require.NoError(t, os.WriteFile(input, []byte("code,number,minor_units,name\nEUR,978,2,Euro\n"), 0o600))
	require.NoError(t, run())
	table, err := os.ReadFile(output)
	require.NoError(t, err)
	assert.Contains(t, string(table), `const codes = "" +`+"\n\t"+`"EUR"`)
}
