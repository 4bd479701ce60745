package aging

import "github.com/openreceivables/ar/internal/kernel"

// Of what prefetch asks for. An item has itemBytes, at which a test looks: if that
// were not so, only speed would suffer.
const (
	itemBytes     = 96
	prefetched    = 8 // items, of 12 lines of 64 bytes
	prefetchAhead = 96 * itemBytes
)

// Of what prefetchFar asks for.
const (
	farPlaces = 4 // of 3 lines each
	farApart  = kernel.Batch / farPlaces * itemBytes
	farAhead  = 2 * kernel.Batch * itemBytes
	farItems  = 1 << 17 // fewer are in a cache without being asked for
)
