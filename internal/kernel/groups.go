package kernel

import (
	"cmp"
	"hash/maphash"
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
// A key of up to eight bytes is its own hash value and is compared without
// being fetched; a longer one is compared in full where its hash is met.
//
// As long as the pairs come in ascending order, a new one is known by being
// greater than the last, and there is no table at all.
type Groups struct {
	slots []slot // a power of two of them, at most half in use; nil: ascending so far
	shift uint
	seed  maphash.Seed
	salt  uint64 // from seed, so that no choice of keys makes long chains

	free  []slot // what Reset left
	many  int    // as Among says
	items int    // of which they are, if known

	keys  []string // by number
	tags  []uint32
	words []uint64 // as Encode made them
}

type slot struct {
	word   uint64 // the bytes of a short key, or the hash of a long one
	meta   uint32 // tag<<8, and the length of the key or long
	number uint32 // plus 1; 0 is a free slot
}

// Short is how many bytes of a key fit in a word.
const Short = 8

const (
	minSlots  = 1 << 8
	manySlots = 1 << 16 // are less likely to be in the nearer caches
	manyKeys  = 1 << 18
	long      = 0xff // in place of the length
)

// NewGroups returns Groups without any.
func NewGroups() *Groups {
	g := &Groups{seed: maphash.MakeSeed(), many: manyKeys}
	g.salt = maphash.String(g.seed, "salt")
	return g
}

// Like returns Groups without any, of the same seed.
func (g *Groups) Like() *Groups { return &Groups{seed: g.seed, salt: g.salt, many: g.many} }

// Reset forgets all groups. Their memory is used for those to come: All returned
// some of it.
func (g *Groups) Reset() {
	clear(g.keys)
	g.keys, g.tags, g.words = g.keys[:0], g.tags[:0], g.words[:0]
	if g.slots != nil {
		g.free, g.slots = g.slots[:cap(g.slots)], nil
	}
	g.items = 0
}

// All returns the keys and the tags of the groups, by number. They are those
// that Find appends to, and not to be changed.
func (g *Groups) All() (keys []string, tags []uint32) { return g.keys, g.tags }

// Find sets numbers[i] to the group of a key and tag that Encode made words[i]
// and metas[i] of, making groups of those that are new. The columns have the
// same length, of at most Batch.
func (g *Groups) Find(words []uint64, metas []uint32, keys []string, numbers []int32) {
	words, metas, numbers = words[:len(keys)], metas[:len(keys)], numbers[:len(keys)]
	if !g.Known(words, metas, numbers) {
		return
	}
	for i, n := range numbers {
		if n < 0 {
			numbers[i] = g.FindOne(words[i], metas[i], keys[i])
		}
	}
}

// Known sets numbers[i] to the group of words[i] and metas[i], or to −1 where
// FindOne has to see the key: it is long, or new, or met another on its way. It
// reports whether there are any such. The columns have the same length, of at
// most Batch.
func (g *Groups) Known(words []uint64, metas []uint32, numbers []int32) (unknown bool) {
	metas, numbers = metas[:len(words)], numbers[:len(words)]
	if g.slots == nil {
		return allUnknown(numbers)
	}
	homes := g.homes(words)
	slots := g.slots
	all := int32(0)
	for i, word := range words {
		s := &slots[homes[i]]
		n := s.number
		if differs := s.word ^ word | uint64(s.meta^metas[i]) | uint64(metas[i]&0xff+1)>>8; differs != 0 {
			n = 0
		}
		numbers[i] = int32(n) - 1
		all |= numbers[i]
	}
	return all < 0
}

// KnownShort is Known where all metas are the same, that of a short key.
func (g *Groups) KnownShort(words []uint64, meta uint32, numbers []int32) (unknown bool) {
	numbers = numbers[:len(words)]
	if g.slots == nil {
		return allUnknown(numbers)
	}
	homes := g.homes(words)
	slots := g.slots
	all := int32(0)
	for i, word := range words {
		s := &slots[homes[i]]
		n := s.number
		if s.word^word|uint64(s.meta^meta) != 0 {
			n = 0
		}
		numbers[i] = int32(n) - 1
		all |= numbers[i]
	}
	return all < 0
}

// allUnknown says of all that only their keys can tell.
func allUnknown(numbers []int32) bool {
	for i := range numbers {
		numbers[i] = -1
	}
	return len(numbers) > 0
}

// homes returns the slot where each word is looked for first. It is a loop of its
// own: that which fetches slots is to be short, and without a jump that depends on
// one (what is set to 0 there, is by a conditional move), so that many are fetched
// at once.
func (g *Groups) homes(words []uint64) (homes [Batch]uint32) {
	salt, shift := g.salt, g.shift
	for i, word := range words {
		homes[i] = uint32(home(word, salt, shift))
	}
	return homes
}

// Encode returns what Find and FindOne want to know of a key and a tag, which
// is below 2²⁴. Short keys with the same word and meta are the same.
func (g *Groups) Encode(key string, tag uint32) (word uint64, meta uint32) {
	if len(key) > Short {
		return maphash.String(g.seed, key), tag<<8 | long
	}
	return wordOf(key), tag<<8 | uint32(len(key))
}

// Encoded is Encode of the key of a group with another tag, for Groups of the
// same seed. It does not fetch the key.
func (g *Groups) Encoded(number int, tag uint32) (word uint64, meta uint32) {
	length := uint32(len(g.keys[number]))
	if length > Short {
		length = long
	}
	return g.words[number], tag<<8 | length
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
func (g *Groups) home(word uint64) uint64 { return home(word, g.salt, g.shift) }

func home(word, salt uint64, shift uint) uint64 {
	hi, lo := bits.Mul64(word^salt, 0x9e3779b97f4a7c15)
	return (hi ^ lo) >> (shift & 63)
}

// FindOne is Find for one key.
func (g *Groups) FindOne(word uint64, meta uint32, key string) int32 {
	if g.slots == nil {
		if n, ok := g.findLast(word, meta, key); ok {
			return n
		}
		g.index()
	}
	mask := uint64(len(g.slots) - 1)
	i := g.home(word)
	for ; g.slots[i].number != 0; i = (i + 1) & mask {
		s := &g.slots[i]
		if s.word == word && s.meta == meta && (byte(meta) != long || g.keys[s.number-1] == key) {
			return int32(s.number - 1)
		}
	}
	n := g.add(word, meta>>8, key)
	g.slots[i] = slot{word, meta, uint32(n + 1)}
	if 2*len(g.keys) > len(g.slots) {
		n := 4 * len(g.slots)
		if n > manySlots { // they are to lie close together
			n /= 2
		}
		g.resize(n)
	}
	return n
}

func (g *Groups) add(word uint64, tag uint32, key string) int32 {
	if len(g.keys) == cap(g.keys) {
		g.Expect(g.more())
	}
	g.keys, g.tags, g.words = append(g.keys, key), append(g.tags, tag), append(g.words, word)
	return int32(len(g.keys) - 1)
}

// findLast finds a pair that is not before the last one.
func (g *Groups) findLast(word uint64, meta uint32, key string) (number int32, ok bool) {
	if n := len(g.keys) - 1; n >= 0 {
		var c int
		if byte(meta) == Short && len(g.keys[n]) == Short { // their words are in the order of keys
			c = cmp.Compare(bits.ReverseBytes64(word), bits.ReverseBytes64(g.words[n]))
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
	return g.add(word, meta>>8, key), true
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
	mask := uint64(n - 1)
	for number := range g.keys {
		word, meta := g.Encoded(number, g.tags[number])
		i := g.home(word)
		for g.slots[i].number != 0 {
			i = (i + 1) & mask
		}
		g.slots[i] = slot{word, meta, uint32(number + 1)}
	}
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
		g.keys, g.tags, g.words = grown(g.keys, n), grown(g.tags, n), grown(g.words, n)
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
	g.keys, g.tags, g.words = append(g.keys, o.keys[from:]...), append(g.tags, o.tags[from:]...), append(g.words, o.words[from:]...)
	return n - from, true
}

// resize makes a table of n slots, a power of two, and moves all groups there.
func (g *Groups) resize(n int) {
	old := g.slots
	if n <= len(g.free) {
		g.slots, g.free = g.free[:n], nil
		clear(g.slots)
	} else {
		g.slots = make([]slot, n)
	}
	g.shift = uint(64 - bits.Len(uint(n-1)))
	mask := uint64(n - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := g.home(s.word)
		for g.slots[i].number != 0 {
			i = (i + 1) & mask
		}
		g.slots[i] = s
	}
}
