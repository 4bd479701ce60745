package aging

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Each piece is taken once, whoever takes it. Of those that have an error the first
// is told, and those before it are taken.
func TestSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		workers, n := rapid.IntRange(1, 8).Draw(t, "workers"), rapid.IntRange(0, 100).Draw(t, "n")
		length := rapid.IntRange(1, 120).Draw(t, "length")
		bad := rapid.SliceOfN(rapid.IntRange(0, 100), 0, 3).Draw(t, "what is bad")
		isBad, first := make([]bool, 101), n
		for _, i := range bad {
			isBad[i] = true
			first = min(first, i)
		}
		taken := make([]atomic.Int32, n)
		err := spread(workers, n, length, func(h *hand) error {
			for h.next() {
				for i := h.from; i < h.to; i++ {
					taken[i].Add(1)
					if isBad[i] {
						return fmt.Errorf("%d is bad", i)
					}
				}
			}
			return nil
		})
		if first < n {
			require.EqualError(t, err, fmt.Sprintf("%d is bad", first))
		} else {
			require.NoError(t, err)
		}
		for i := range taken {
			if i <= first {
				require.EqualValues(t, 1, taken[i].Load(), i)
			}
			require.LessOrEqual(t, taken[i].Load(), int32(1), i)
		}
	})
	require.NoError(t, spread(2, 0, 0, func(h *hand) error {
		require.False(t, h.next(), "there is nothing")
		return nil
	}))
}

// Nobody is at work any more when a panic is out, and nobody goes on.
func TestSpreadPanics(t *testing.T) {
	const n = 1_000_000
	var busy, taken atomic.Int32
	require.Panics(t, func() {
		_ = spread(4, n, 1, func(h *hand) error {
			busy.Add(1)
			defer busy.Add(-1)
			for h.next() {
				taken.Add(1)
				if h.worker == 0 {
					panic(errors.New("of the caller"))
				}
			}
			return nil
		})
	})
	require.Zero(t, busy.Load())
	require.Less(t, taken.Load(), int32(n))
}
