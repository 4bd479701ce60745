package aging

import "github.com/openreceivables/ar/ledger"

// NewTunedBook is NewBook with other ideas of what is fast.
func NewTunedBook(items []ledger.Item, opt Options, share, piece, loose, apart, roll int) (*Book, error) {
	return newBook(items, opt, tuning{share: share, piece: piece, loose: loose, apart: apart, roll: roll})
}

// Touched returns how often the last Roll looked at an item. Where several
// goroutines move rows, each piece of these looks at all items of a day that crosses
// an edge.
func (b *Book) Touched() int { return b.touched }

// Loose returns the number of items added and removed since all were grouped.
func (b *Book) Loose() int { return b.loose }
