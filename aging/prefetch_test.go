package aging

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// What prefetch asks for is some whole lines of memory, and begins with an item.
func TestPrefetchKnowsItems(t *testing.T) {
	if strconv.IntSize < 64 {
		t.Skip("pointers take less, and there is no prefetch")
	}
	require.EqualValues(t, itemBytes, reflect.TypeFor[ledger.Item]().Size())
	require.Zero(t, prefetchAhead%itemBytes)
	require.Equal(t, 3*64, prefetched/farPlaces*itemBytes, "as many lines as the assembly asks for at each place")
	require.Zero(t, kernel.Batch%farPlaces)
	require.Zero(t, prefetched*itemBytes%64)
	prefetch(&ledger.Item{}) // there are no items after it
	prefetchFar(&ledger.Item{})
}
