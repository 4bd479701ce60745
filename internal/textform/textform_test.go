package textform

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestShort(t *testing.T) {
	require.Empty(t, Short(""))
	require.Equal(t, strings.Repeat("x", 80), Short(strings.Repeat("x", 80)))
	require.Equal(t, strings.Repeat("x", 80)+"…", Short(strings.Repeat("x", 81)))
	require.Equal(t, strings.Repeat("x", 79)+"…", Short(strings.Repeat("x", 79)+"ü"), "between characters")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringN(0, 200, -1).Draw(t, "text")
		cut := Short(s)
		require.True(t, utf8.ValidString(cut))
		require.True(t, cut == s || strings.HasPrefix(s, strings.TrimSuffix(cut, "…")))
		require.LessOrEqual(t, len(cut), maxQuoted+len("…"))
	})
}

func TestFromSQL(t *testing.T) {
	for _, c := range []struct {
		src  any
		want string
		ok   bool
	}{{nil, "", true}, {"a", "a", true}, {[]byte("a"), "a", true}, {int64(1), "", false}, {1.5, "", false}, {true, "", false}} {
		text, ok := FromSQL(c.src)
		require.Equal(t, c.ok, ok)
		require.Equal(t, c.want, string(text))
	}
}
