package kernel

import (
	"hash/maphash"
	"math/bits"
)

// Batch is the number of items that the loops take at a time: few enough for
// their columns to stay in the nearest cache, and enough to have many misses
// of the far ones under way at once.
const Batch = 256

// Groups numbers the distinct pairs of a key and a tag, from 0 on, in the order
// in which they first come. It is a hash table with open addressing, made for
// batches: all keys of a batch are hashed before any is looked up, so that the
// look-ups do not wait for each other.
//
// A key of up to eight bytes is its own hash value and is compared without
// being fetched; a longer one is compared in full where its hash is met.
type Groups struct {
	slots []slot // a power of two of them, at most half in use
	shift uint
	seed  maphash.Seed
	salt  uint64 // from seed, so that no choice of keys makes long chains

	keys []string // by number
	tags []uint32
}

type slot struct {
	word   uint64 // the bytes of a short key, or the hash of a long one
	meta   uint32 // tag and length, or long
	number uint32 // plus 1; 0 is a free slot
}

const (
	minSlots = 1 << 6
	short    = 8    // bytes of a key that fit in a word
	long     = 0xff // in place of the length
)

// NewGroups returns Groups without any.
func NewGroups() *Groups {
	g := &Groups{seed: maphash.MakeSeed()}
	g.salt = maphash.String(g.seed, "salt")
	g.resize(minSlots)
	return g
}

// Len returns the number of groups.
func (g *Groups) Len() int { return len(g.keys) }

// All returns the keys and the tags of the groups, by number. They are those
// that Find appends to, and not to be changed.
func (g *Groups) All() (keys []string, tags []uint32) { return g.keys, g.tags }

// Find sets numbers[i] to the group of keys[i] and tags[i], making groups of
// those that are new. Tags are below 2²⁴. The columns have the same length, of
// at most Batch.
func (g *Groups) Find(keys []string, tags []uint32, numbers []int32) {
	var words [Batch]uint64
	var metas [Batch]uint32
	for i, key := range keys {
		words[i], metas[i] = g.encode(key, tags[i])
	}
	numbers = numbers[:len(keys)]
	for i := range numbers {
		// Items often come in runs of one customer.
		if i > 0 && words[i] == words[i-1] && metas[i] == metas[i-1] && byte(metas[i]) != long {
			numbers[i] = numbers[i-1]
			continue
		}
		s := &g.slots[g.home(words[i])]
		if s.word == words[i] && s.meta == metas[i] && s.number != 0 && byte(metas[i]) != long {
			numbers[i] = int32(s.number - 1)
			continue
		}
		numbers[i] = g.probe(words[i], metas[i], keys[i], tags[i])
	}
}

func (g *Groups) encode(key string, tag uint32) (word uint64, meta uint32) {
	if len(key) > short {
		return maphash.String(g.seed, key), tag<<8 | long
	}
	return wordOf(key), tag<<8 | uint32(len(key))
}

// wordOf returns the bytes of a short key. Keys of one length have different
// words.
func wordOf(s string) uint64 {
	switch n := len(s); {
	case n == 8:
		return load4(s) | load4(s[4:])<<32
	case n >= 4:
		return load4(s) | load4(s[n-4:])<<32
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	return 0
}

func load4(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// home returns the slot where a word is looked for first.
func (g *Groups) home(word uint64) uint64 {
	hi, lo := bits.Mul64(word^g.salt, 0x9e3779b97f4a7c15)
	return (hi ^ lo) >> g.shift
}

// probe looks a key up, starting at its home, and makes a group of a new one.
func (g *Groups) probe(word uint64, meta uint32, key string, tag uint32) int32 {
	mask := uint64(len(g.slots) - 1)
	i := g.home(word)
	for ; g.slots[i].number != 0; i = (i + 1) & mask {
		s := &g.slots[i]
		if s.word == word && s.meta == meta && (byte(meta) != long || g.keys[s.number-1] == key) {
			return int32(s.number - 1)
		}
	}
	g.keys, g.tags = append(g.keys, key), append(g.tags, tag)
	g.slots[i] = slot{word, meta, uint32(len(g.keys))}
	if 2*len(g.keys) > len(g.slots) {
		g.resize(4 * len(g.slots))
	}
	return int32(len(g.keys) - 1)
}

// resize makes a table of n slots, a power of two, and moves all groups there.
func (g *Groups) resize(n int) {
	old := g.slots
	g.slots = make([]slot, n)
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
