package kernel

import (
	"cmp"
	"hash/maphash"
	"math"
	"math/bits"
	"strings"
)

// Batch is the number of items that the loops take at a time: few enough for
// their columns to stay in the nearest cache, and enough to have many misses
// of the far ones under way at once.
const Batch = 512

// Groups numbers the distinct pairs of a key and a tag, from 0 on, in the order
// in which they first come. It is a hash table with open addressing, made for
// batches: all keys of a batch are hashed before any is looked up, so that the
// look-ups do not wait for each other.
//
// A key of up to eight bytes is compared without being fetched, as a word; a
// longer one is compared in full where its hash is met.
//
// As long as the pairs come in ascending order, a new one is known by being
// greater than the last, and there is no table at all.
type Groups struct {
	slots []uint32 // numbers plus 1, or 0; a power of two of them, at most half in use; nil: ascending so far
	mask  uint64   // of their indices
	seed  maphash.Seed
	salt  uint64 // from seed, so that no choice of keys makes long chains

	free  []uint32 // what Reset left
	many  int      // as Among says
	items int      // of which they are, if known

	keys []string // by number
	tags []uint32

	// As Encode made them, by number plus 1; what is first is nobody's. A look-up goes
	// from the slot to here, and to nothing else if all metas are kind. The slots are
	// small, and those that are asked for most came early and lie here together.
	words []uint64
	metas []uint32
	kind  uint32 // what all metas are, or mixed

	scratch scratch // of Find
}

// Short is how many bytes of a key fit in a word.
const Short = 8

const (
	minSlots  = 1 << 8
	manySlots = 1 << 16 // are less likely to be in the nearer caches
	manyKeys  = 1 << 18
	long      = 0xff // in place of the length
	mixed     = math.MaxUint32
)

// NewGroups returns Groups without any.
func NewGroups() *Groups {
	seed := maphash.MakeSeed()
	return newGroups(seed, maphash.String(seed, "salt"), manyKeys)
}

// Like returns Groups without any, of the same seed.
func (g *Groups) Like() *Groups { return newGroups(g.seed, g.salt, g.many) }

func newGroups(seed maphash.Seed, salt uint64, many int) *Groups {
	return &Groups{seed: seed, salt: salt, many: many, words: make([]uint64, 1), metas: make([]uint32, 1)}
}

// Reset forgets all groups. Their memory is used for those to come: All returned
// some of it.
func (g *Groups) Reset() {
	clear(g.keys)
	g.keys, g.tags, g.words, g.metas = g.keys[:0], g.tags[:0], g.words[:1], g.metas[:1]
	if g.slots != nil {
		g.free, g.slots = g.slots[:cap(g.slots)], nil
	}
	g.items = 0
}

// All returns the keys and the tags of the groups, by number. They are those
// that Find appends to, and not to be changed.
func (g *Groups) All() (keys []string, tags []uint32) { return g.keys, g.tags }

// Encode returns what Find and FindOne want to know of a key and a tag, which
// is below 2²⁴. Short keys with the same word and meta are the same.
func (g *Groups) Encode(key string, tag uint32) (word uint64, meta uint32) {
	if len(key) > Short {
		return maphash.String(g.seed, key), tag<<8 | long
	}
	return wordOf(key), tag<<8 | uint32(len(key))
}

// Encoded sets words[i] to that of group numbers[i], and returns their metas, one
// for each or one for all, in the memory given, for Groups of the same seed, where
// tags[t] is what is t here. It does not fetch the keys.
func (g *Groups) Encoded(numbers []int32, tags []uint32, words []uint64, metas []uint32) []uint32 {
	translated := func(meta uint32) uint32 { return tags[meta>>8]<<8 | meta&0xff }
	for i, n := range numbers {
		words[i] = g.words[n+1]
	}
	if g.kind != mixed {
		metas[0] = translated(g.kind)
		return metas[:1]
	}
	for i, n := range numbers {
		metas[i] = translated(g.metas[n+1])
	}
	return metas[:len(numbers)]
}

// wordOf returns the bytes of a short key. Keys of one length have different
// words.
func wordOf(s string) uint64 {
	switch n := len(s); {
	case n == Short:
		return Load8(s)
	case n >= 4:
		return load4(s) | load4(s[n-4:])<<32
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	return 0
}

// Load8 returns the word of a key of eight bytes, which is what Encode makes of
// it; it is short enough to be inlined.
func Load8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func load4(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// home returns the slot where a word is looked for first.
func (g *Groups) home(word uint64) uint64 { return home(word, g.salt, g.mask) }

func home(word, salt, mask uint64) uint64 {
	h := (word ^ salt) * 0x9e3779b97f4a7c15
	h = (h ^ h>>32) * 0xd6e8feb86659fd93
	return h >> 32 & mask
}

// FindOne is Find for one key.
func (g *Groups) FindOne(word uint64, meta uint32, key string) int32 {
	if g.slots == nil {
		if n, ok := g.findLast(word, meta, key); ok {
			return n
		}
		g.index()
	}
	i, number := g.probe(word, meta, key)
	if number >= 0 {
		return number
	}
	n := g.add(word, meta, key)
	g.slots[i] = uint32(n + 1)
	if 2*len(g.keys) > len(g.slots) {
		g.resize(g.moreSlots())
	}
	return n
}

// probe returns the number of a group, or −1 and the slot where it is to be.
func (g *Groups) probe(word uint64, meta uint32, key string) (at uint64, number int32) {
	for at = g.home(word); g.slots[at] != 0; at = (at + 1) & g.mask {
		n := g.slots[at]
		if g.words[n] == word && g.metas[n] == meta && (byte(meta) != long || g.keys[n-1] == key) {
			return at, int32(n - 1)
		}
	}
	return at, -1
}

// moreSlots returns how many slots to make where there are too few.
func (g *Groups) moreSlots() int {
	n := 4 * len(g.slots)
	if n > manySlots { // they are to lie close together
		n /= 2
	}
	return n
}

func (g *Groups) add(word uint64, meta uint32, key string) int32 {
	n := len(g.keys)
	if n == cap(g.keys) {
		g.Expect(g.more())
	}
	g.setKind(meta)
	g.keys, g.tags = append(g.keys, key), append(g.tags, meta>>8)
	g.words, g.metas = append(g.words, word), append(g.metas, meta)
	return int32(n)
}

// setKind tells of groups to come, whose metas are as given.
func (g *Groups) setKind(meta uint32) {
	if len(g.keys) == 0 {
		g.kind = meta
	} else if g.kind != meta {
		g.kind = mixed
	}
}

// findLast finds a pair that is not before the last one.
func (g *Groups) findLast(word uint64, meta uint32, key string) (number int32, ok bool) {
	if n := len(g.keys) - 1; n >= 0 {
		var c int
		if byte(meta) == Short && len(g.keys[n]) == Short { // their words are in the order of keys
			c = cmp.Compare(bits.ReverseBytes64(word), bits.ReverseBytes64(g.words[n+1]))
		} else {
			c = strings.Compare(key, g.keys[n])
		}
		switch c = cmp.Or(c, cmp.Compare(meta>>8, g.tags[n])); {
		case c == 0:
			return int32(n), true
		case c < 0:
			return 0, false
		}
	}
	return g.add(word, meta, key), true
}

// Index makes a table of groups that came in ascending order, so that Known knows
// them.
func (g *Groups) Index() {
	if g.slots == nil && len(g.keys) > 0 {
		g.index()
	}
}

// index makes the table of the groups that came in ascending order.
func (g *Groups) index() {
	n := minSlots
	room := cap(g.keys)
	if g.items > 0 { // else it may be what many more took before
		room = max(len(g.keys), min(room, g.items))
	}
	for n < 2*room {
		n *= 2
	}
	g.resize(n)
}

// more returns for how many to make room where there is none for another: four
// times as many as there are, so that it is not often asked, as long as that is
// not too many.
func (g *Groups) more() int {
	n := len(g.keys)
	return max(minSlots, 2*n, min(4*n, g.many))
}

// Among tells of how many items the groups are. Groups have eight each, or more,
// in most ledgers: room is made by larger steps until there are so many.
func (g *Groups) Among(items int) { g.many, g.items = min(items/8, manyKeys), items }

// Expect makes room for so many groups.
func (g *Groups) Expect(n int) {
	if n > cap(g.keys) {
		g.keys, g.tags = grown(g.keys, n), grown(g.tags, n)
		g.words, g.metas = grown(g.words, n+1), grown(g.metas, n+1)
	}
}

// grown returns s with room for n, and not for more, as slices.Grow would: that
// may be as much again.
func grown[T any](s []T, n int) []T { return append(make([]T, 0, n), s...) }

// Append adds the groups of o, none of which is here unless it is the last here
// and the first there. It returns the number of that first one. Where the two
// did not come in ascending order, one after the other, it does nothing and
// reports that.
func (g *Groups) Append(o *Groups) (first int, ok bool) {
	if g.slots != nil || o.slots != nil || len(o.keys) == 0 {
		return 0, false
	}
	n, from := len(g.keys), 0
	if n > 0 {
		switch c := cmp.Or(strings.Compare(g.keys[n-1], o.keys[0]), cmp.Compare(g.tags[n-1], o.tags[0])); {
		case c > 0:
			return 0, false
		case c == 0:
			from = 1
		}
	}
	g.Expect(n + len(o.keys) - from)
	g.setKind(o.kind)
	g.keys, g.tags = append(g.keys, o.keys[from:]...), append(g.tags, o.tags[from:]...)
	g.words, g.metas = append(g.words, o.words[from+1:]...), append(g.metas, o.metas[from+1:]...)
	return n - from, true
}

// resize makes a table of n slots, a power of two, with all groups in it.
func (g *Groups) resize(n int) {
	switch {
	case n <= len(g.free):
		g.slots, g.free = g.free[:n], nil
		clear(g.slots)
	default:
		g.slots = make([]uint32, n)
	}
	g.mask = uint64(n - 1)
	for number, word := range g.words[1:] {
		i := g.home(word)
		for g.slots[i] != 0 {
			i = (i + 1) & g.mask
		}
		g.slots[i] = uint32(number + 1)
	}
}
