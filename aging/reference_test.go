package aging_test

import (
	"encoding/binary"
	"testing"

	"github.com/cockroachdb/apd/v3"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// reference is the report as one would compute it by hand: item by item, from
// the dates to the columns, added up in decimals without a limit. It shares no
// code with the report but the bounds of the buckets.
type reference struct {
	columns map[place]*apd.Decimal
	left    aging.LeftOut
}

// place is a column of a row: the label of a bucket, or one of the others.
type place struct {
	key, column string
	cur         ar.Currency
}

// The columns besides buckets.
const (
	pastDue   = "\x00past due"
	unapplied = "\x00unapplied"
	balance   = "\x00balance"
	apart     = "\x00apart"
	excluded  = "\x00excluded"
	receipts  = "\x00receipts"
)

func referenceOf(t require.TestingT, items []ledger.Item, opt aging.Options) *reference {
	aged := opt.AgedAsOf
	if aged == 0 {
		aged = opt.AsOf
	}
	set, err := opt.Buckets.Resolve(aged)
	require.NoError(t, err)
	m := &reference{columns: map[place]*apd.Decimal{}}
	for _, it := range items {
		due, posted := it.Date, it.Date
		if it.Due != 0 {
			due = it.Due
		}
		if it.Posted != 0 {
			posted = it.Posted
		}
		key := it.Customer
		if opt.Group.Key != nil {
			key = opt.Group.Key(&it)
		}
		amount, _, err := apd.NewFromString(it.Outstanding.Amount())
		require.NoError(t, err)
		add := func(column string, d *apd.Decimal) {
			at := place{key, column, it.Outstanding.Currency()}
			if m.columns[at] == nil {
				m.columns[at] = new(apd.Decimal)
			}
			_, err := apd.BaseContext.Add(m.columns[at], m.columns[at], d)
			require.NoError(t, err)
		}
		credit := new(apd.Decimal).Neg(amount)
		switch {
		case it.Date > opt.AsOf:
			m.left.Future++
			if opt.Receipts && credit.Sign() > 0 {
				add(receipts, credit)
			}
			continue
		case it.Closed != 0 && it.Closed <= opt.AsOf:
			m.left.Closed++
			continue
		case amount.Sign() == 0:
			m.left.Settled++
			continue
		case amount.Sign() > 0 && it.Flags&opt.Exclude != 0:
			m.left.Excluded++
			add(excluded, amount)
			continue
		}
		add(balance, amount)
		if credit.Sign() > 0 {
			add(unapplied, credit)
			continue
		}
		if it.Flags&opt.Apart != 0 {
			add(apart, amount)
			continue
		}
		basis := map[aging.Basis]ar.Date{aging.DueDate: due, aging.DocumentDate: it.Date, aging.PostingDate: posted}[opt.Basis]
		offset := int(aged) - int(basis)
		if opt.Adjusted {
			for held := it.Held; held > 0 && offset > 0; held-- {
				offset--
			}
		}
		for _, b := range set.All() {
			if b.From <= offset && offset <= b.To {
				add(b.Label, amount)
			}
		}
		if aged > due {
			add(pastDue, amount)
		}
	}
	return m
}

// check holds a report to the reference.
func (m *reference) check(t require.TestingT, r *aging.Report) {
	require.Equal(t, m.left, r.LeftOut())
	seen := 0
	for _, row := range r.All() {
		same := func(column string, got ar.Money) {
			require.Equal(t, row.Currency(), got.Currency())
			amount, _, err := apd.NewFromString(got.Amount())
			require.NoError(t, err)
			want := m.columns[place{row.Key(), column, row.Currency()}]
			if want == nil {
				want = new(apd.Decimal)
			} else {
				seen++
			}
			require.Zero(t, want.Cmp(amount), "%s %q: %s, want %s", row.Key(), column, got, want)
		}
		for i, m := range row.Amounts() {
			same(r.Buckets().Label(i), m)
		}
		same(pastDue, row.PastDue())
		same(unapplied, row.Unapplied())
		same(balance, row.Balance())
		same(apart, row.Apart())
		same(excluded, row.Excluded())
		same(receipts, row.Receipts())
	}
	require.Equal(t, len(m.columns), seen, "an amount of the reference is in no row")
}

// fuzzed makes an item of 16 bytes. Their meanings are such that rows meet,
// dates are near each other, and amounts of all sizes come.
func fuzzed(b []byte) ledger.Item {
	near := func(b byte) ar.Date { return ar.MustDate("2026-06-30") + ar.Date(int8(b)) }
	maybe := func(b, present byte) ar.Date {
		if present&1 == 0 {
			return 0
		}
		return near(b)
	}
	cur := []ar.Currency{eur, jpy, ar.MustCurrency("KWD")}[b[0]>>2%3]
	outstanding, err := ar.NewMoney(int64(binary.LittleEndian.Uint64(b[8:]))>>(b[1]&63), cur)
	if err == nil && b[1]&64 != 0 {
		outstanding, err = outstanding.Add(outstanding)
	}
	if err != nil {
		panic(err)
	}
	return ledger.Item{
		Customer: []string{"C1", "C2", "C0000003", "a customer with a long ID"}[b[0]&3], Outstanding: outstanding,
		Date: near(b[2]), Due: maybe(b[3], b[6]), Posted: maybe(b[4], b[6]>>1), Closed: maybe(b[5], b[6]>>2),
		Flags: ledger.Flags(b[6] >> 3 & 7), Held: int32(b[7]>>1) * int32(b[7]&1),
	}
}

// FuzzReport holds all doors of the report to the reference.
func FuzzReport(f *testing.F) {
	f.Add(byte(0), byte(0), byte(0), int8(0), []byte{})
	f.Add(byte(1), byte(60), byte(0x35), int8(15), []byte("0123456789abcdef0123456789ABCDEFfedcba9876543210"))
	f.Add(byte(0), byte(30), byte(0x36), int8(-7), []byte("0123456789abcdef0123456789ABCDEFfedcba9876543210"))
	f.Add(byte(2), byte(90), byte(0x20), int8(0), []byte("\x00\x01\x02\x03\x04\x05\x06\x07\xff\xff\xff\xff\xff\xff\xff\x7f\x00\x01\x02\x03\x04\x05\x06\x07\xff\xff\xff\xff\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, basis, edge, choices byte, aged int8, data []byte) {
		set, err := bucket.FromEdges(-int(edge)-1, int(edge)/2, int(edge))
		if err != nil {
			set = bucket.Standard()
		}
		opt := aging.Options{
			AsOf: day("2026-06-30"), AgedAsOf: day("2026-06-30") + ar.Date(aged), Buckets: set, Basis: aging.Basis(basis % 3),
			Exclude: ledger.Flags(choices & 3), Apart: ledger.Flags(choices >> 2 & 3), Receipts: choices&0x20 > 0,
		}
		opt.Adjusted = opt.Basis == aging.DueDate && choices&0x10 > 0
		var items []ledger.Item
		for ; len(data) >= 16; data = data[16:] {
			items = append(items, fuzzed(data))
		}
		want := referenceOf(t, items, opt)
		for _, compute := range []func() (*aging.Report, error){
			func() (*aging.Report, error) { return aging.Compute(items, opt) },
			func() (*aging.Report, error) { return aging.ComputeSeq(ledger.Items(items), opt) },
			func() (*aging.Report, error) {
				book, err := aging.NewBook(items, opt)
				if err != nil {
					require.ErrorIs(t, err, aging.ErrBasis)
					return aging.Compute(items, opt)
				}
				return book.Report(), nil
			},
		} {
			r, err := compute()
			require.NoError(t, err)
			want.check(t, r)
		}
		columns, kept := columnsOf(items)
		fromItems, err := aging.Compute(kept, opt)
		require.NoError(t, err)
		fromColumns, err := aging.ComputeColumns(columns, opt)
		require.NoError(t, err)
		require.Empty(t, gocmp.Diff(fromItems, fromColumns))
	})
}
