package allocation

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

// TestTwoWaysToSort: rows whose keys do not fit 64 bits are sorted as the others
// are.
func TestTwoWaysToSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]int32{0, 3, 1 << 12, 1<<31 - 1}).Draw(t, "most")
		span := rapid.SampledFrom([]int{0, 5, 5000, int(ar.MaxDate - ar.MinDate)}).Draw(t, "span")
		var c Columns
		for range rapid.IntRange(1, 40).Draw(t, "rows") {
			c.Account = append(c.Account, rapid.Int32Range(0, most).Draw(t, "account"))
			c.Date = append(c.Date, ar.MinDate+ar.Date(rapid.IntRange(0, span).Draw(t, "date")))
			c.Minor = append(c.Minor, 1)
		}
		var packed, compared order
		require.NoError(t, packed.take(&c))
		compared.records = make([]record, len(c.Minor))
		compared.sortByComparing(&c)
		for i := range c.Minor {
			require.Equal(t, compared.row(i), packed.row(i))
			require.Equal(t, compared.account(i), packed.account(i))
		}
	})
}

// TestKeysThatDoNotFit has 4,096 rows: 31 bits of account, 22 of date and 12 of
// row are 65.
func TestKeysThatDoNotFit(t *testing.T) {
	var c Columns
	for row := range 4096 {
		c.Account = append(c.Account, 1<<31-1-int32(row/2))
		c.Date = append(c.Date, ar.MaxDate)
		c.Minor = append(c.Minor, 1)
	}
	c.Date[4095] = ar.MinDate
	var o order
	require.NoError(t, o.take(&c))
	require.Equal(t, uint64(1<<32-1), o.mask)
	require.Equal(t, []int32{4095, 4094, 4092, 4093}, []int32{o.row(0), o.row(1), o.row(2), o.row(3)})
}
