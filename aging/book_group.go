package aging

import (
	"slices"

	"github.com/openreceivables/ar/internal/kernel"
)

// regroup lays the items of each row side by side, drops what is gone, and lists
// the items anew, each list in the order of the rows.
func (b *Book) regroup() {
	c := &b.cols
	row := c.rows()
	begins := rowBegins(row, len(b.live.keys))
	from := make([]int32, begins[len(begins)-1])
	for i := range from {
		from[i] = gone // and stays so in a row without items
	}
	next, to := slices.Clone(begins), row
	for old, r := range row {
		if r != gone {
			from[next[r]], to[old] = int32(old), next[r]
			next[r]++
		}
	}
	c.gather(from, b.tune.loose)
	for i := range c.place {
		c.place[i] &^= kernel.First
	}
	for _, pos := range begins[:len(begins)-1] {
		c.place[pos] |= kernel.First
	}
	c.countRows()
	items := from // handles by position, from here on
	for h, old := range c.pos {
		if old != gone {
			c.pos[h] = to[old]
			items[to[old]] = int32(h)
		}
	}
	b.relist(items, begins)
	b.loose = 0
}

// rows returns the row of each position, gone where there is no item.
func (c *itemColumns) rows() []int32 {
	rows := make([]int32, len(c.place))
	row := int32(-1)
	for pos, p := range c.place {
		if pos < c.grouped {
			row += int32(p >> 31)
		} else {
			row = c.row[pos-c.grouped]
		}
		rows[pos] = row
		if c.dated[pos].IsZero() {
			rows[pos] = gone
		}
	}
	return rows
}

// rowBegins returns where each row begins that is to have as many positions as
// it has items, or one, and where the last one ends.
func rowBegins(row []int32, rows int) []int32 {
	begins := make([]int32, rows+1)
	for _, r := range row {
		if r != gone {
			begins[r+1]++
		}
	}
	for i := range rows {
		begins[i+1] = begins[i] + max(1, begins[i+1])
	}
	return begins
}

// gather gives each position what was at another, and leaves room for as many
// more as may be loose.
func (c *itemColumns) gather(from []int32, loose int) {
	c.place = gathered(c.place, from, 0, loose)
	c.amount = gathered(c.amount, from, 0, loose)
	c.dated = gathered(c.dated, from, 0, loose)
	if c.closed != nil {
		c.closed = gathered(c.closed, from, never, loose)
	}
	c.slot = make([]int32, len(from), cap(c.place))
	c.grouped, c.row = len(from), nil
}

func gathered[T any](column []T, from []int32, blank T, loose int) []T {
	to := make([]T, len(from), len(from)+len(from)/loose)
	for i, old := range from {
		to[i] = blank
		if old != gone {
			to[i] = column[old]
		}
	}
	return to
}

// countRows counts the rows that begin before each stretch.
func (c *itemColumns) countRows() {
	c.begun = c.begun[:0]
	rows := int32(0)
	for pos := 0; pos < c.grouped; pos += stretch {
		c.begun = append(c.begun, rows)
		for _, p := range c.place[pos:min(pos+stretch, c.grouped)] {
			rows += int32(p >> 31)
		}
	}
	c.begun = append(c.begun, rows)
}

// relist lists all items, given their handles by position and where each row
// begins.
func (b *Book) relist(items, begins []int32) {
	c := &b.cols
	for pos, h := range items {
		if h == gone {
			continue
		}
		b.due.expect(c.place[pos].Day())
		b.dated.expect(b.dated.number(c.dated[pos]))
		if on := c.closedOn(int32(pos)); on != never {
			b.closed.expect(b.closed.number(on))
		}
	}
	b.due.clear()
	b.dated.clear()
	b.closed.clear()
	for day := range b.due.dated {
		b.due.dated[day], b.due.closed[day] = 0, never
	}
	for row := range len(begins) - 1 {
		for pos := begins[row]; pos < begins[row+1]; pos++ {
			if items[pos] != gone {
				b.list(pos, Handle(items[pos]), int32(row))
			}
		}
	}
}

// list puts an item of the columns in the lists of its days.
func (b *Book) list(pos int32, h Handle, row int32) {
	c := &b.cols
	b.listDue(pos, kernel.Entry{Row: row, Item: int32(h), Amount: c.amount[pos]})
	b.dated.add(c.dated[pos], h)
	if on := c.closedOn(pos); on != never {
		b.closed.add(on, h)
	}
}

// listDue puts an item in the list of its due day.
func (b *Book) listDue(pos int32, e kernel.Entry) {
	c, due := &b.cols, &b.due
	day := c.place[pos].Day()
	c.slot[pos] = int32(len(due.lists[day]))
	due.lists[day] = append(due.lists[day], e)
	due.dated[day] = max(due.dated[day], c.dated[pos])
	due.closed[day] = min(due.closed[day], c.closedOn(pos))
}
