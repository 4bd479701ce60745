package memstore

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// pair is a value that is more than what it is compared by.
type pair struct{ key, value int }

func comparePairs(a, b pair) int { return cmp.Compare(a.key, b.key) }

// An ordered list is what a sorted slice is, and no list is changed by a later
// one that is made of it.
func TestOrderedIsASortedSlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spread := rapid.SampledFrom([]int{10, 1000, 100_000}).Draw(t, "spread")
		start := rapid.IntRange(0, 3*maxChunk).Draw(t, "start")
		var model []pair
		for i := range start {
			model = append(model, pair{i * spread / 100, -1})
		}
		model = slices.CompactFunc(model, func(a, b pair) bool { return a.key == b.key })
		list := inOrder(comparePairs, slices.Clone(model))
		type version struct {
			list  ordered[pair]
			model []pair
		}
		versions := []version{{list, slices.Clone(model)}}
		n := rapid.IntRange(0, 2*maxChunk).Draw(t, "puts")
		ascending := rapid.Bool().Draw(t, "ascending")
		for i := range n {
			x := pair{rapid.IntRange(0, spread).Draw(t, "key"), i}
			if ascending {
				x.key = spread + i
			}
			list = list.put(x)
			at, found := slices.BinarySearchFunc(model, x, comparePairs)
			if found {
				model[at] = x
			} else {
				model = slices.Insert(model, at, x)
			}
			if i%50 == 0 {
				versions = append(versions, version{list, slices.Clone(model)})
			}
		}
		versions = append(versions, version{list, model})
		for _, v := range versions {
			require.Equal(t, v.model, slices.Collect(v.list.all()))
			for _, c := range v.list.chunks {
				require.NotEmpty(t, c)
				require.LessOrEqual(t, len(c), maxChunk)
			}
		}
		for range 20 {
			probe := pair{key: rapid.IntRange(-1, spread+n+1).Draw(t, "probe")}
			at, found := slices.BinarySearchFunc(model, probe, comparePairs)
			got, ok := list.get(probe)
			require.Equal(t, found, ok)
			if found {
				require.Equal(t, model[at], got)
			}
			require.Equal(t, append([]pair(nil), model[at:]...), slices.Collect(list.from(probe)))
		}
	})
}

func TestOrderedStopsEarly(t *testing.T) {
	list := inOrder(comparePairs, nil)
	require.Empty(t, slices.Collect(list.all()))
	require.Empty(t, slices.Collect(list.from(pair{})))
	for i := range 3 * maxChunk {
		list = list.put(pair{key: i})
	}
	n := 0
	for x := range list.from(pair{key: maxChunk - 2}) {
		require.Equal(t, maxChunk-2+n, x.key)
		if n++; n == 5 {
			break
		}
	}
	require.Equal(t, 5, n)
}

// Values that come in order leave their chunks full.
func TestOrderedIsFullWhenFilledInOrder(t *testing.T) {
	list := inOrder(comparePairs, nil)
	for i := range 10 * maxChunk {
		list = list.put(pair{key: i})
	}
	require.Len(t, list.chunks, 10)
}
