package duedate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner reads words off a text. It remembers the furthest place where a
// phrase of several words failed, since that is the word to complain about.
type scanner struct {
	typ  string // what the text is to be, for errors
	text string
	pos  int
	far  int      // where the second or a later word of a phrase was missing
	want []string // the words that would have done there
}

// token skips blanks and returns what follows without consuming it: a run of
// digits, a run of letters, or another single character; "" at the end.
func (s *scanner) token() string {
	rest := strings.TrimLeftFunc(s.text[s.pos:], func(r rune) bool { return unicode.IsSpace(r) || r == '_' })
	s.pos = len(s.text) - len(rest)
	if rest == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(rest)
	in := unicode.IsLetter
	switch {
	case isDigit(r):
		in = isDigit
	case !in(r):
		return rest[:size]
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return !in(r) })
	if end < 0 {
		return rest
	}
	return rest[:end]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// accept consumes a phrase of lower-case words, or nothing.
func (s *scanner) accept(phrase string) bool {
	begin := s.pos
	for first := true; phrase != ""; first = false {
		var word string
		word, phrase, _ = strings.Cut(phrase, " ")
		token := s.token()
		// The lengths differ where a letter outside ASCII folds to one in it.
		if len(token) != len(word) || !strings.EqualFold(token, word) {
			if !first {
				s.missed(word)
			}
			s.pos = begin
			return false
		}
		s.pos += len(token)
	}
	return true
}

func (s *scanner) missed(word string) {
	if s.pos > s.far {
		s.far, s.want = s.pos, nil
	}
	if s.pos == s.far && !slices.Contains(s.want, word) {
		s.want = append(s.want, word)
	}
}

func (s *scanner) acceptAny(phrases ...string) bool {
	for _, phrase := range phrases {
		if s.accept(phrase) {
			return true
		}
	}
	return false
}

// atNumber reports whether digits follow, or a minus and digits.
func (s *scanner) atNumber() bool {
	token := s.token()
	after := s.text[s.pos+len(token):]
	return token != "" && isDigit(rune(token[0])) ||
		token == "-" && after != "" && isDigit(rune(after[0]))
}

// unexpected is the error for the next word, or for the furthest one that a
// phrase was not completed by.
func (s *scanner) unexpected(reason string) error {
	s.token()
	if s.far > s.pos {
		s.pos, reason = s.far, "want "+either(s.want)
	}
	return s.fail(s.pos, s.pos+len(s.token()), reason)
}

// fail is the error for a part of the text.
func (s *scanner) fail(from, to int, reason string) error {
	return &ParseError{Type: s.typ, Text: s.text, Part: s.text[from:to], Offset: from, Reason: reason}
}

// either lists words to choose from: "a", "b" or "c".
func either(words []string) string {
	var b []byte
	for i, word := range words {
		switch {
		case i > 0 && i == len(words)-1:
			b = append(b, " or "...)
		case i > 0:
			b = append(b, ", "...)
		}
		b = strconv.AppendQuote(b, word)
	}
	return string(b)
}

// notAStep says what would be one, with a guess if the word is nearly right.
func notAStep(word string) string {
	for _, known := range []string{"eom", "eofm", "net", "roll", "substitute", "day", "last", "next"} {
		if oneEdit(strings.ToLower(word), known) {
			return fmt.Sprintf("not a step; did you mean %q?", known)
		}
	}
	return `not a step; want one such as "net 30", "eom" or "15th prox"`
}

// oneEdit reports whether a letter inserted, left out, replaced, or two
// neighbours exchanged make a out of b.
func oneEdit(a, b string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	swapped := len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	return len(a) <= 1 && len(b) <= 1 || swapped
}
