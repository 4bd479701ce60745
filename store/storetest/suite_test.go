package storetest

import (
	"cmp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

func TestMemstoreKeepsAllPromises(t *testing.T) {
	Test(t, func(testing.TB) store.Store { return memstore.New(nil) })
}

// Each case finds the stores that break its promise, and says what it did and
// what came of it.
func TestBrokenStoresAreCaught(t *testing.T) {
	byName := map[string]*testCase{}
	for _, c := range cases() {
		require.NotContains(t, byName, c.name)
		byName[c.name] = &c
	}
	caught := map[string]bool{}
	for _, b := range breakages {
		caught[b.caught] = true
		t.Run(b.caught+"/"+b.how, func(t *testing.T) {
			c := byName[b.caught]
			require.NotNil(t, c, "there is no such case")
			inner := memstore.New(nil)
			s := b.of(inner)
			s.Store = inner
			err := c.check(t.Context(), &s, cmp.Or(b.limit, time.Minute))
			require.Error(t, err, "a store with %s passes", b.how)
			for _, part := range []string{"promised: " + c.promise, "done:     ", "want:     ", "got:      "} {
				require.Contains(t, err.Error(), "\n"+part)
			}
			t.Log(err)
		})
	}
	for name := range byName {
		require.True(t, caught[name], "no store breaks the promise of %s", name)
	}
}
