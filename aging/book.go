package aging

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// Book is a live aged book: a set of items whose aged report is always at hand.
// Items are added, changed and removed, and the as-of date moves forward or
// back; that costs what it changes, not what the book holds. The full report of
// any other day is one pass over two columns.
//
// A Book ages by due date and the calendar. Of an item it keeps what a report
// needs, about 50 bytes, of a removed one the Handle, and a row for good. It
// knows what is outstanding, disputed and on hold now, and not what was on other
// days. Where a dispute or a hold begins or ends, remove the item and add it
// anew.
//
// Where Options.AgedAsOf is not the as-of date, it stays as many days from it
// when the as-of date moves.
//
// It is not safe for concurrent use, but that the methods which change nothing
// may run side by side: Len, Outstanding, Report and ReportAt.
//
// # Guarantees
//
//   - Report is Equal to what Compute makes of the items as they are now, and
//     ReportAt to what Compute makes of them as of its day, by the options of
//     that report.
//   - A method that returns an error leaves the book as it was.
type Book struct {
	set    bucket.Set // as given; that of live is resolved
	live   Report
	groups *kernel.Groups // the rows of live
	tune   tuning

	cols   itemColumns
	due    dueDays
	dated  daily[Handle] // by document date; may list some that are gone
	closed daily[Handle] // by closed date, likewise
	wide   map[Handle]ar.Money
	marked map[Handle]mark // of those that Options.Exclude and Apart may concern

	weight  weight // of all amounts that are not in wide
	zeros   int    // items of which nothing is outstanding
	credits int    // items of less than that
	loose   int    // items added and removed since regroup
	touched int    // how often the last Roll looked at an item, for the test that counts that
}

// Handle names an item of a Book. No two items of a book have the same one, not
// even when one of them is gone.
type Handle int32

// Errors of a Book.
var (
	// ErrNoItem: the book has no item of that Handle, or no longer.
	ErrNoItem = errors.New("no such item in the book")
	// ErrBookFull: there are no more Handles.
	ErrBookFull = fmt.Errorf("a book takes no more than %d items in its life", maxItems)
	// ErrBookReport: the report of a book is not to be written over.
	ErrBookReport = errors.New("the report of a book, as Report returns it, cannot be written over")
)

// maxItems leaves as many positions for the places of empty rows.
const maxItems = math.MaxInt32 / 2

// tuning says from where on which way is the faster. All ways lead to the same.
type tuning struct {
	share int // items that are worth a goroutine
	piece int // of the items that goroutines take by turns: the length is a multiple
	loose int // the fraction of items that may be loose, 1 in so many
	apart int // the fraction of items that a report takes off again
	roll  int // the fraction of items that Roll moves one by one
}

func usual() tuning { return tuning{share: minShare, piece: stretch, loose: 16, apart: 100, roll: 8} }

// NewBook returns the book of some items; the item at i gets the Handle i. It
// keeps nothing of the slice but what rows stand for, such as customer IDs.
//
// The options are those of Compute. A Basis other than DueDate, and adjusted
// days, which change from day to day by holds that a book knows nothing of, are
// ErrBasis, and the first item that is invalid is an error as there. Workers are
// for reports and for Roll; NewBook uses one goroutine.
func NewBook(items []ledger.Item, opt Options) (*Book, error) {
	return newBook(items, opt, usual())
}

func newBook(items []ledger.Item, opt Options, tune tuning) (*Book, error) {
	set := opt.Buckets
	opt, err := opt.resolved()
	if err != nil {
		return nil, err
	}
	if opt.Basis != DueDate {
		return nil, fmt.Errorf("a book %w; Compute does by %s date", ErrBasis, opt.Basis)
	}
	if opt.Adjusted {
		return nil, fmt.Errorf("a book %w and the calendar; Compute does by adjusted days", ErrBasis)
	}
	if len(items) > maxItems {
		return nil, ErrBookFull
	}
	report := opt.Progress
	b := &Book{set: set, groups: kernel.NewGroups(), tune: tune}
	b.live = *newReport(opt)
	b.live.sparse, b.live.live = true, true
	b.live.credits = true // any payment may bring the first one
	if err := b.takeAll(items, report); err != nil {
		return nil, err
	}
	b.regroup()
	b.fill(&b.live, b.due.cells)
	return b, nil
}

// takeAll puts items into the columns and nowhere else.
func (b *Book) takeAll(items []ledger.Item, report func(items int) error) error {
	done := progress{report: report}
	b.cols.reserve(len(items))
	var rows [kernel.Batch]int32
	for first := 0; first < len(items); first += kernel.Batch {
		batch := items[first:min(first+kernel.Batch, len(items))]
		for i := range batch {
			if err := checkItem(&batch[i]); err != nil {
				return fmt.Errorf("item %d: %w", first+i, err)
			}
		}
		b.findRows(batch, rows[:])
		for i := range batch {
			b.take(&batch[i], rows[i])
		}
		if err := done.add(len(batch)); err != nil {
			return err
		}
	}
	return done.end()
}

// findRows sets rows to those of at most kernel.Batch items, some perhaps new.
func (b *Book) findRows(items []ledger.Item, rows []int32) {
	var words [kernel.Batch]uint64
	var metas [kernel.Batch]uint32
	key := func(i int) string { return b.live.opt.Group.Key(&items[i]) }
	for i := range items {
		words[i], metas[i] = b.groups.Encode(key(i), b.tag(items[i].Outstanding.Currency()))
	}
	n := len(items)
	b.groups.Find(words[:n], metas[:n], rows[:n], key)
	b.live.keys, b.live.tags = b.groups.All()
}

// tag returns the index of a currency.
func (b *Book) tag(cur ar.Currency) uint32 {
	i := slices.Index(b.live.currencies, cur)
	if i < 0 {
		i = len(b.live.currencies)
		b.live.currencies = append(b.live.currencies, cur)
	}
	return uint32(i)
}

// Len returns the number of items, those included that are in no report today.
func (b *Book) Len() int { return b.cols.n }

// Outstanding returns what is outstanding of an item, or ErrNoItem.
func (b *Book) Outstanding(h Handle) (ar.Money, error) {
	pos, err := b.cols.find(h)
	if err != nil {
		return ar.Money{}, err
	}
	return b.money(*b.entry(pos)), nil
}

// entry returns the item at a position as the list of its due day has it. A
// removal may put another item there.
func (b *Book) entry(pos int32) *kernel.Entry {
	return &b.due.lists[b.cols.place[pos].Day()][b.cols.slot[pos]]
}

// money returns what is outstanding of an item.
func (b *Book) money(e kernel.Entry) ar.Money {
	if e.Amount == wideAmount {
		return b.wide[Handle(e.Item)]
	}
	return units(e.Amount, b.currency(e))
}

func (b *Book) currency(e kernel.Entry) ar.Currency {
	return b.live.currencies[b.live.tags[e.Row]]
}

// exact reports whether a sum may leave the range of an int64.
func (b *Book) exact() bool { return !b.live.size.fits() }
