package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// twoCustomers are the facts of Birch and of Cedar, mixed.
func twoCustomers() ([]ledger.Customer, ledger.Facts) {
	f := good()
	of := func(d ledger.Document) ledger.Document {
		d.Customer = "C2"
		return d
	}
	f.Documents = append(
		f.Documents,
		of(doc(ledger.Invoice, "I8", "2026-06-03", "10.00 EUR")),
		of(doc(ledger.Payment, "P8", "2026-06-05", "10.00 EUR")),
	)
	f.Allocations = append([]ledger.Allocation{alloc("A8", "P8", "I8", "4.00 EUR")}, f.Allocations...)
	f.Reversals = []ledger.Reversal{{Allocation: "A8", Date: ar.MustDate("2026-06-12")}}
	f.Redates = []ledger.Redate{{Document: "P8", Revision: 1, Date: ar.MustDate("2026-06-06")}}
	f.Statuses = []ledger.Status{{Document: "I8", Date: ar.MustDate("2026-06-06"), Flags: ledger.Disputed}}
	return []ledger.Customer{{ID: "C0"}, birch, {ID: "C2"}}, f
}

func TestAccountsAreThoseOfEachCustomer(t *testing.T) {
	customers, f := twoCustomers()
	accounts, err := ledger.Accounts(customers, f, nil)
	require.NoError(t, err)
	require.Len(t, accounts, 3)
	asOf := ar.MustDate("2026-06-11")
	require.Empty(t, openOn(t, accounts[0], asOf))
	require.Equal(t, lines(t, account(good()), asOf), lines(t, accounts[1], asOf))
	require.Equal(t, map[string]int64{"I8": 600, "P8": -600}, openOn(t, accounts[2], asOf))
	require.Equal(t, map[string]int64{"I8": 1000}, openOn(t, accounts[2], ar.MustDate("2026-06-05")))
	require.Equal(t, map[string]int64{"I8": 1000, "P8": -1000}, openOn(t, accounts[2], ar.MustDate("2026-06-12")))

	var numbers []string
	for item, err := range ledger.ItemsOf(accounts, asOf) {
		require.NoError(t, err)
		numbers = append(numbers, item.Customer+" "+item.Number)
	}
	require.Equal(t, []string{"C1 I1", "C1 I2", "C1 I2", "C1 U1", "C2 I8", "C2 P8"}, numbers)
	for _, err := range ledger.ItemsOf(accounts, 0) {
		require.ErrorIs(t, err, ledger.ErrBadDate)
	}
}

func TestAccountsReportsEveryFault(t *testing.T) {
	customers, f := twoCustomers()
	customers = append(customers, ledger.Customer{ID: "C0"})
	lost := doc(ledger.Invoice, "I6", "2026-06-03", "1.00 EUR")
	lost.Customer = "C6"
	taken := doc(ledger.Invoice, "I8", "2026-06-03", "1.00 EUR") // C1's
	f.Documents = append(f.Documents, lost, taken)
	f.Allocations = append(
		f.Allocations,
		alloc("A2", "P2", "I8", "1.00 EUR"), // across customers
		alloc("A8", "P2", "I1", "1.00 EUR"), // C2 has an A8
		alloc("A3", "P2", "I7", "1.00 EUR"), // unknown
		alloc("A4", "P2", "I6", "1.00 EUR"), // to the lost one
		alloc("A5", "P8", "I8", "9.00 EUR"), // 13.00 of 10.00
	)
	f.Reversals = append(f.Reversals, ledger.Reversal{Allocation: "A7", Date: 1})
	accounts, err := ledger.Accounts(customers, f, nil)
	require.Nil(t, accounts)
	require.EqualError(t, err, `customer "C0": duplicate ID
invoice "I6" of 2026-06-03 for 1.00 EUR: no such customer: "C6"
invoice "I8" of 2026-06-03 for 1.00 EUR: duplicate ID: invoice "I8" of 2026-06-03 for 10.00 EUR of customer "C2" has it
allocation "A2" of 1.00 EUR from "P2" to "I8": payment "P2" of 2026-06-12 for 200.00 EUR of customer "C1" to invoice "I8" of 2026-06-03 for 10.00 EUR: of another customer, "C2"
allocation "A8" of 1.00 EUR from "P2" to "I1": duplicate ID: allocation "A8" of 4.00 EUR from "P8" to "I8" of another customer has it
allocation "A3" of 1.00 EUR from "P2" to "I7": no such document: "I7"; there is payment "P2" of 2026-06-12 for 200.00 EUR
reversal of allocation "A7" on 0001-01-01: no such allocation
invoice "I8" of 2026-06-03 for 10.00 EUR: more is applied than its amount: 13.00 EUR on 2026-06-06, by allocation "A5" of 9.00 EUR from "P8" to "I8"; allocation "A8" of 4.00 EUR from "P8" to "I8"
payment "P8" of 2026-06-05 for 10.00 EUR: more is applied than its amount: 13.00 EUR on 2026-06-06, by allocation "A5" of 9.00 EUR from "P8" to "I8"; allocation "A8" of 4.00 EUR from "P8" to "I8"`)
}

func TestAccountsOfNobody(t *testing.T) {
	accounts, err := ledger.Accounts(nil, ledger.Facts{}, nil)
	require.NoError(t, err)
	require.Empty(t, accounts)
}
