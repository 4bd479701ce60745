package aging

import "github.com/openreceivables/ar/ledger"

// NewTunedBook is NewBook with other ideas of what is fast.
func NewTunedBook(items []ledger.Item, opt Options, share, loose, apart, roll int) (*Book, error) {
	return newBook(items, opt, tuning{share: share, loose: loose, apart: apart, roll: roll})
}

// Touched returns the number of items that the last Roll looked at.
func (b *Book) Touched() int { return b.touched }

// Loose returns the number of items added and removed since all were grouped.
func (b *Book) Loose() int { return b.loose }
