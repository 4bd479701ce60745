package kernel

// Place says where an item belongs that lies among others of its row: the
// number of a day, and whether it is the first item of its row.
type Place uint32

// First marks the first item of a row.
const First Place = 1 << 31

// Day returns the number of the day.
func (p Place) Day() int32 { return int32(p &^ First) }

// AddRuns adds amounts to the rows that their items lie in, side by side. An
// item adds to the cell that its day has in days; an amount below 0 goes
// credits cells further. Where credits is 0, there are none, and the sign of no
// amount is looked at. A row takes stride cells. Row is the one that the first
// item is in, or, where that is First, the one before.
//
// The caller sees to it that no sum leaves the range of an int64.
//
// Inlined, it would share the registers with its caller and take a quarter
// longer.
//
//go:noinline
func AddRuns(cells []int64, stride, credits, row int, places []Place, amounts []int64, days []uint8) {
	amounts = amounts[:len(places)]
	at := row * stride
	if credits == 0 {
		for i, p := range places {
			a := amounts[i]
			at += stride & -int(p>>31) // as a jump, the start of each row would be mispredicted
			cells[at+int(days[p&^First])] += a
		}
		return
	}
	for i, p := range places {
		a := amounts[i]
		at += stride & -int(p>>31)
		cells[at+int(days[p&^First])+credits&int(a>>63)] += a
	}
}

// Open sets open to the amounts of the items that are open on a day, and to 0
// for those that are dated after it or closed on or before it. It returns how
// many are dated after it, how many of the others are closed, and how many of
// the open ones amount to nothing. Closed is nil where no item ever is.
func Open[D ~int32](open, amounts []int64, dated, closed []D, asOf D) (future, over, zero int) {
	open, dated = open[:len(amounts)], dated[:len(amounts)]
	if closed == nil {
		for i, a := range amounts {
			later := int(int64(asOf-dated[i]) >> 63) // −1 or 0
			future -= later
			zero -= isZero(a) &^ later
			open[i] = a &^ int64(later)
		}
		return future, 0, zero
	}
	closed = closed[:len(amounts)]
	for i, a := range amounts {
		later := int(int64(asOf-dated[i]) >> 63)
		ended := ^int(int64(asOf-closed[i])>>63) &^ later
		future -= later
		over -= ended
		zero -= isZero(a) &^ (later | ended)
		open[i] = a &^ int64(later|ended)
	}
	return future, over, zero
}

// isZero returns −1 for 0, and else 0.
func isZero(a int64) int { return int(int64((uint64(a)-1)&^uint64(a)) >> 63) }

// Entry is an item in the list of those of one day.
type Entry struct {
	Row, Item int32
	Amount    int64
}

// Move moves the amounts of those entries whose rows begin with first and are
// those of the cells from one cell of their row to another; those below 0 between
// the cells that lie credits cells further. A row takes stride cells. The caller
// sees to it that no sum leaves the range of an int64. Move returns the number of
// entries that it looked at.
//
//go:noinline
func Move(cells []int64, stride, credits, first int, entries []Entry, from, to int) (looked int) {
	rows := uint(len(cells) / stride)
	for i := range entries {
		e := &entries[i]
		row := uint(int(e.Row) - first)
		if row >= rows {
			continue
		}
		at := int(row)*stride + credits&int(e.Amount>>63)
		cells[at+from] -= e.Amount
		cells[at+to] += e.Amount
	}
	return len(entries)
}
