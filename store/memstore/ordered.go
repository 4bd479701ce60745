package memstore

import (
	"iter"
	"slices"
)

// maxChunk is how many values of an ordered list lie together.
const maxChunk = 256

// ordered is a list in ascending order without equal values. It is never
// changed: put returns another one that shares all but one chunk with it. With n
// values that copies about maxChunk + n/maxChunk of them.
//
// An element is looked up by a probe: a value that compares equal to it.
type ordered[T any] struct {
	compare func(a, b T) int
	chunks  [][]T // none of them empty
}

// inOrder returns the list of values that are in order already.
func inOrder[T any](compare func(a, b T) int, values []T) ordered[T] {
	return ordered[T]{compare, slices.Collect(slices.Chunk(values, maxChunk))}
}

// find returns where the probe is or would be: in which chunk, and where in it.
// A probe beyond all values would be at the end of the last chunk.
func (o *ordered[T]) find(probe T) (chunk, at int, found bool) {
	chunk, _ = slices.BinarySearchFunc(o.chunks, probe, func(c []T, probe T) int {
		return o.compare(c[len(c)-1], probe)
	})
	if chunk == len(o.chunks) {
		if chunk == 0 {
			return 0, 0, false
		}
		return chunk - 1, len(o.chunks[chunk-1]), false
	}
	at, found = slices.BinarySearchFunc(o.chunks[chunk], probe, o.compare)
	return chunk, at, found
}

// get returns the value that equals the probe.
func (o *ordered[T]) get(probe T) (value T, ok bool) {
	chunk, at, found := o.find(probe)
	if !found {
		return value, false
	}
	return o.chunks[chunk][at], true
}

// put returns the list with a value, in place of the one that equals it.
func (o *ordered[T]) put(value T) ordered[T] {
	chunk, at, found := o.find(value)
	if len(o.chunks) == 0 {
		return ordered[T]{o.compare, [][]T{{value}}}
	}
	old := o.chunks[chunk]
	end := at
	if found {
		end++
	}
	parts := [][]T{slices.Concat(old[:at], []T{value}, old[end:])}
	if whole := parts[0]; len(whole) > maxChunk {
		half := len(whole) / 2
		if at == len(old) { // values that come in order fill their chunks
			half = len(old)
		}
		parts = [][]T{whole[:half:half], whole[half:]}
	}
	return ordered[T]{o.compare, slices.Concat(o.chunks[:chunk], parts, o.chunks[chunk+1:])}
}

// from yields the values that do not come before the probe, in order.
func (o *ordered[T]) from(probe T) iter.Seq[T] {
	return func(yield func(T) bool) {
		if len(o.chunks) == 0 {
			return
		}
		chunk, at, _ := o.find(probe)
		each(o.chunks[chunk:], at, yield)
	}
}

// all yields the values in order.
func (o *ordered[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) { each(o.chunks, 0, yield) }
}

func each[T any](chunks [][]T, at int, yield func(T) bool) {
	for _, c := range chunks {
		for _, value := range c[at:] {
			if !yield(value) {
				return
			}
		}
		at = 0
	}
}
