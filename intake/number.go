package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openreceivables/ar"
)

// notation is how amounts are written.
type notation struct{ decimal, thousands rune }

// fold makes one character of those that mean the same in an amount.
func fold(r rune) rune {
	switch r {
	case '\u00a0', '\u202f': // no-break spaces
		return ' '
	case '\u2019': // typographic apostrophe
		return '\''
	case '\u2212': // minus sign
		return '-'
	}
	return r
}

// parseAmount reads an amount. The error says only why not, as the caller names
// the cell.
func (n notation) parseAmount(text string, c ar.Currency, r ar.Rounding) (ar.Money, error) {
	plain, err := n.plain(text)
	if err != nil {
		return ar.Money{}, err
	}
	m, err := ar.ParseAmount(plain, c, r)
	if err != nil {
		return ar.Money{}, fmt.Errorf("%w%s", bare(err), n.hint(text))
	}
	return m, nil
}

// plain returns an amount in the form of ar.ParseAmount: without separators of
// thousands, with a decimal point and a leading minus.
func (n notation) plain(text string) (string, error) {
	if plain, ok := n.normalize(text); ok {
		return plain, nil
	}
	return "", fmt.Errorf("%w: want an amount such as -1%c234%c56%s", ar.ErrSyntax, n.thousands, n.decimal, n.hint(text))
}

// hint asks whether the separators are mixed up, where that would make another
// amount of text.
func (n notation) hint(text string) string {
	plain, _ := n.normalize(text)
	swapped := notation{n.thousands, n.decimal}
	if other, ok := swapped.normalize(text); !ok || other == plain {
		return ""
	}
	return fmt.Sprintf("; is %q the decimal separator?", swapped.decimal)
}

// normalize is plain without the words.
func (n notation) normalize(text string) (plain string, ok bool) {
	number, negative := cutSign(strings.Map(fold, text))
	whole, fraction, hasFraction := strings.Cut(number, string(n.decimal))
	whole, ok = ungroup(whole, string(n.thousands))
	if !ok && !(whole == "" && hasFraction) || hasFraction && !allDigits(fraction) {
		return "", false
	}
	plain = whole
	if hasFraction {
		plain += "." + fraction
	}
	if negative {
		plain = "-" + plain
	}
	return plain, true
}

// cutSign takes the sign off an amount: a leading + or -, a trailing -, or
// parentheses around a negative one. Space may stand between.
func cutSign(text string) (number string, negative bool) {
	if inner, ok := strings.CutPrefix(text, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); ok {
			return strings.TrimSpace(inner), true
		}
	}
	if number, ok := strings.CutPrefix(text, "-"); ok {
		return strings.TrimSpace(number), true
	}
	if number, ok := strings.CutSuffix(text, "-"); ok {
		return strings.TrimSpace(number), true
	}
	return strings.TrimPrefix(text, "+"), false
}

// ungroup takes out the thousands separators, which must group the digits as in
// 1,234,567 or, in India, 12,34,567. A leading zero would more likely be that of
// a decimal fraction.
func ungroup(whole, separator string) (digits string, ok bool) {
	if !strings.Contains(whole, separator) {
		return whole, allDigits(whole)
	}
	groups := strings.Split(whole, separator)
	digits = strings.Join(groups, "")
	first, middle, last := groups[0], groups[1:len(groups)-1], groups[len(groups)-1]
	size := 3
	if len(middle) > 0 && len(middle[0]) == 2 {
		size = 2
	}
	ok = allDigits(digits) && first != "" && first[0] != '0' && len(first) <= size && len(last) == 3 &&
		!slices.ContainsFunc(middle, func(g string) bool { return len(g) != size })
	return digits, ok
}

// allDigits reports whether s is one or more ASCII digits.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
