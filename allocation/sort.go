package allocation

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/openreceivables/ar"
)

// record is a row on its way to its place, in one integer, as a packing says.
type record uint64

// packing is how rows of both sides are packed, and how they are taken apart.
// A part is accounts that agree in their highest bits. A sorted record has, from
// the high bits to the low, a key, an amount and a row. The key is as much of the
// account as tells it from others of its part, and the date. An amount that does
// not fit, or is large, is 0.
//
// Records to be sorted have the key at the lower end instead, digit by digit: one
// after another the digits are moved to the upper end.
type packing struct {
	first    ar.Date
	parts    int
	below    uint  // the bits of an account below those that tell its part
	dates    uint  // the bits of a date
	digits   uint  // of a key
	most     int64 // the greatest amount of a record
	rows     uint  // the bits of a row
	compared bool  // all this does not fit: records have no date and are sorted by comparing
}

// A part has partRows rows of one side on average, or more where there would be
// more than mostParts: it is sorted and matched in the nearer caches, and taking
// rows apart writes to no more places than these hold.
const (
	partRows  = 1 << 11
	mostParts = 1 << 9
)

// digitBits is the bits of a digit.
const digitBits = 8

func pack(x, y limits) packing {
	rows, account := max(x.rows, y.rows), max(x.account, y.account)
	p := packing{first: min(x.first, y.first), rows: uint(bits.Len(uint(rows)))}
	p.dates = uint(bits.Len(uint(max(0, max(x.last, y.last)-p.first))))
	partBits := bits.Len(uint(min(rows/partRows, mostParts-1)))
	p.below = uint(max(0, bits.Len(uint(account))-partBits))
	p.digits = max(1, (p.below+p.dates+digitBits-1)/digitBits)
	if p.rows+p.digits*digitBits > 64 {
		p = packing{below: 31, digits: 4, rows: 32, compared: true}
	}
	p.parts = int(account>>p.below) + 1
	p.most = 1<<(64-p.keyBits()-p.rows) - 1
	return p
}

// keyBits are the bits of a key.
func (p *packing) keyBits() uint { return p.digits * digitBits }

// record returns a record to be sorted.
func (p *packing) record(account int32, date ar.Date, minor int64, row int) record {
	if minor > p.most {
		minor = 0
	}
	key := uint64(account)&(1<<(p.below&63)-1)<<(p.dates&63) | uint64(date-p.first)
	return record((uint64(minor)<<(p.rows&63)|uint64(row))<<(p.keyBits()&63) | key)
}

// account tells accounts of one part apart, in their order.
func (p *packing) account(r record) uint64 { return uint64(r) >> (64 - p.keyBits() + p.dates) }

func (p *packing) row(r record) int32 { return int32(uint64(r) & (1<<(p.rows&63) - 1)) }

// minor is the amount of a record that has one, or else 0.
func (p *packing) minor(r record) int64 {
	return int64(r>>(p.rows&63)) & p.most
}

// memory is what serves again.
type memory struct {
	debits, credits []record
	lines           []Match
	desks           [2]desks // of the workers
}

// desks are where a part is sorted.
type desks struct{ debits, credits desk }

// side is debits or credits on their way to their places.
type side struct {
	*Columns
	limits
	begin   [mostParts + 1]int32 // of the rows of each part
	records []record             // by part; none where the columns are so already
	err     error
}

func (s *side) check() { s.limits, s.err = s.Columns.limits() }

// open returns the amount of a record, or 0 if it is large.
func (s *side) open(p *packing, r record) int64 {
	if minor := p.minor(r); minor != 0 {
		return minor
	}
	return s.Minor[p.row(r)]
}

// take takes the rows apart.
func (s *side) take(p *packing, reuse *[]record) {
	if s.ascending && !p.compared {
		for part := range p.parts {
			begin, _ := slices.BinarySearch(s.Account, int32(part)<<p.below)
			s.begin[part] = int32(begin)
		}
		s.begin[p.parts] = int32(s.rows)
		return
	}
	*reuse = slices.Grow((*reuse)[:0], s.rows)[:s.rows]
	s.records = *reuse
	if p.compared {
		s.sortByComparing()
		return
	}
	for _, account := range s.Account {
		s.begin[account>>(p.below&31)+1]++
	}
	for i := range p.parts {
		s.begin[i+1] += s.begin[i]
	}
	next := s.begin
	dates, amounts := s.Date[:len(s.Account)], s.Minor[:len(s.Account)]
	for row, account := range s.Account {
		part := account >> (p.below & 31)
		s.records[next[part]] = p.record(account, dates[row], amounts[row], row)
		next[part]++
	}
}

// sortByComparing puts all rows into their places.
func (s *side) sortByComparing() {
	for row, account := range s.Account {
		s.records[row] = record(uint64(account)<<32 | uint64(row))
	}
	date := func(r record) ar.Date { return s.Date[uint32(r)] }
	slices.SortFunc(s.records, func(x, y record) int {
		return cmp.Or(cmp.Compare(x>>32, y>>32), cmp.Compare(date(x), date(y)), cmp.Compare(x, y))
	})
	s.begin[1] = int32(s.rows)
}

// desk is where the parts of one side are sorted.
type desk struct{ one, other []record }

// sorted returns a part in order, in memory that serves for the next.
func (d *desk) sorted(s *side, p *packing, part int) []record {
	begin, end := int(s.begin[part]), int(s.begin[part+1])
	n := end - begin
	switch {
	case n == 0:
		return nil
	case p.compared:
		return s.records
	}
	d.other = slices.Grow(d.other[:0], n)[:n]
	if s.records != nil {
		return p.sort(s.records[begin:end], d.other)
	}
	d.one = slices.Grow(d.one[:0], n)[:n]
	dates, amounts := s.Date[begin:end], s.Minor[begin:end]
	for i, account := range s.Account[begin:end] {
		d.one[i] = p.record(account, dates[i], amounts[i], begin+i)
	}
	return p.sort(d.one, d.other)
}

// sort sorts records by their keys, in linear time; those that agree stay in
// their order. It returns one of its arguments, which are of one length; both are
// overwritten.
func (p *packing) sort(records, spare []record) []record {
	for range p.digits {
		var places [1 << digitBits]int32
		for _, r := range records {
			places[uint8(r)]++
		}
		sum := int32(0)
		for i, n := range places {
			places[i] = sum
			sum += n
		}
		spare = spare[:len(records)]
		for _, r := range records {
			at := &places[uint8(r)]
			spare[*at] = record(bits.RotateLeft64(uint64(r), -digitBits))
			*at++
		}
		records, spare = spare, records
	}
	return records
}
