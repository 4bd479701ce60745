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

// find encodes keys and finds them, and reports whether there are new ones.
func find(g *Groups, keys []string, tags []uint32, numbers []int32) (added bool) {
	var words [Batch]uint64
	var metas [Batch]uint32
	same := len(keys) > 0
	for i, key := range keys {
		words[i], metas[i] = g.Encode(key, tags[i])
		same = same && metas[i] == metas[0]
	}
	n := len(keys)
	key := func(i int) string { return keys[i] }
	if same {
		return g.Find(words[:n], metas[:1], numbers, key)
	}
	return g.Find(words[:n], metas[:n], numbers, key)
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
			genPair := genPair
			if rapid.Bool().Draw(t, "of one kind") {
				tag, n := rapid.SampledFrom([]uint32{0, 1}).Draw(t, "all tags"), rapid.IntRange(0, Short).Draw(t, "all lengths")
				genPair = rapid.Custom(func(t *rapid.T) pair {
					return pair{rapid.StringOfN(rapid.RuneFrom([]rune("abc\x00")), n, n, n).Draw(t, "key"), tag}
				})
			}
			pairs := rapid.SliceOfN(genPair, 0, Batch).Draw(t, "pairs")
			if rapid.Bool().Draw(t, "ascending") {
				slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.tag, b.tag)) })
			}
			keys, tags, numbers := make([]string, len(pairs)), make([]uint32, len(pairs)), make([]int32, len(pairs))
			for i, p := range pairs {
				keys[i], tags[i] = p.key, p.tag
			}
			before := len(want)
			added := find(g, keys, tags, numbers)
			for _, p := range pairs {
				if _, ok := want[p]; !ok {
					want[p] = int32(len(want))
				}
			}
			for i, p := range pairs {
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
			require.Equal(t, len(want) > before, added)
		}
		all, _ := g.All()
		require.Len(t, all, len(want))
	})
}

// requireKnown asks for the number of a group, or −1; where there is no table yet,
// nothing is known of any.
func requireKnown(t require.TestingT, g *Groups, key string, tag uint32, want int32) {
	if g.slots == nil {
		want = -1
	}
	word, meta := g.Encode(key, tag)
	var known [1]int32
	g.Known([]uint64{word}, []uint32{meta}, known[:], func(int) string { return key })
	require.Equal(t, want, known[0])
}

func TestGroupsGrow(t *testing.T) {
	const n = 200 * Batch
	for name, key := range map[string]func(i int) string{
		"short":             func(i int) string { return fmt.Sprintf("C%07d", i) },
		"of many lengths":   func(i int) string { return fmt.Sprint(i) },
		"long":              func(i int) string { return fmt.Sprintf("customer-%07d", i) },
		"short and long":    func(i int) string { return fmt.Sprintf([]string{"C%07d", "customer-%07d"}[i%2], i) },
		"ascending at last": func(i int) string { return fmt.Sprintf("C%07d", n-i) },
	} {
		g := NewGroups()
		keys, tags, numbers := make([]string, Batch), make([]uint32, Batch), make([]int32, Batch)
		for round := range 2 {
			for base := 0; base < n; base += Batch {
				for i := range keys {
					keys[i] = key(n - base - i)
				}
				added := find(g, keys, tags, numbers)
				require.Equal(t, round == 0, added, name)
				for i := range keys {
					require.Equal(t, int32(base+i), numbers[i], "%s, round %d", name, round)
				}
			}
		}
		all, _ := g.All()
		require.Len(t, all, n, name)
	}
}

// Long keys of one hash are told apart by all their bytes.
func TestLongKeysOfOneHash(t *testing.T) {
	g := NewGroups()
	words, metas, numbers := make([]uint64, 60), []uint32{long}, make([]int32, 60)
	key := func(i int) string { return fmt.Sprintf("customer-%d", (60-i)%7) }
	for round := range 3 {
		if round < 2 {
			g.Find(words, metas, numbers, key)
		} else {
			g.Known(words, metas, numbers, key)
		}
		all, _ := g.All()
		require.Len(t, all, 7)
		for i, n := range numbers {
			require.Equal(t, key(i), all[n], "round %d", round)
		}
	}
}

// IDs as people give them, where all bytes but a few are the same, meet as few
// others as IDs by chance would: on half as many slots as there are, one in two.
func TestUsualKeysMeetFewOthers(t *testing.T) {
	const n = 60_000
	for name, key := range map[string]func(i int) string{
		"C0004711": func(i int) string { return fmt.Sprintf("C%07d", i) },
		"00004711": func(i int) string { return fmt.Sprintf("%08d", i) },
		"4711":     func(i int) string { return fmt.Sprint(i) },
		"0004711C": func(i int) string { return fmt.Sprintf("%07dC", i) },
		"00126700": func(i int) string { return fmt.Sprintf("%08x", 256*i) },
		"47110000": func(i int) string { return fmt.Sprintf("%08d", i%10_000*10_000+i/10_000) },
		"binary":   func(i int) string { return string([]byte{byte(i), 1, byte(i >> 8), 0, 0, byte(i >> 16), 0, 0}) },
	} {
		for range 5 { // salts
			g := NewGroups()
			g.Among(20 * n)
			g.Expect(n)
			for i := range n {
				word, meta := g.Encode(key(n-i), 0) // that they do not ascend
				g.FindOne(word, meta, key(n-i))
			}
			require.Len(t, g.slots, 1<<17)
			met, most := 0, 0
			for number, word := range g.words[1:] {
				chain := 0
				for at := g.home(word); g.slots[at] != uint32(number+1); at = (at + 1) & g.mask {
					chain++
				}
				met += chain
				most = max(most, chain)
			}
			require.Less(t, float64(met)/n, 0.6, name)
			require.Less(t, most, 80, name)
		}
	}
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

// Keys of the same word and of other lengths are told apart, those that were
// appended too.
func TestGroupsAppendAnotherKind(t *testing.T) {
	g := NewGroups()
	o := g.Like()
	for _, key := range []string{"abbbbbbb"} {
		word, meta := g.Encode(key, 0)
		g.FindOne(word, meta, key)
	}
	for _, key := range []string{"abcdefg", "b"} {
		word, meta := o.Encode(key, 0)
		o.FindOne(word, meta, key)
	}
	first, ok := g.Append(o)
	require.True(t, ok)
	require.Equal(t, 1, first)
	var numbers [3]int32
	require.False(t, find(g, []string{"abbbbbbb"}, []uint32{0}, numbers[:1]), "from here on, there is a table")
	require.True(t, find(g, []string{"abcddefg", "abcddefg", "abbbbbbb"}, make([]uint32, 3), numbers[:]))
	require.Equal(t, [3]int32{3, 3, 0}, numbers)
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
