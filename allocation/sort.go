package allocation

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/openreceivables/ar"
)

// record is a row on its way to its place: account, date and row in one integer,
// from the high bits to the low, and the amount.
type record struct {
	key   uint64
	minor int64
}

// order is records by account, then date, then row. Their keys have the account
// from bit shift on, and the row under mask.
type order struct {
	records []record
	shift   uint
	mask    uint64

	spare []record // to be used again
}

func (o *order) row(at int) int32 { return int32(o.records[at].key & o.mask) }

func (o *order) account(at int) uint64 { return o.records[at].key >> o.shift }

// take checks columns and sorts them: in linear time if account, date and row
// together fit 64 bits.
func (o *order) take(c *Columns) error {
	n := len(c.Minor)
	o.records = slices.Grow(o.records[:0], n)[:n]
	l, err := c.check()
	if err != nil || n == 0 {
		return err
	}
	rowBits := bits.Len(uint(n - 1))
	dateBits := bits.Len(uint(l.last - l.first))
	keyBits := dateBits + bits.Len(uint(l.account))
	if keyBits+rowBits > 64 {
		o.sortByComparing(c)
		return nil
	}
	o.shift, o.mask = uint(dateBits+rowBits), 1<<rowBits-1
	o.spare = slices.Grow(o.spare[:0], n)[:n]
	o.radixSort(c, packing{uint(rowBits), o.shift, l.first}, keyBits)
	return nil
}

// packing is how account, date and row are packed.
type packing struct {
	date, account uint // the bits from which on these have their places
	first         ar.Date
}

func (p packing) key(account int32, date ar.Date, row int) uint64 {
	return uint64(account)<<(p.account&63) | uint64(date-p.first)<<(p.date&63) | uint64(row)
}

func (o *order) sortByComparing(c *Columns) {
	o.shift, o.mask = 32, 1<<32-1
	for row, account := range c.Account {
		o.records[row] = record{uint64(account)<<32 | uint64(row), c.Minor[row]}
	}
	date := func(r record) ar.Date { return c.Date[r.key&o.mask] }
	slices.SortFunc(o.records, func(x, y record) int {
		return cmp.Or(cmp.Compare(x.key>>32, y.key>>32), cmp.Compare(date(x), date(y)), cmp.Compare(x.key, y.key))
	})
}

// A radix sort first takes records apart by their highest bits, into parts that
// the nearer caches hold, and then sorts each part from the lowest digit up. So
// no pass writes to more places than are near.
const (
	topBits   = 9
	digitBits = 8
)

// radixSort sorts the rows of columns by their keys, without the row itself, in
// linear time; those that agree stay in the order of the rows.
func (o *order) radixSort(c *Columns, p packing, keyBits int) {
	low := p.date + uint(max(0, keyBits-topBits)) // of the highest bits
	var places [1 << topBits]int32
	dates, minor := c.Date[:len(c.Account)], c.Minor[:len(c.Account)]
	for row, account := range c.Account {
		places[p.key(account, dates[row], 0)>>(low&63)%(1<<topBits)]++
	}
	counts := places
	toPlaces(places[:])
	for row, account := range c.Account {
		key := p.key(account, dates[row], row)
		at := &places[key>>(low&63)%(1<<topBits)]
		o.records[*at] = record{key, minor[row]}
		*at++
	}
	begin := int32(0)
	for _, n := range counts {
		end := begin + n
		sortPart(o.records[begin:end], o.spare[begin:end], p.date, low)
		begin = end
	}
	if (low-p.date+digitBits-1)/digitBits%2 == 1 {
		o.records, o.spare = o.spare, o.records
	}
}

// sortPart sorts by the digits between two bits. The result is in spare if
// there is an odd number of digits.
func sortPart(records, spare []record, from, to uint) {
	spare = spare[:len(records)]
	for shift := from; shift < to; shift += digitBits {
		var places [1 << digitBits]int32
		for i := range records {
			places[records[i].key>>(shift&63)%(1<<digitBits)]++
		}
		toPlaces(places[:])
		for _, r := range records {
			at := &places[r.key>>(shift&63)%(1<<digitBits)]
			spare[*at] = r
			*at++
		}
		records, spare = spare, records
	}
}

// toPlaces makes counts of records the places of the first of each kind.
func toPlaces(counts []int32) {
	sum := int32(0)
	for i, n := range counts {
		counts[i] = sum
		sum += n
	}
}
