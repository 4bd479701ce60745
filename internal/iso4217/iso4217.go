// Package iso4217 knows the codes of ISO 4217 list one, the current
// currencies, funds and precious metals, and how many decimals each has.
//
// The data is list.csv; table.go is generated from it.
package iso4217

import "iter"

//go:generate go run ./gen

const codeLen = 3

// Codes yields every code of the list in order.
func Codes() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(codes); i += codeLen {
			if !yield(codes[i : i+codeLen]) {
				return
			}
		}
	}
}
