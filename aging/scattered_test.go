package aging

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// Items in random order are added in batches, those by customer in runs, whatever
// large amounts end a batch before it began.
func TestScatteredOrNot(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	items := make([]ledger.Item, 100_000)
	for i := range items {
		minor := int64(1 + rng.IntN(1000))
		if rng.IntN(1000) < 30 {
			minor = 1<<plainBits + 1
		}
		m, err := ar.NewMoney(minor, ar.MustCurrency("EUR"))
		require.NoError(t, err)
		items[i] = ledger.Item{Outstanding: m, Date: ar.MustDate("2026-06-27")}
	}
	for _, random := range []bool{true, false} {
		for i := range items {
			customer := i / 20
			if random {
				customer = rng.IntN(5000)
			}
			items[i].Customer = fmt.Sprintf("C%07d", customer)
		}
		parts, err := start(Options{AsOf: ar.MustDate("2026-06-30"), Buckets: bucket.Standard()}, 1)
		require.NoError(t, err)
		b, wrong := parts[0], 0
		for i := 0; i < len(items); {
			taken, err := b.addPlain(items[i:])
			require.NoError(t, err)
			if b.scattered != random {
				wrong += taken
			}
			if i += taken; i < len(items) {
				require.NoError(t, b.add(&items[i]))
				i++
			}
		}
		require.Less(t, wrong, len(items)/50, "random: %t", random)
	}
}
