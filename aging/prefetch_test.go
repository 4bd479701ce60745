package aging

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/ledger"
)

// What prefetch asks for is some whole lines of memory, and begins with an item.
func TestPrefetchKnowsItems(t *testing.T) {
	if strconv.IntSize < 64 {
		t.Skip("pointers take less, and there is no prefetch")
	}
	require.EqualValues(t, itemBytes, reflect.TypeFor[ledger.Item]().Size())
	require.Zero(t, prefetchAhead%itemBytes)
	require.Zero(t, prefetched%farPlaces)
	require.Zero(t, prefetched*itemBytes%64)
	prefetch(&ledger.Item{}) // there are no items after it
	prefetchFar(&ledger.Item{})
}
