package ledger_test

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

func TestItemIsSmall(t *testing.T) {
	require.LessOrEqual(t, unsafe.Sizeof(ledger.Item{}), uintptr(96), "reports stream millions of items")
}

func TestItemValidate(t *testing.T) {
	good := ledger.Item{Customer: "C1", Number: "7", Date: ar.MustDate("2026-06-01"), Outstanding: ar.MustMoney("1.00 EUR")}
	require.NoError(t, good.Validate())

	prepaid := good
	prepaid.Due = ar.MustDate("2026-05-01")
	require.NoError(t, prepaid.Validate(), "a due date before the document date is no fault")

	bad := ledger.Item{Number: "7", Date: ar.MaxDate + 1, Posted: -1, Due: -1, Closed: -1}
	err := bad.Validate()
	require.EqualError(t, err, `item "7" of customer "": no customer ID
item "7" of customer "": no valid document date
item "7" of customer "": posting date Date(-1): not a valid date
item "7" of customer "": due date Date(-1): not a valid date
item "7" of customer "": closed date Date(-1): not a valid date`)
	for _, want := range []error{ledger.ErrNoCustomer, ledger.ErrNoDate, ledger.ErrBadDate} {
		require.ErrorIs(t, err, want)
	}

	turned := good
	turned.Held = -1
	require.EqualError(t, turned.Validate(), `item "7" of customer "C1": -1: held days are 0 or more`)
	require.ErrorIs(t, turned.Validate(), ledger.ErrHeld)

	early := good
	early.Closed = ar.MustDate("2026-05-31")
	require.EqualError(t, early.Validate(), `item "7" of customer "C1": 2026-05-31: closed before its document date 2026-06-01`)
	require.ErrorIs(t, early.Validate(), ledger.ErrClosedEarly)
}

func TestDatesDefaultToTheDocuments(t *testing.T) {
	it := ledger.Item{Date: ar.MustDate("2026-06-01")}
	require.Equal(t, it.Date, it.DueDate())
	require.Equal(t, it.Date, it.PostingDate())
	it.Due, it.Posted = ar.MustDate("2026-07-01"), ar.MustDate("2026-06-02")
	require.Equal(t, ar.MustDate("2026-07-01"), it.DueDate())
	require.Equal(t, ar.MustDate("2026-06-02"), it.PostingDate())
}

func TestFlags(t *testing.T) {
	f := ledger.Disputed | ledger.Footnote
	require.True(t, f.Has(ledger.Disputed))
	require.True(t, f.Has(ledger.Disputed|ledger.Footnote))
	require.False(t, f.Has(ledger.OnHold))
	require.False(t, f.Has(ledger.Disputed|ledger.OnHold))
}

func TestItemsStopsWhenAsked(t *testing.T) {
	seen := 0
	for _, err := range ledger.Items(make([]ledger.Item, 5)) {
		require.NoError(t, err)
		if seen++; seen == 2 {
			break
		}
	}
	require.Equal(t, 2, seen)
}

func TestCustomerValidate(t *testing.T) {
	require.NoError(t, ledger.Customer{ID: "C1"}.Validate())
	err := ledger.Customer{Name: "Birch"}.Validate()
	require.EqualError(t, err, `customer named "Birch": no customer ID`)
	require.ErrorIs(t, err, ledger.ErrNoCustomer)
}
