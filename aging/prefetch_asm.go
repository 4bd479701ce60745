//go:build gc && !purego && (amd64 || arm64)

package aging

import "github.com/openreceivables/ar/ledger"

// prefetch asks for prefetched items to be brought into the nearest cache, those
// that begin prefetchAhead bytes after the one given, and does not wait for them.
// There need not be any: nothing is read. Go has no words for this, hence the
// assembly (docs/DECISIONS.md); elsewhere prefetch does nothing.
//
//go:noescape
func prefetch(it *ledger.Item)
