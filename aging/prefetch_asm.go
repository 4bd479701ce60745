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

// prefetchFar asks for as many lines at farPlaces of the batch after the next, to be
// brought into the second cache: far memory brings those of several pages sooner than
// as many of one. A batch in which it is given &items[i/farPlaces] for each i that is
// a multiple of prefetched asks for all of that other batch.
//
//go:noescape
func prefetchFar(it *ledger.Item)
