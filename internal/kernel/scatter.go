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
	for from := 0; from < len(tags); {
		tag, to := tags[from], from+1
		for to < len(tags) && tags[to] == tag {
			to++
		}
		sum := sums[int(tag)*stride:][:stride]
		if rows := cells[from*stride : to*stride]; stride == line {
			addLines((*[line]int64)(sum), rows)
		} else {
			for ; len(rows) > 0; rows = rows[stride:] {
				Add(sum, rows)
			}
		}
		from = to
	}
}

// addLines is AddRows for rows of one line each. Their sums stay in registers.
func addLines(sum *[line]int64, rows []int64) {
	a, b, c, d, e, f, g, h := sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7]
	for ; len(rows) >= line; rows = rows[line:] {
		r := (*[line]int64)(rows)
		a += r[0]
		b += r[1]
		c += r[2]
		d += r[3]
		e += r[4]
		f += r[5]
		g += r[6]
		h += r[7]
	}
	*sum = [line]int64{a, b, c, d, e, f, g, h}
}

// AddTo adds each row of cells from, of fromStride cells, to row rows[i] of cells,
// of stride cells, which are as many or more; those of rows[i] < 0 to none. The
// caller sees to it that no sum leaves the range of an int64.
func AddTo(cells []int64, stride int, rows []int32, from []int64, fromStride int) {
	for i, row := range rows {
		if row < 0 {
			continue
		}
		a, b := cells[int(row)*stride:][:fromStride], from[i*fromStride:][:fromStride]
		if fromStride == line {
			addLine((*[line]int64)(a), (*[line]int64)(b))
		} else {
			Add(a, b)
		}
	}
}

func addLine(a, b *[line]int64) {
	a[0] += b[0]
	a[1] += b[1]
	a[2] += b[2]
	a[3] += b[3]
	a[4] += b[4]
	a[5] += b[5]
	a[6] += b[6]
	a[7] += b[7]
}

// Add adds b[i] to a[i].
func Add(a, b []int64) {
	b = b[:len(a)]
	for i := range a {
		a[i] += b[i]
	}
}
