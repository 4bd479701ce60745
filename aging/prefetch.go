package aging

// Of what prefetch asks for. An item has itemBytes, at which a test looks: if that
// were not so, only speed would suffer.
const (
	itemBytes     = 96
	prefetched    = 8 // items, of 12 lines of 64 bytes
	prefetchAhead = 96 * itemBytes
)
