// Package textform has what the text forms of all values share: reading them
// from a database, and repeating them in messages.
package textform

import "unicode/utf8"

// maxQuoted bounds how many bytes of a hostile text a message repeats.
const maxQuoted = 80

// Short cuts a text that is too long to repeat in a message, between
// characters.
func Short(s string) string {
	if len(s) <= maxQuoted {
		return s
	}
	end := maxQuoted
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// FromSQL returns the text that a database driver hands over, as a string or
// as bytes. NULL is the empty text. Anything else is not ok.
func FromSQL(src any) (text []byte, ok bool) {
	switch src := src.(type) {
	case nil:
		return nil, true
	case string:
		return []byte(src), true
	case []byte:
		return src, true
	}
	return nil, false
}
