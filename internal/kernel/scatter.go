package kernel

// line is the number of cells in a cache line.
const line = 8

// Stride returns the number of cells to keep for rows of some width, so that a
// row lies in as few cache lines as can be.
func Stride(width int) int {
	switch {
	case width <= line/4:
		return line / 4
	case width <= line/2:
		return line / 2
	}
	return (width + line - 1) / line * line
}

// Scatter adds amounts[i] to cells[at[i]]. The caller sees to it that no sum
// leaves the range of an int64.
func Scatter(cells []int64, at []int, amounts []int64) {
	amounts = amounts[:len(at)]
	for i, a := range at {
		cells[a] += amounts[i]
	}
}

// ScatterRows is Scatter to cell at[i] of row rows[i], of stride cells each.
func ScatterRows(cells []int64, stride int, rows []int32, at []uint16, amounts []int64) {
	at, amounts = at[:len(rows)], amounts[:len(rows)]
	for i, row := range rows {
		cells[int(row)*stride+int(at[i])] += amounts[i]
	}
}

// AddRows adds the cells of all rows to those of row tags[i] of sums, which has
// as many cells. The caller sees to it that no sum leaves the range of an
// int64.
func AddRows(sums, cells []int64, stride int, tags []uint32) {
	for i, tag := range tags {
		Add(sums[int(tag)*stride:][:stride], cells[i*stride:])
	}
}

// AddTo adds each row of cells from, of fromStride cells, to row rows[i] of cells,
// of stride cells, which are as many or more; those of rows[i] < 0 to none. The
// caller sees to it that no sum leaves the range of an int64.
func AddTo(cells []int64, stride int, rows []int32, from []int64, fromStride int) {
	for i, row := range rows {
		if row >= 0 {
			Add(cells[int(row)*stride:][:fromStride], from[i*fromStride:])
		}
	}
}

// Add adds b[i] to a[i].
func Add(a, b []int64) {
	b = b[:len(a)]
	for i := range a {
		a[i] += b[i]
	}
}
