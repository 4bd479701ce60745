package ledger

import (
	"hash/maphash"
	"math/bits"
)

// names finds numbers by ID. It is a hash table with open addressing that takes
// IDs in batches, so that they wait for memory together and not one after
// another: with millions of facts that is most of the time.
type names struct {
	seed  maphash.Seed
	slots []uint64 // the upper half of a hash, and the number plus 1; 0 is free
	ids   []string // by number
}

// batchSize is how many IDs are taken at a time.
const batchSize = 128

// newNames makes room for numbers from 0 to n−1.
func newNames(n int) names {
	return names{maphash.MakeSeed(), make([]uint64, 1<<bits.Len(uint(2*n))), make([]string, n)}
}

// find returns the number of an ID.
func (t *names) find(id string) (number int32, ok bool) {
	if len(t.slots) == 0 {
		return -1, false
	}
	number, _ = t.seek(id, maphash.String(t.seed, id))
	return number, number >= 0
}

// seek returns the number of an ID, or −1 and the slot where it belongs.
func (t *names) seek(id string, hash uint64) (number int32, slot uint64) {
	mask := uint64(len(t.slots) - 1)
	for slot = hash & mask; t.slots[slot] != 0; slot = (slot + 1) & mask {
		s := t.slots[slot]
		if number = int32(uint32(s)) - 1; s>>32 == hash>>32 && t.ids[number] == id {
			return number, slot
		}
	}
	return -1, slot
}

// batch is IDs and what is found of them.
type batch struct {
	count   int
	ids     [batchSize]string
	numbers [batchSize]int32
	hashes  [batchSize]uint64
	seen    uint64 // keeps the compiler from leaving out what only fetches memory
}

func (b *batch) hash(t *names) {
	mask := uint64(len(t.slots) - 1)
	for i, id := range b.ids[:b.count] {
		b.hashes[i] = maphash.String(t.seed, id)
	}
	for _, hash := range b.hashes[:b.count] {
		b.seen += t.slots[hash&mask]
	}
}

// add numbers the IDs of a batch from first on. An ID that has a number keeps
// it, and its place in the batch is −1.
func (t *names) add(b *batch, first int) {
	b.hash(t)
	for i, id := range b.ids[:b.count] {
		number, slot := t.seek(id, b.hashes[i])
		if b.numbers[i] = -1; number < 0 {
			b.numbers[i] = int32(first + i)
			t.ids[first+i] = id
			t.slots[slot] = b.hashes[i]>>32<<32 | uint64(first+i+1)
		}
	}
}

// findAll finds the numbers of the IDs of a batch, −1 for one that has none.
func (t *names) findAll(b *batch) {
	b.hash(t)
	mask := uint64(len(t.slots) - 1)
	for _, hash := range b.hashes[:b.count] {
		if number := uint32(t.slots[hash&mask]); number > 0 && t.ids[number-1] != "" {
			b.seen += uint64(t.ids[number-1][0])
		}
	}
	for i, id := range b.ids[:b.count] {
		b.numbers[i], _ = t.seek(id, b.hashes[i])
	}
}
