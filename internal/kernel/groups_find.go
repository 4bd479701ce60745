package kernel

// Find sets numbers[i] to the group of words[i] and metas[i], which Encode made of
// key(i), making groups of those that are new. It reports whether there are any.
// There is one meta for each word, or one for all. It asks for few keys: those that
// are new, or long, or met others on their way. There are at most Batch words, and
// as many numbers.
func (g *Groups) Find(words []uint64, metas []uint32, numbers []int32, key func(i int) string) (added bool) {
	before := len(g.keys)
	unknown := g.lookUp(words, metas, numbers, &g.scratch)
	if g.slots != nil && g.isKind(metas) {
		g.addShort(words, numbers, unknown, key)
	} else {
		for _, i := range unknown {
			numbers[i] = g.FindOne(words[i], metaOf(metas, i), key(int(i)))
		}
	}
	return len(g.keys) > before
}

// Known is Find that changes nothing, so that several goroutines may call it at a
// time: it sets numbers[i] to −1 where there is no group. Of groups that came in
// ascending order, it knows none before Index.
func (g *Groups) Known(words []uint64, metas []uint32, numbers []int32, key func(i int) string) {
	var own scratch
	unknown := g.lookUp(words, metas, numbers, &own)
	if g.slots == nil {
		return
	}
	for _, i := range unknown {
		_, numbers[i] = g.probe(words[i], metaOf(metas, i), key(int(i)))
	}
}

// isKind reports whether there is one meta for all, that of a short key, and so
// have all groups.
func (g *Groups) isKind(metas []uint32) bool {
	return len(metas) == 1 && metas[0] == g.kind && byte(g.kind) != long
}

func metaOf(metas []uint32, i uint16) uint32 {
	if len(metas) == 1 {
		return metas[0]
	}
	return metas[i]
}

// addShort is FindOne for the items that are unknown, of which all metas are kind,
// as those of all groups. It overwrites what tells of them. The keys are asked for
// in a loop of their own, so that they are fetched at once.
func (g *Groups) addShort(words []uint64, numbers []int32, unknown []uint16, key func(i int) string) {
	before := len(g.keys)
	most := before + len(unknown)
	if most > cap(g.keys) {
		g.Expect(max(most, g.more()))
	}
	for 2*most > len(g.slots) {
		g.resize(g.moreSlots())
	}
	slots, mask := g.slots, g.mask
	own := g.words[:most+1]
	n := before
	for _, i := range unknown {
		word := words[i]
		at := g.home(word)
		for slots[at] != 0 && own[slots[at]] != word {
			at = (at + 1) & mask
		}
		if slots[at] == 0 {
			unknown[n-before] = i // read before
			n++
			slots[at], own[n] = uint32(n), word
		}
		numbers[i] = int32(slots[at] - 1)
	}
	g.keys, g.tags, g.words, g.metas = g.keys[:n], g.tags[:n], g.words[:n+1], g.metas[:n+1]
	for k, i := range unknown[:n-before] {
		k += before
		g.keys[k], g.tags[k], g.metas[k+1] = key(int(i)), g.kind>>8, g.kind
	}
}

// lookUp sets numbers[i] to the group of words[i] and metas[i], or to −1 where
// the key is to be looked at: it is long, or new, or met others on its way. It
// returns which these are.
//
// The loops it is made of are short, so that what they use stays in registers and
// many slots are fetched at once, and no jump depends on what is fetched: what is
// set to 0 there, is by a conditional move.
func (g *Groups) lookUp(words []uint64, metas []uint32, numbers []int32, to *scratch) (unknown []uint16) {
	numbers = numbers[:len(words)]
	switch {
	case g.slots == nil:
		for i := range numbers {
			numbers[i] = -1
		}
		return to.unknownOf(numbers)
	case g.isKind(metas):
		return g.lookUpShort(words, numbers, to)
	}
	each := to.metas[:len(words)]
	for i := range each {
		each[i] = metaOf(metas, uint16(i))
	}
	slots, ownWords, ownMetas := g.slots, g.words, g.metas
	homes := g.homes(words, to)[:len(words)]
	for i, word := range words {
		number, meta := slots[homes[i]], each[i]
		if differs := ownWords[number] ^ word | uint64(ownMetas[number]^meta) | uint64(meta&0xff+1)>>8; differs != 0 {
			number = 0
		}
		numbers[i] = int32(number) - 1
	}
	return to.unknownOf(numbers)
}

// lookUpShort is lookUp where all metas are kind, that of a short key. It looks
// in the second slot, too.
func (g *Groups) lookUpShort(words []uint64, numbers []int32, to *scratch) (unknown []uint16) {
	numbers = numbers[:len(words)]
	slots, own := g.slots, g.words
	homes := g.homes(words, to)[:len(words)]
	for i, word := range words {
		number := slots[homes[i]]
		if own[number] != word {
			number = 0
		}
		numbers[i] = int32(number) - 1
	}
	unknown = to.unknownOf(numbers)
	n := 0
	for _, i := range unknown {
		number := slots[(uint64(homes[i])+1)&g.mask]
		if own[number] != words[i] {
			number = 0
		}
		numbers[i] = int32(number) - 1
		unknown[n] = i // read before
		n += int((number - 1) >> 31)
	}
	return unknown[:n]
}

// homes returns the slot where each word is looked for first.
//
//go:noinline
func (g *Groups) homes(words []uint64, to *scratch) []uint32 {
	salt, mask := g.salt, g.mask
	homes := to.homes[:len(words)]
	for i, word := range words {
		homes[i] = uint32(home(word, salt, mask))
	}
	return homes
}

// unknownOf returns which numbers are −1.
func (s *scratch) unknownOf(numbers []int32) []uint16 {
	n := 0
	for i, number := range numbers {
		s.unknown[n&(Batch-1)] = uint16(i)
		n += int(uint32(number) >> 31)
	}
	return s.unknown[:n]
}

// scratch is what look-ups write down between their loops.
type scratch struct {
	homes   [Batch]uint32
	metas   [Batch]uint32
	unknown [Batch]uint16
}
