package main

import (
	"slices"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
)

func TestWorkloadIsAlwaysTheSame(t *testing.T) {
	for _, o := range []order{byCustomer, randomOrder} {
		first, second := newWorkload(3000, o), newWorkload(3000, o)
		require.Equal(t, first, second)
	}
}

func TestWorkloadHasTheSameItemsInBothOrders(t *testing.T) {
	type item struct {
		customer int32
		due      ar.Date
		cents    int64
	}
	items := func(w *workload) map[item]int {
		count := map[item]int{}
		for i, c := range w.customer {
			count[item{c, w.due[i], w.cents[i]}]++
		}
		return count
	}
	sorted, shuffled := newWorkload(3000, byCustomer), newWorkload(3000, randomOrder)
	require.True(t, slices.IsSorted(sorted.customer))
	require.False(t, slices.IsSorted(shuffled.customer))
	require.Equal(t, items(sorted), items(shuffled))
	require.Equal(t, sorted.want, shuffled.want)
}

func TestWorkloadIsWhatItsConstantsSay(t *testing.T) {
	const n = 200_000
	w := newWorkload(n, randomOrder)
	require.Len(t, w.customer, n)
	require.Equal(t, n/20, w.customers)

	// As of 2024-06-30: 60 days ahead is 29 August, 400 days back is in 2023.
	require.Equal(t, ar.MustDate("2024-08-29"), slices.Max(w.due))
	require.Equal(t, ar.MustDate("2023-05-27"), slices.Min(w.due))
	require.GreaterOrEqual(t, slices.Min(w.cents), int64(1))
	require.LessOrEqual(t, slices.Max(w.cents), int64(9_999_999))
	require.Greater(t, slices.Max(w.cents), int64(9_990_000))

	items := make([]int, w.customers)
	for _, c := range w.customer {
		items[c]++
	}
	require.GreaterOrEqual(t, slices.Min(items), 1)
	require.Greater(t, slices.Max(items), 100*20, "a hundred times the average")
	require.Less(t, slices.Max(items), n/20, "no customer has a twentieth of all")
	slices.Sort(items)
	require.Less(t, items[len(items)/2], 10, "most customers have few items")
}

func TestCustomerIDs(t *testing.T) {
	require.Equal(t, "C0004711", customerID(4711))
	number, err := customerNumber("C0004711")
	require.NoError(t, err)
	require.Equal(t, int32(4711), number)
	for _, bad := range []string{"", "4711", "C", "C47x1"} {
		_, err := customerNumber(bad)
		require.Error(t, err, bad)
	}

	w := newWorkload(300, byCustomer)
	id := w.separateIDs()
	for i, c := range w.customer {
		require.Equal(t, customerID(c), id(i))
	}
}

func TestItemsAreThoseOfTheColumns(t *testing.T) {
	w := newWorkload(3000, byCustomer)
	separate, err := w.separateItems()
	require.NoError(t, err)
	shared, err := w.sharedItems()
	require.NoError(t, err)
	require.Len(t, separate, 3000)
	require.Len(t, shared, 3000)
	for i := range separate {
		it := separate[i]
		require.NoError(t, it.Validate())
		require.LessOrEqual(t, it.Date, w.asOf, "an item of the future would be left out")
		require.Equal(t, customerID(w.customer[i]), it.Customer)
		require.Equal(t, w.due[i], it.DueDate())
		minor, ok := it.Outstanding.Minor()
		require.True(t, ok)
		require.Equal(t, w.cents[i], minor)
		require.Equal(t, it.Customer, shared[i].Customer)
		require.Equal(t, it.Due, shared[i].Due)
		require.True(t, it.Outstanding.Equal(shared[i].Outstanding))
	}

	// Items 0 and 1 of the largest customer: two strings, or one.
	i := slices.Index(w.customer, largest(w))
	text := func(s string) *byte { return unsafe.StringData(s) }
	require.NotSame(t, text(separate[i].Customer), text(separate[i+1].Customer))
	require.Same(t, text(shared[i].Customer), text(shared[i+1].Customer))
}

func largest(w *workload) int32 {
	items := make([]int, w.customers)
	for _, c := range w.customer {
		items[c]++
	}
	return int32(slices.Index(items, slices.Max(items)))
}
