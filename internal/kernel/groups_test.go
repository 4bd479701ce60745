package kernel

import (
	"cmp"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// find encodes keys and finds them.
func find(g *Groups, keys []string, tags []uint32, numbers []int32) {
	var words [Batch]uint64
	var metas [Batch]uint32
	for i, key := range keys {
		words[i], metas[i] = g.Encode(key, tags[i])
	}
	g.Find(words[:], metas[:], keys, numbers)
}

func TestGroupsAreThoseOfAMap(t *testing.T) {
	type pair struct {
		key string
		tag uint32
	}
	genPair := rapid.Custom(func(t *rapid.T) pair {
		key := rapid.OneOf(
			rapid.StringN(0, 3, -1), rapid.StringMatching(`C[0-9]{0,9}`), rapid.StringMatching(`[01]{7,10}`),
			rapid.SampledFrom([]string{"", "\x00", "\x00\x00", "\x00\x00\x00\x00\x00\x00\x00\x00", "12345678", "1234567\xff", "\x7f2345678"[:8], "\xff2345678"[:8], strings.Repeat("x", 300)}),
		).Draw(t, "key")
		return pair{key, rapid.SampledFrom([]uint32{0, 1, 1<<24 - 1}).Draw(t, "tag")}
	})
	rapid.Check(t, func(t *rapid.T) {
		g := NewGroups()
		want := map[pair]int32{}
		for range rapid.IntRange(1, 8).Draw(t, "batches") {
			if rapid.IntRange(0, 9).Draw(t, "reset") == 0 {
				g.Reset()
				clear(want)
				g.Among(rapid.IntRange(0, 5000).Draw(t, "among"))
				g.Expect(rapid.IntRange(0, 1000).Draw(t, "expected"))
			}
			pairs := rapid.SliceOfN(genPair, 0, Batch).Draw(t, "pairs")
			if rapid.Bool().Draw(t, "ascending") {
				slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.tag, b.tag)) })
			}
			keys, tags, numbers := make([]string, len(pairs)), make([]uint32, len(pairs)), make([]int32, len(pairs))
			for i, p := range pairs {
				keys[i], tags[i] = p.key, p.tag
			}
			find(g, keys, tags, numbers)
			for i, p := range pairs {
				if _, ok := want[p]; !ok {
					want[p] = int32(len(want))
				}
				require.Equal(t, want[p], numbers[i], "%q", p)
				all, tags := g.All()
				got := pair{all[numbers[i]], tags[numbers[i]]}
				require.Equal(t, p, got)
				requireKnown(t, g, p.key, p.tag, want[p])
				other := p
				other.tag ^= 1
				if n, ok := want[other]; ok {
					requireKnown(t, g, p.key, other.tag, n)
				} else {
					requireKnown(t, g, p.key, other.tag, -1)
				}
			}
		}
		all, _ := g.All()
		require.Len(t, all, len(want))
	})
}

// requireKnown asks for what may be told of a group without its key: its number,
// or nothing; the same of short keys by both methods.
func requireKnown(t require.TestingT, g *Groups, key string, tag uint32, want int32) {
	word, meta := g.Encode(key, tag)
	var known, short [1]int32
	unknown := g.Known([]uint64{word}, []uint32{meta}, known[:])
	require.Contains(t, []int32{want, -1}, known[0])
	require.Equal(t, known[0] < 0, unknown)
	if byte(meta) != long {
		require.Equal(t, unknown, g.KnownShort([]uint64{word}, meta, short[:]))
		require.Equal(t, known, short)
	}
}

func TestGroupsGrow(t *testing.T) {
	g := NewGroups()
	keys, tags, numbers := make([]string, Batch), make([]uint32, Batch), make([]int32, Batch)
	const n = 200 * Batch
	for round := range 2 {
		for base := 0; base < n; base += Batch {
			for i := range keys {
				keys[i] = fmt.Sprintf("C%07d", base+i)
				if i%2 == 1 {
					keys[i] = fmt.Sprintf("customer-%07d", base+i)
				}
			}
			find(g, keys, tags, numbers)
			for i := range keys {
				require.Equal(t, int32(base+i), numbers[i], "round %d", round)
			}
		}
	}
	all, _ := g.All()
	require.Len(t, all, n)
}

func TestGroupsAppendWhatComesAfter(t *testing.T) {
	type pair struct {
		key string
		tag uint32
	}
	genPair := rapid.Custom(func(t *rapid.T) pair {
		return pair{rapid.StringMatching(`[ab]{1,2}|long key [0-9]`).Draw(t, "key"), rapid.Uint32Range(0, 1).Draw(t, "tag")}
	})
	compare := func(a, b pair) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.tag, b.tag)) }
	pairs := func(g *Groups) (all []pair) {
		for i, key := range g.keys {
			all = append(all, pair{key, g.tags[i]})
		}
		return all
	}
	rapid.Check(t, func(t *rapid.T) {
		g := NewGroups()
		o := g.Like()
		fill := func(g *Groups, name string) []pair {
			drawn := rapid.SliceOfN(genPair, 0, 6).Draw(t, name)
			if rapid.Bool().Draw(t, name+" ascending") {
				slices.SortFunc(drawn, compare)
			}
			for _, p := range drawn {
				word, meta := g.Encode(p.key, p.tag)
				g.FindOne(word, meta, p.key)
			}
			return drawn
		}
		came := slices.Concat(fill(g, "here"), fill(o, "there"))
		here, there := pairs(g), pairs(o)
		follows := slices.IsSortedFunc(came, compare) && len(there) > 0
		first, ok := g.Append(o)
		require.Equal(t, follows, ok)
		if !ok {
			require.Equal(t, here, pairs(g))
			return
		}
		require.Equal(t, slices.Compact(slices.Concat(here, there)), pairs(g))
		for i, p := range there {
			word, meta := g.Encode(p.key, p.tag)
			require.Equal(t, int32(first+i), g.FindOne(word, meta, p.key))
		}
	})
}

func BenchmarkFind(b *testing.B) {
	const n, customers = 1 << 20, 50_000
	r := rand.New(rand.NewSource(1))
	keys, tags, numbers := make([]string, n), make([]uint32, n), make([]int32, Batch)
	for i := range keys {
		keys[i] = fmt.Sprintf("C%07d", r.Intn(customers))
	}
	perKey := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/key")
	}
	b.Run("groups", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			g := NewGroups()
			for i := 0; i < n; i += Batch {
				find(g, keys[i:i+Batch], tags[i:i+Batch], numbers)
			}
		}
		perKey(b)
	})
	b.Run("map", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m := map[string]int32{}
			for _, key := range keys {
				number, ok := m[key]
				if !ok {
					number = int32(len(m))
					m[key] = number
				}
				numbers[0] = number
			}
		}
		perKey(b)
	})
}
