package main

import (
	"fmt"
	"sync"

	"github.com/openreceivables/ar"
)

// limitLoops is the loop that nothing general can be expected to beat: columns
// only, customers already numbered, a fixed table of buckets, no checks, the
// result in a reused array. Its grand totals are added up outside the timer.
func limitLoops() []entry {
	columns := func(n int) int64 { return int64(n) * (indexBytes + dueBytes + centsBytes) }
	return []entry{
		{contestant: &limitLoop{threads: 1}, bytes: columns},
		{contestant: &limitLoop{threads: 2}, bytes: columns},
	}
}

const (
	rowStride  = 8   // cells of a row, of which bucketCount are used: one cache line
	tableSpan  = 512 // offsets in the table of buckets; those beyond are clamped
	tableAhead = 64  // the part of them that lies ahead
)

type limitLoop struct {
	threads int
	w       *workload
	low     ar.Date // the due date of the first cell of the table
	table   [tableSpan]uint8
	rows    [][]int64 // an array for each thread; the first gets the result
}

func (l *limitLoop) Name() string { return fmt.Sprintf("limit loop, %s", threadCount(l.threads)) }

func (l *limitLoop) Prepare(w *workload) error {
	l.w = w
	l.low = w.asOf + tableAhead - tableSpan + 1
	for i := range l.table {
		l.table[i] = uint8(bucketOf(w.asOf.DaysSince(l.low + ar.Date(i))))
	}
	for range l.threads {
		l.rows = append(l.rows, make([]int64, w.customers*rowStride))
	}
	return nil
}

func (l *limitLoop) Run() error {
	n := len(l.w.customer)
	inParallel(l.threads, n, func(thread, from, to int) {
		clear(l.rows[thread])
		l.add(l.rows[thread], from, to)
	})
	for _, other := range l.rows[1:] {
		inParallel(l.threads, len(other), func(_, from, to int) {
			sum := l.rows[0][from:to]
			for i, cents := range other[from:to] {
				sum[i] += cents
			}
		})
	}
	return nil
}

func (l *limitLoop) add(rows []int64, from, to int) {
	customer := l.w.customer[from:to]
	due := l.w.due[from:to][:len(customer)]
	cents := l.w.cents[from:to][:len(customer)]
	low, table := l.low, &l.table
	for i, c := range customer {
		rows[int(c)*rowStride+int(table[clamp(int32(due[i]-low))])] += cents[i]
	}
}

// clamp limits x to the cells of the table, without a jump.
func clamp(x int32) int32 {
	x &^= x >> 31
	x -= tableSpan - 1
	x &= x >> 31
	return (x + tableSpan - 1) & (tableSpan - 1)
}

func (l *limitLoop) Result() (*result, error) {
	r := newResult(l.w.customers)
	for c := range r.rows {
		if err := r.addRow(int32(c), amounts(l.rows[0][c*rowStride:])); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// inParallel cuts n into as many parts as there are threads and does each part
// on its own.
func inParallel(threads, n int, do func(thread, from, to int)) {
	if threads == 1 {
		do(0, 0, n)
		return
	}
	var wg sync.WaitGroup
	for t := range threads {
		wg.Go(func() { do(t, n*t/threads, n*(t+1)/threads) })
	}
	wg.Wait()
}

func threadCount(n int) string {
	if n == 1 {
		return "1 thread"
	}
	return fmt.Sprintf("%d threads", n)
}
