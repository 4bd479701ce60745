package render

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the number of columns after which a name is cut.
const maxName = 40

// wide are the characters that take two columns of a terminal, as the first of
// each run of them and the first after it: East Asian Width W and F in Unicode
// 14, with what is unassigned between them.
var wide = [...]rune{
	0x1100, 0x1160, 0x231a, 0x231c, 0x2329, 0x232b, 0x23e9, 0x23ed, 0x23f0, 0x23f1,
	0x23f3, 0x23f4, 0x25fd, 0x25ff, 0x2614, 0x2616, 0x2648, 0x2654, 0x267f, 0x2680,
	0x2693, 0x2694, 0x26a1, 0x26a2, 0x26aa, 0x26ac, 0x26bd, 0x26bf, 0x26c4, 0x26c6,
	0x26ce, 0x26cf, 0x26d4, 0x26d5, 0x26ea, 0x26eb, 0x26f2, 0x26f4, 0x26f5, 0x26f6,
	0x26fa, 0x26fb, 0x26fd, 0x26fe, 0x2705, 0x2706, 0x270a, 0x270c, 0x2728, 0x2729,
	0x274c, 0x274d, 0x274e, 0x274f, 0x2753, 0x2756, 0x2757, 0x2758, 0x2795, 0x2798,
	0x27b0, 0x27b1, 0x27bf, 0x27c0, 0x2b1b, 0x2b1d, 0x2b50, 0x2b51, 0x2b55, 0x2b56,
	0x2e80, 0x303f, 0x3041, 0x3248, 0x3250, 0x4dc0, 0x4e00, 0xa4c7, 0xa960, 0xa97d,
	0xac00, 0xd7a4, 0xf900, 0xfada, 0xfe10, 0xfe6c, 0xff01, 0xff61, 0xffe0, 0xffe7,
	0x16fe0, 0x1b2fc, 0x1f004, 0x1f005, 0x1f0cf, 0x1f0d0, 0x1f18e, 0x1f18f, 0x1f191, 0x1f19b,
	0x1f200, 0x1f321, 0x1f32d, 0x1f336, 0x1f337, 0x1f37d, 0x1f37e, 0x1f394, 0x1f3a0, 0x1f3cb,
	0x1f3cf, 0x1f3d4, 0x1f3e0, 0x1f3f1, 0x1f3f4, 0x1f3f5, 0x1f3f8, 0x1f43f, 0x1f440, 0x1f441,
	0x1f442, 0x1f4fd, 0x1f4ff, 0x1f53e, 0x1f54b, 0x1f54f, 0x1f550, 0x1f568, 0x1f57a, 0x1f57b,
	0x1f595, 0x1f597, 0x1f5a4, 0x1f5a5, 0x1f5fb, 0x1f650, 0x1f680, 0x1f6c6, 0x1f6cc, 0x1f6cd,
	0x1f6d0, 0x1f6d3, 0x1f6d5, 0x1f6e0, 0x1f6eb, 0x1f6ed, 0x1f6f4, 0x1f6fd, 0x1f7e0, 0x1f7f1,
	0x1f90c, 0x1f93b, 0x1f93c, 0x1f946, 0x1f947, 0x1fa00, 0x1fa70, 0x1faf7, 0x20000, 0x3fffe,
}

// runeWidth returns the number of columns that a character takes.
func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf), r >= 0x1160 && r <= 0x11ff: // marks, and parts of Hangul syllables
		return 0
	case isWide(r):
		return 2
	}
	return 1
}

func isWide(r rune) bool {
	i, found := slices.BinarySearch(wide[:], r)
	if found {
		i++
	}
	return i%2 == 1
}

// width returns the number of columns that a text takes.
func width(text string) int {
	n := 0
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

// Printable returns a text from outside, such as a name or the reason of a
// failure, as it can safely stand in a line of a terminal or a page: what breaks
// lines, begins escape sequences, turns the direction of the text around it, or is
// not UTF-8 becomes U+FFFD, one for each character. All that this package writes as
// text and HTML went through it; a host that writes such texts itself does the
// same. It escapes no markup: that is for html/template.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) || turnsText(r) {
			return utf8.RuneError
		}
		return r
	}, text)
}

// turnsText reports whether r embeds, overrides or isolates a direction.
func turnsText(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// cut returns a text shortened to a number of columns, the last of which then
// has an ellipsis.
func cut(text string, columns int) string {
	if width(text) <= columns {
		return text
	}
	n, end := 0, 0
	for i, r := range text {
		if n += runeWidth(r); n > columns-1 {
			end = i
			break
		}
	}
	return text[:end] + "…"
}
