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
