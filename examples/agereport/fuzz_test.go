package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

// Whatever a file holds, the program ends with a status of 0 or 1, and writes
// nothing that a terminal would obey.
func FuzzFile(f *testing.F) {
	odd, err := os.ReadFile("testdata/odd.csv")
	require.NoError(f, err)
	f.Add(string(odd))
	f.Add("id,label,no,day,due,total,currency,terms\n\x1b[2J,\u202eevil,\x9b,2026-05-01,,1,EUR,\n")
	f.Add("id,label,no,day,due,total,currency,terms\nA,\"two\nlines\",1,2026-05-01,,\"\x1b[31m1\",EUR,\x07\n")
	f.Add("\x1b]0;title\x07,label,no\n")
	f.Fuzz(func(t *testing.T, text string) {
		file := filepath.Join(t.TempDir(), "items.csv")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		for _, more := range [][]string{nil, {"-customer", "A-1"}, {"-explain", "100"}} {
			status, stdout, stderr := agereport(append([]string{
				"-csv", file, "-map", mapOdd, "-as-of", "2026-06-30", "-keep-good",
			}, more...)...)
			require.Contains(t, []int{0, 1}, status, stderr)
			require.False(t, strings.ContainsFunc(stdout+stderr, obeyed), "%q %q", stdout, stderr)
		}
	})
}

func obeyed(r rune) bool {
	return unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) && r >= 0x202a
}
