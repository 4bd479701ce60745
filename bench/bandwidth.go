package main

import (
	"fmt"
)

// bandwidths measures how fast memory can be read: the sum of an array that no
// cache of today holds.
func bandwidths() []entry {
	size := func(int) int64 { return bandwidthBytes }
	data := &[]int64{} // one for both
	return []entry{
		{contestant: &bandwidth{threads: 1, data: data}, bytes: size, otherJob: true},
		{contestant: &bandwidth{threads: 2, data: data}, bytes: size, otherJob: true},
	}
}

const bandwidthBytes = 1 << 29

type bandwidth struct {
	threads int
	data    *[]int64
	sums    []int64
}

func (b *bandwidth) Name() string { return fmt.Sprintf("memory bandwidth, %s", threadCount(b.threads)) }

func (b *bandwidth) Prepare(*workload) error {
	if len(*b.data) == 0 {
		*b.data = make([]int64, bandwidthBytes/8)
		for i := range *b.data {
			(*b.data)[i] = int64(i)
		}
	}
	b.sums = make([]int64, b.threads)
	return nil
}

func (b *bandwidth) Run() error {
	data := *b.data
	inParallel(b.threads, len(data), func(thread, from, to int) {
		b.sums[thread] = sum(data[from:to])
	})
	return nil
}

// sum has four accumulators, so that additions do not wait for each other.
func sum(data []int64) int64 {
	var s0, s1, s2, s3 int64
	for ; len(data) >= 4; data = data[4:] {
		s0 += data[0]
		s1 += data[1]
		s2 += data[2]
		s3 += data[3]
	}
	for _, x := range data {
		s0 += x
	}
	return s0 + s1 + s2 + s3
}

func (b *bandwidth) Result() (*result, error) {
	var got int64
	for _, s := range b.sums {
		got += s
	}
	n := int64(len(*b.data))
	if want := n * (n - 1) / 2; got != want {
		return nil, fmt.Errorf("sum %d, want %d", got, want)
	}
	return nil, nil
}
