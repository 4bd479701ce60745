package allocation_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// mixed is an account of three currencies on 10 June, with an invoice of two
// parts, and one of 20 June.
func mixed() *ledger.Account {
	parts := doc(ledger.Invoice, "I2", "2026-06-02", "30.00 EUR")
	parts.Parts = []ledger.Part{
		{Due: june(12), Amount: ar.MustMoney("10.00 EUR")}, {Due: june(25), Amount: ar.MustMoney("20.00 EUR")},
	}
	return account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), parts,
		doc(ledger.Invoice, "I3", "2026-06-20", "70.00 EUR"), doc(ledger.Invoice, "U1", "2026-06-01", "50.00 USD"),
		doc(ledger.Payment, "P1", "2026-06-10", "200.00 EUR"), doc(ledger.Payment, "P2", "2026-06-20", "200.00 EUR"),
	)
}

func TestBadOptions(t *testing.T) {
	specify := func(credit, debit string, part int, amount string) func(*allocation.Options) {
		return func(o *allocation.Options) {
			o.Specified = append(o.Specified, allocation.Specified{
				Credit: credit, Debit: debit, Part: part, Amount: ar.MustMoney(amount),
			})
		}
	}
	settling := func(s allocation.Settling, err error) func(*allocation.Options) {
		return func(o *allocation.Options) {
			o.Settling = func(*ledger.Entry) (allocation.Settling, error) { return s, err }
		}
	}
	rates := func(rates ...allocation.Rate) func(*allocation.Options) {
		return func(o *allocation.Options) { o.Rates = rates }
	}
	eur, usd := ar.MustCurrency("EUR"), ar.MustCurrency("USD")
	offer := func(amount string) duedate.Offers {
		return duedate.Offers{{By: june(11), Amount: ar.MustMoney(amount)}}
	}
	failure := errors.New("no such terms")
	for _, test := range []struct {
		spoil func(*allocation.Options)
		is    error
		says  string
	}{
		{func(o *allocation.Options) { o.Date = 0 }, ledger.ErrBadDate, "allocation on"},
		{specify("P1", "I9", 0, "1.00 EUR"), allocation.ErrNotOpen, `1.00 EUR from "P1" to "I9": debit "I9" on 2026-06-10`},
		{specify("P9", "I1", 0, "1.00 EUR"), allocation.ErrNotOpen, `1.00 EUR from "P9" to "I1": credit "P9" on 2026-06-10`},
		{specify("P1", "I2", 3, "1.00 EUR"), allocation.ErrNotOpen, `1.00 EUR from "P1" to "I2" part 3 on 2026-06-10`},
		{specify("P1", "I3", 0, "1.00 EUR"), ledger.ErrTooEarly, `before invoice "I3" of 2026-06-20 for 70.00 EUR`},
		{specify("P2", "I1", 0, "1.00 EUR"), ledger.ErrTooEarly, `before payment "P2" of 2026-06-20 for 200.00 EUR`},
		{specify("I1", "I2", 0, "1.00 EUR"), ledger.ErrSides, `credit "I1"`},
		{specify("P1", "P1", 0, "1.00 EUR"), ledger.ErrSides, `debit "P1"`},
		{specify("P1", "I1", 0, "0.00 EUR"), ledger.ErrNotPositive, `0.00 EUR from "P1" to "I1" on 2026-06-10`},
		{specify("P1", "I1", 0, "-1.00 EUR"), ledger.ErrNotPositive, `-1.00 EUR from "P1" to "I1" on 2026-06-10`},
		{specify("P1", "I1", 0, "100.01 EUR"), ledger.ErrOverApplied, `on 2026-06-10: more is applied than its amount: 100.00 EUR is open of invoice "I1"`},
		{specify("P1", "I2", 2, "20.01 EUR"), ledger.ErrOverApplied, `20.00 EUR is open of invoice "I2"`},
		{specify("P1", "I2", 0, "30.01 EUR"), ledger.ErrOverApplied, `30.00 EUR is open of invoice "I2"`},
		{specify("P1", "I1", 0, "201.00 EUR"), ledger.ErrOverApplied, `200.00 EUR is left of payment "P1"`},
		{func(o *allocation.Options) { // the second is one too many
			specify("P1", "I1", 0, "60.00 EUR")(o)
			specify("P1", "I1", 0, "60.00 EUR")(o)
		}, ledger.ErrOverApplied, `40.00 EUR is open of invoice "I1"`},
		{func(o *allocation.Options) { o.Credits = []string{"P9"} }, allocation.ErrNotOpen, `credit "P9"`},
		{func(o *allocation.Options) { o.Credits = []string{"P2"} }, ledger.ErrTooEarly, `credit "P2"`},
		{func(o *allocation.Options) { o.First = []string{"P1"} }, ledger.ErrSides, `debit "P1"`},
		{func(o *allocation.Options) { o.Policies = []allocation.Policy{99} }, nil, "Policy(99) is no policy"},
		{rates(allocation.Rate{From: eur, To: usd}), ledger.ErrRate, "0 from EUR to USD"},
		{rates(allocation.Rate{From: eur, To: eur, Rate: ar.MustRate("1")}), ledger.ErrRate, "from EUR to EUR"},
		{rates(allocation.Rate{From: eur, To: usd, Rate: ar.MustRate("1")}, allocation.Rate{From: eur, To: usd, Rate: ar.MustRate("2")}), ledger.ErrRate, "two rates"},
		{settling(allocation.Settling{}, failure), failure, `settling invoice "I1"`},
		{settling(allocation.Settling{Offers: offer("-1.00 EUR")}, nil), nil, "-1.00 EUR: want 0 or more"},
		{settling(allocation.Settling{Tolerance: allocation.Tolerance{Amount: ar.MustMoney("-0.01 EUR")}}, nil), nil, "want 0 or more"},
		{settling(allocation.Settling{Tolerance: allocation.Tolerance{Percent: ar.MustPercent("-1")}}, nil), nil, "want 0 or more"},
		{settling(allocation.Settling{Grace: -1}, nil), nil, "-1 days of grace"},
		{settling(allocation.Settling{Late: 3}, nil), nil, "Late 3, Partial 0, Rest 0: not all are defined"},
		{settling(allocation.Settling{Partial: 2}, nil), nil, "Partial 2"},
		{settling(allocation.Settling{Rest: 4}, nil), nil, "Rest 4"},
	} {
		o := allocation.Options{Date: june(10), Auto: true}
		test.spoil(&o)
		a := mixed()
		before := openText(a, june(30))
		p, err := allocation.New(must(a.Available(june(10))), o)
		require.ErrorContains(t, err, test.says)
		if test.is != nil {
			require.ErrorIs(t, err, test.is)
		}
		require.Nil(t, p)
		require.Equal(t, before, openText(a, june(30)), "the account is left as it was")
	}
}

func TestCurrenciesNeedARate(t *testing.T) {
	var mismatch *ar.MismatchError
	for amount, says := range map[string]string{
		"10.00 USD": `from payment "P1" of 2026-06-10 for 200.00 EUR to invoice "U1" of 2026-06-01 for 50.00 USD: currencies differ: EUR and USD, and there is no rate`,
		"10.00 EUR": `invoice "U1" of 2026-06-01 for 50.00 USD: currencies differ: EUR and USD`,
	} {
		_, err := allocation.New(must(mixed().Available(june(10))), allocation.Options{
			Date:      june(10),
			Specified: []allocation.Specified{{Credit: "P1", Debit: "U1", Amount: ar.MustMoney(amount)}},
		})
		require.ErrorAs(t, err, &mismatch)
		require.ErrorContains(t, err, says)
	}
}

func TestBadEntries(t *testing.T) {
	invoice, payment := doc(ledger.Invoice, "I1", "2026-06-01", "9.00 EUR"), doc(ledger.Payment, "P1", "2026-06-01", "9.00 EUR")
	other := invoice
	other.Customer = "C2"
	owed, paid := ar.MustMoney("9.00 EUR"), ar.MustMoney("-9.00 EUR")
	entry := func(d *ledger.Document, part int, m ar.Money) ledger.Entry {
		return ledger.Entry{Document: d, Part: part, Date: june(1), Due: june(1), Outstanding: m}
	}
	undated := entry(&invoice, 0, owed)
	undated.Date = 0
	for _, test := range []struct {
		open []ledger.Entry
		is   error
		says string
	}{
		{[]ledger.Entry{{}}, allocation.ErrEntry, "entry 1 of 1"},
		{[]ledger.Entry{undated}, allocation.ErrEntry, `invoice "I1"`},
		{[]ledger.Entry{entry(&invoice, 0, paid)}, allocation.ErrEntry, "open for -9.00 EUR"},
		{[]ledger.Entry{entry(&payment, 0, owed)}, allocation.ErrEntry, "open for 9.00 EUR"},
		{[]ledger.Entry{entry(&payment, 1, paid)}, allocation.ErrEntry, `payment "P1"`},
		{[]ledger.Entry{entry(&invoice, 0, ar.Money{})}, allocation.ErrEntry, "open for 0"},
		{[]ledger.Entry{entry(&invoice, 1, owed), entry(&invoice, 1, owed)}, ledger.ErrDuplicateID, `invoice "I1" of 2026-06-01 for 9.00 EUR, part 1`},
		{[]ledger.Entry{entry(&payment, 0, paid), entry(&other, 0, owed)}, ledger.ErrOtherCustomer, `"C2", and the first entry is of "C1"`},
	} {
		_, err := allocation.New(test.open, allocation.Options{Date: june(1), Auto: true})
		require.ErrorIs(t, err, test.is)
		require.ErrorContains(t, err, test.says)
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, err := allocation.New(must(mixed().Available(june(10))), allocation.Options{
		Date: june(10), Credits: []string{"P8"}, First: []string{"I8"},
		Specified: []allocation.Specified{{Credit: "P9", Debit: "I9", Amount: ar.MustMoney("1.00 EUR")}},
	})
	for _, says := range []string{"P8", "I8", "P9", "I9"} {
		require.ErrorContains(t, err, says)
	}
}

// TestFactsOfOtherDays: an account is left as it was by facts that do not fit.
func TestFactsOfOtherDays(t *testing.T) {
	a := three("250.00 EUR")
	p := plan(a, allocation.Options{Date: june(10), Auto: true})
	after := add(a, p.Facts(number))
	_, err := after.Add(p.Facts(number))
	require.ErrorIs(t, err, ledger.ErrDuplicateID, "the same names again")
	_, err = after.Add(p.Facts(func(line int) string { return "again " + number(line) }))
	require.ErrorIs(t, err, ledger.ErrOverApplied, "the same plan again")
	require.ErrorContains(t, err, `payment "P1" of 2026-06-10 for 250.00 EUR`)
}

func TestBadUndo(t *testing.T) {
	a := three("250.00 EUR")
	a = add(a, plan(a, allocation.Options{Date: june(12), Auto: true}).Facts(number))
	undo := allocation.Undo{Date: june(20)}
	for _, test := range []struct {
		f    func(allocation.Undo) (ledger.Facts, error)
		on   int
		is   error
		says string
	}{
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.Reverse(a, u, "A9") }, 20, ledger.ErrUnknownAllocation, `"A9" on 2026-06-20`},
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.Reverse(a, u, "A1") }, 11, ledger.ErrTooEarly, `"A1" of 200.00 EUR`},
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.ReverseCredit(a, u, "P1") }, 11, ledger.ErrTooEarly, "2026-06-12"},
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.ReverseCredit(a, u, "P9") }, 20, ledger.ErrUnknownDocument, "P9"},
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.ReverseCredit(a, u, "I1") }, 20, allocation.ErrNotApplied, `invoice "I1"`},
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.Bounce(a, u, "P9") }, 20, ledger.ErrUnknownDocument, "P9"},
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.Bounce(a, u, "I1") }, 20, ledger.ErrNotPayment, `invoice "I1"`},
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.Bounce(a, u, "P1") }, 9, ledger.ErrTooEarly, "dated 2026-06-10"},
		{func(u allocation.Undo) (ledger.Facts, error) { return allocation.Bounce(a, u, "P1") }, 20, ledger.ErrNoID, "refund"},
	} {
		undo.Date = june(test.on)
		_, err := test.f(undo)
		require.ErrorIs(t, err, test.is)
		require.ErrorContains(t, err, test.says)
	}
	again := add(a, must(allocation.Reverse(a, allocation.Undo{Date: june(20)}, "A1")))
	_, err := allocation.Reverse(again, allocation.Undo{Date: june(21)}, "A1")
	require.ErrorIs(t, err, ledger.ErrReversedTwice)
}
