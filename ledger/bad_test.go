package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// good are facts that fit together. Invoice I1 has 40.00 open from 10 June on.
func good() ledger.Facts {
	parts := doc(ledger.Invoice, "I2", "2026-06-05", "90.00 EUR")
	parts.Parts = []ledger.Part{
		{Due: ar.MustDate("2026-07-01"), Amount: ar.MustMoney("45.00 EUR")},
		{Due: ar.MustDate("2026-08-01"), Amount: ar.MustMoney("45.00 EUR")},
	}
	return ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			parts,
			doc(ledger.Invoice, "U1", "2026-06-03", "50.00 USD"),
			doc(ledger.Payment, "P1", "2026-06-10", "60.00 EUR"),
			doc(ledger.Payment, "P2", "2026-06-12", "200.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "60.00 EUR")},
	}
}

// Each bad fact is refused when it is added to an account that is otherwise
// good, and when all facts are taken together in one; the account is left as it
// was.
func TestEveryBadFactIsRefused(t *testing.T) {
	on := func(x ledger.Allocation, date string) ledger.Allocation {
		x.Date = ar.MustDate(date)
		return x
	}
	part := func(x ledger.Allocation, part int) ledger.Allocation {
		x.Part = part
		return x
	}
	exchange := func(x ledger.Allocation, taken, rate string) ledger.Allocation {
		x.Taken, x.Rate = ar.MustMoney(taken), ar.MustRate(rate)
		return x
	}
	change := func(d ledger.Document, change func(*ledger.Document)) ledger.Document {
		change(&d)
		return d
	}
	invoice := doc(ledger.Invoice, "I9", "2026-06-20", "10.00 EUR")
	documents := func(d ...ledger.Document) ledger.Facts { return ledger.Facts{Documents: d} }
	allocations := func(x ...ledger.Allocation) ledger.Facts { return ledger.Facts{Allocations: x} }
	reversals := func(r ...ledger.Reversal) ledger.Facts { return ledger.Facts{Reversals: r} }
	day := ar.MustDate
	for _, test := range []struct {
		name  string
		facts ledger.Facts
		want  string
		is    error
	}{
		{
			"unknown debit", allocations(alloc("A9", "P2", "I7", "1.00 EUR")),
			`allocation "A9" of 1.00 EUR from "P2" to "I7": no such document: "I7"; there is payment "P2" of 2026-06-12 for 200.00 EUR`, ledger.ErrUnknownDocument,
		},
		{
			"unknown credit", allocations(alloc("A9", "P7", "I1", "1.00 EUR")),
			`allocation "A9" of 1.00 EUR from "P7" to "I1": no such document: "P7"; there is invoice "I1" of 2026-06-03 for 100.00 EUR`, ledger.ErrUnknownDocument,
		},
		{
			"more than is open of the debit", allocations(alloc("A9", "P2", "I1", "40.01 EUR")),
			`invoice "I1" of 2026-06-03 for 100.00 EUR: more is applied than its amount: 100.01 EUR on 2026-06-12, by allocation "A1" of 60.00 EUR from "P1" to "I1"; allocation "A9" of 40.01 EUR from "P2" to "I1"`, ledger.ErrOverApplied,
		},
		{
			"more than is open of the credit", allocations(on(alloc("A9", "P1", "I2", "0.01 EUR"), "2026-06-30")),
			`payment "P1" of 2026-06-10 for 60.00 EUR: more is applied than its amount: 60.01 EUR on 2026-06-30, by allocation "A1" of 60.00 EUR from "P1" to "I1"; allocation "A9" of 0.01 EUR from "P1" to "I2" on 2026-06-30`, ledger.ErrOverApplied,
		},
		{
			"more than the part that it names", allocations(part(alloc("A9", "P2", "I2", "45.01 EUR"), 2)),
			`invoice "I2" of 2026-06-05 for 90.00 EUR: part 2 of 45.00 EUR: more is applied than its amount: 45.01 EUR on 2026-06-12, by allocation "A9" of 45.01 EUR from "P2" to "I2"`, ledger.ErrOverApplied,
		},
		{
			"a part that is not there", allocations(part(alloc("A9", "P2", "I2", "1.00 EUR"), 3)),
			`allocation "A9" of 1.00 EUR from "P2" to "I2": parts do not fit: part 3 of the 2 of invoice "I2" of 2026-06-05 for 90.00 EUR`, ledger.ErrParts,
		},
		{
			"across customers",
			ledger.Facts{
				Documents:   []ledger.Document{change(invoice, func(d *ledger.Document) { d.Customer = "C2" })},
				Allocations: []ledger.Allocation{alloc("A9", "P2", "I9", "1.00 EUR")},
			},
			`invoice "I9" of 2026-06-20 for 10.00 EUR: of another customer: "C2", and the account is that of "C1"
allocation "A9" of 1.00 EUR from "P2" to "I9": payment "P2" of 2026-06-12 for 200.00 EUR of customer "C1" to invoice "I9" of 2026-06-20 for 10.00 EUR: of another customer, "C2"`, ledger.ErrOtherCustomer,
		},
		{
			"across currencies without a rate", allocations(alloc("A9", "P2", "U1", "1.00 USD")),
			`allocation "A9" of 1.00 USD from "P2" to "U1": from payment "P2" of 2026-06-12 for 200.00 EUR to invoice "U1" of 2026-06-03 for 50.00 USD: currencies differ: EUR and USD, and there is no rate`, nil,
		},
		{
			"an amount in the credit's currency", allocations(alloc("A9", "P2", "U1", "1.00 EUR")),
			`allocation "A9" of 1.00 EUR from "P2" to "U1": invoice "U1" of 2026-06-03 for 50.00 USD: currencies differ: EUR and USD`, nil,
		},
		{
			"a rate that leads elsewhere", allocations(exchange(alloc("A9", "P2", "U1", "1.10 USD"), "1.00 EUR", "1.0842")),
			`allocation "A9" of 1.10 USD from "P2" to "U1": the rate does not fit: 1.00 EUR of payment "P2" of 2026-06-12 for 200.00 EUR at 1.0842 is not 1.10 USD`, ledger.ErrRate,
		},
		{
			"a rate without an amount", allocations(exchange(alloc("A9", "P2", "U1", "1.00 USD"), "0.00 EUR", "1")),
			`allocation "A9" of 1.00 USD from "P2" to "U1": taken 0.00 EUR of payment "P2" of 2026-06-12 for 200.00 EUR at 1: the amount must be positive, and so must the rate`, ledger.ErrNotPositive,
		},
		{
			"taken in a third currency", allocations(exchange(alloc("A9", "P2", "U1", "1.00 USD"), "1.00 GBP", "1")),
			`allocation "A9" of 1.00 USD from "P2" to "U1": taken 1.00 GBP of payment "P2" of 2026-06-12 for 200.00 EUR: currencies differ: GBP and EUR`, nil,
		},
		{
			"a rate within one currency", allocations(exchange(alloc("A9", "P2", "I1", "1.00 EUR"), "1.00 EUR", "1")),
			`allocation "A9" of 1.00 EUR from "P2" to "I1": the rate does not fit: both documents are in EUR`, ledger.ErrRate,
		},
		{
			"booked at a rate below zero", documents(change(invoice, func(d *ledger.Document) { d.Booking = ar.MustRate("-0.9") })),
			`invoice "I9" of 2026-06-20 for 10.00 EUR: booked at -0.9: the rate does not fit: want one above zero, or none`, ledger.ErrRate,
		},
		{
			"dated before the debit", allocations(on(alloc("A9", "P2", "I2", "1.00 EUR"), "2026-06-04")),
			`allocation "A9" of 1.00 EUR from "P2" to "I2" on 2026-06-04: dated before invoice "I2" of 2026-06-05 for 90.00 EUR`, ledger.ErrTooEarly,
		},
		{
			"dated before the credit", allocations(on(alloc("A9", "P2", "I1", "1.00 EUR"), "2026-06-11")),
			`allocation "A9" of 1.00 EUR from "P2" to "I1" on 2026-06-11: dated before payment "P2" of 2026-06-12 for 200.00 EUR`, ledger.ErrTooEarly,
		},
		{
			"dated on no day", allocations(func() ledger.Allocation { x := alloc("A9", "P2", "I1", "1.00 EUR"); x.Date = -1; return x }()),
			`allocation "A9" of 1.00 EUR from "P2" to "I1" on Date(-1): date Date(-1): not a valid date`, ledger.ErrBadDate,
		},
		{
			"a negative allocation", allocations(alloc("A9", "P2", "I1", "-1.00 EUR")),
			`allocation "A9" of -1.00 EUR from "P2" to "I1": the amount must be positive: from payment "P2" of 2026-06-12 for 200.00 EUR to invoice "I1" of 2026-06-03 for 100.00 EUR`, ledger.ErrNotPositive,
		},
		{
			"an allocation of nothing", allocations(alloc("A9", "P2", "I1", "0.00 EUR")),
			`allocation "A9" of 0.00 EUR from "P2" to "I1": the amount must be positive: from payment "P2" of 2026-06-12 for 200.00 EUR to invoice "I1" of 2026-06-03 for 100.00 EUR`, ledger.ErrNotPositive,
		},
		{
			"the wrong way round", allocations(alloc("A9", "I1", "P2", "1.00 EUR")),
			`allocation "A9" of 1.00 EUR from "I1" to "P2": an allocation applies a credit to a debit: from invoice "I1" of 2026-06-03 for 100.00 EUR to payment "P2" of 2026-06-12 for 200.00 EUR`, ledger.ErrSides,
		},
		{
			"an allocation's duplicate ID", allocations(alloc("A1", "P2", "I2", "1.00 EUR")),
			`allocation "A1" of 1.00 EUR from "P2" to "I2": duplicate ID: allocation "A1" of 60.00 EUR from "P1" to "I1" has it`, ledger.ErrDuplicateID,
		},
		{
			"an allocation without ID", allocations(alloc("", "P2", "I2", "1.00 EUR")),
			`allocation "" of 1.00 EUR from "P2" to "I2": no ID`, ledger.ErrNoID,
		},
		{
			"a document's duplicate ID", documents(doc(ledger.Payment, "I1", "2026-06-20", "1.00 EUR")),
			`payment "I1" of 2026-06-20 for 1.00 EUR: duplicate ID: invoice "I1" of 2026-06-03 for 100.00 EUR has it`, ledger.ErrDuplicateID,
		},
		{
			"a negative document", documents(doc(ledger.CreditNote, "N1", "2026-06-20", "-1.00 EUR")),
			`credit-note "N1" of 2026-06-20 for -1.00 EUR: the amount must be positive`, ledger.ErrNotPositive,
		},
		{
			"a document with nothing", documents(ledger.Document{}),
			`Kind(0) "" of  for 0: no ID
Kind(0) "" of  for 0: no customer ID
Kind(0) "" of  for 0: Kind(0): not a kind of document
Kind(0) "" of  for 0: no valid document date
Kind(0) "" of  for 0: the amount must be positive`, ledger.ErrKind,
		},
		{
			"bad dates", documents(change(invoice, func(d *ledger.Document) { d.Posted, d.Due = -1, -2 })),
			`invoice "I9" of 2026-06-20 for 10.00 EUR: posting date Date(-1): not a valid date
invoice "I9" of 2026-06-20 for 10.00 EUR: due date Date(-2): not a valid date`, ledger.ErrBadDate,
		},
		{
			"terms whose calendar is missing", documents(change(invoice, func(d *ledger.Document) { d.Terms = duedate.MustParse("net 30, roll following TARGET") })),
			`invoice "I9" of 2026-06-20 for 10.00 EUR: terms "net 30, roll following TARGET": step "roll following TARGET" from 2026-07-20: calendar "TARGET": no such calendar was given`, duedate.ErrNoCalendar,
		},
		{
			"parts that do not sum", documents(change(invoice, func(d *ledger.Document) {
				d.Parts = []ledger.Part{{day("2026-07-01"), ar.MustMoney("3.33 EUR")}, {day("2026-08-01"), ar.MustMoney("6.66 EUR")}}
			})),
			`invoice "I9" of 2026-06-20 for 10.00 EUR: parts do not fit: they sum to 9.99 EUR`, ledger.ErrParts,
		},
		{
			"bad parts", documents(change(invoice, func(d *ledger.Document) {
				d.Kind, d.Due = ledger.Payment, day("2026-07-01")
				d.Parts = []ledger.Part{{0, ar.MustMoney("0.00 EUR")}, {day("2026-08-01"), ar.MustMoney("1.00 USD")}}
			})),
			`payment "I9" of 2026-06-20 for 10.00 EUR: parts do not fit: only a debit has parts
payment "I9" of 2026-06-20 for 10.00 EUR: parts do not fit: there is a due date besides, 2026-07-01
payment "I9" of 2026-06-20 for 10.00 EUR: part 1: due date : not a valid date
payment "I9" of 2026-06-20 for 10.00 EUR: part 1: 0.00 EUR: the amount must be positive
payment "I9" of 2026-06-20 for 10.00 EUR: part 2: currencies differ: EUR and USD`, ledger.ErrParts,
		},
		{
			"a reversal before its allocation", reversals(ledger.Reversal{Allocation: "A1", Date: day("2026-06-09")}),
			`reversal of allocation "A1" on 2026-06-09: dated before allocation "A1" of 60.00 EUR from "P1" to "I1", which counts from 2026-06-10`, ledger.ErrTooEarly,
		},
		{
			"a reversal of nothing", reversals(ledger.Reversal{Allocation: "A9", Date: day("2026-06-19")}),
			`reversal of allocation "A9" on 2026-06-19: no such allocation`, ledger.ErrUnknownAllocation,
		},
		{
			"a reversal on no day", reversals(ledger.Reversal{Allocation: "A1"}),
			`reversal of allocation "A1" on : not a valid date`, ledger.ErrBadDate,
		},
		{
			"two reversals", reversals(ledger.Reversal{Allocation: "A1", Date: day("2026-06-11")}, ledger.Reversal{Allocation: "A1", Date: day("2026-06-10")}),
			`reversal of allocation "A1" on 2026-06-10: allocation "A1" of 60.00 EUR from "P1" to "I1": reversed twice: on 2026-06-10 and on 2026-06-11`, ledger.ErrReversedTwice,
		},
		{
			"an invoice's new date",
			ledger.Facts{Redates: []ledger.Redate{{Document: "I1", Revision: 1, Date: day("2026-06-04")}}},
			`revision 1 of the date of "I1", to 2026-06-04: neither a payment nor a deposit: invoice "I1" of 2026-06-03 for 100.00 EUR`, ledger.ErrNotPayment,
		},
		{
			"a gap in the revisions",
			ledger.Facts{Redates: []ledger.Redate{{Document: "P1", Revision: 2, Date: day("2026-06-10")}}},
			`revision 2 of the date of "P1", to 2026-06-10: revisions are numbered from 1 without a gap: want 1`, ledger.ErrRevision,
		},
		{
			"a new date that is no day, of nothing",
			ledger.Facts{Redates: []ledger.Redate{{Document: "P1", Revision: 1}, {Document: "P7", Revision: 1}}},
			`revision 1 of the date of "P1", to : not a valid date
revision 1 of the date of "P7", to : no such document: "P7"`, ledger.ErrBadDate,
		},
		{
			"bad statuses",
			ledger.Facts{Statuses: []ledger.Status{{Document: "I7", Date: 1}, {Document: "I1"}, {Document: "U1", Date: 9}, {Document: "U1", Date: 9}}},
			`status of "I7" from 0001-01-01 on: no such document: "I7"
status of "I1" from  on: not a valid date
status of "U1" from 0001-01-09 on: invoice "U1" of 2026-06-03 for 50.00 USD: two statuses from one day on`, ledger.ErrTwoStatuses,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := account(good())
			before := lines(t, a, ar.MaxDate)
			_, err := a.Add(test.facts)
			require.EqualError(t, err, test.want)
			if test.is != nil {
				require.ErrorIs(t, err, test.is)
			} else {
				var mismatch *ar.MismatchError
				require.ErrorAs(t, err, &mismatch)
			}
			var fact *ledger.FactError
			require.ErrorAs(t, err, &fact)
			require.Equal(t, before, lines(t, a, ar.MaxDate), "the account is left as it was")
			require.Equal(t, good(), a.Facts(), "and so are its facts")
		})
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	f := good()
	f.Documents[0].Amount = ar.MustMoney("-5.00 EUR")
	f.Allocations = append(f.Allocations, alloc("A1", "P9", "I9", "0.00 EUR"))
	f.Reversals = []ledger.Reversal{{Allocation: "A7", Date: 1}}
	_, err := ledger.NewAccount(ledger.Customer{ID: ""}, f, nil)
	for _, want := range []error{
		ledger.ErrNoCustomer, ledger.ErrOtherCustomer, ledger.ErrNotPositive,
		ledger.ErrDuplicateID, ledger.ErrUnknownDocument, ledger.ErrUnknownAllocation,
	} {
		require.ErrorIs(t, err, want)
	}
	faults, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok)
	require.Len(t, faults.Unwrap(), 1+1+5+4+1, "no customer, amount of I1, its and four other documents' customer, A1, reversal")
}

func TestAsOfNeedsADay(t *testing.T) {
	a := account(good())
	for _, asOf := range []ar.Date{0, -1, ar.MaxDate + 1} {
		_, err := a.Open(asOf)
		require.ErrorIs(t, err, ledger.ErrBadDate)
		_, err = a.Balance(asOf)
		require.ErrorIs(t, err, ledger.ErrBadDate)
		_, err = a.Explain("I1", asOf)
		require.ErrorIs(t, err, ledger.ErrBadDate)
		for _, err := range a.Items(asOf) {
			require.ErrorIs(t, err, ledger.ErrBadDate)
		}
	}
}

func TestUnknownDocuments(t *testing.T) {
	a := account(good())
	day := ar.MustDate("2026-06-30")
	_, err := a.Explain("I7", day)
	require.EqualError(t, err, `explain "I7": no such document`)
	_, err = a.HeldDays("I7", day, day)
	require.EqualError(t, err, `held days of "I7": no such document`)
	_, err = a.Redate("P7", day, ledger.RedateLimits{})
	require.EqualError(t, err, `re-date "P7": no such document`)
	_, err = a.Adjust(ledger.Adjustment{Debit: "I7", Date: day})
	require.ErrorIs(t, err, ledger.ErrUnknownDocument)
	d, date := a.Document("I7")
	require.Nil(t, d)
	require.Zero(t, date)
}

func TestAdjustRefuses(t *testing.T) {
	a := account(good())
	x := ledger.Adjustment{
		Debit: "I1", Amount: ar.MustMoney("40.01 EUR"), Date: ar.MustDate("2026-06-30"),
		Credit: "J1", Allocation: "A2", Charge: "K1",
	}
	_, err := a.Adjust(x)
	require.ErrorIs(t, err, ledger.ErrOverApplied)
	x.Amount = ar.MustMoney("0.00 EUR")
	_, err = a.Adjust(x)
	require.ErrorIs(t, err, ledger.ErrNotPositive, "zero of a currency is not all that is open")
	x.Amount = ar.Money{}
	x.Credit = "I1"
	_, err = a.Adjust(x)
	require.ErrorIs(t, err, ledger.ErrDuplicateID)
	x.Date = ar.MustDate("2026-06-02")
	_, err = a.Adjust(x)
	require.EqualError(t, err, `adjust invoice "I1" of 2026-06-03 for 100.00 EUR as of 2026-06-02: nothing is open`)
	x.Debit, x.Date, x.Credit = "P2", ar.MustDate("2026-06-30"), "J1"
	_, err = a.Adjust(x)
	require.ErrorIs(t, err, ledger.ErrSides)
	require.NotErrorIs(t, err, ledger.ErrNothingOpen)
}
