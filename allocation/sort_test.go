package allocation

import (
	"cmp"
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

// rowsInOrder returns the rows of columns in their order, and whether their
// keys were packed whole.
func rowsInOrder(c *Columns) (rows []int32, whole bool) {
	s := side{Columns: c}
	s.check()
	p := pack(s.limits, s.limits)
	var memory []record
	var at desk
	s.take(&p, &memory)
	for part := range p.parts {
		for _, r := range at.sorted(&s, &p, part) {
			rows = append(rows, p.row(r))
		}
	}
	return rows, !p.compared
}

// inOrder sorts rows as one would say it.
func inOrder(c *Columns) []int32 {
	rows := make([]int32, len(c.Account))
	for i := range rows {
		rows[i] = int32(i)
	}
	slices.SortStableFunc(rows, func(x, y int32) int {
		return cmp.Or(cmp.Compare(c.Account[x], c.Account[y]), cmp.Compare(c.Date[x], c.Date[y]))
	})
	return rows
}

// TestRowsAreSorted: by account, date and row, whether or not they are taken
// apart into parts, come by account, or fit keys.
func TestRowsAreSorted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 2, 40, partRows, 3 * partRows, 9 * partRows}).Draw(t, "rows")
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		most := rapid.SampledFrom([]int32{0, 3, 300, 1 << 12, 1<<31 - 1}).Draw(t, "most")
		span := rapid.SampledFrom([]int32{0, 5, 5000, int32(ar.MaxDate - ar.MinDate)}).Draw(t, "span")
		var c Columns
		for range n {
			c.Account = append(c.Account, int32(r.Int63n(int64(most)+1)))
			c.Date = append(c.Date, ar.MinDate+ar.Date(r.Int31n(span+1)))
			c.Minor = append(c.Minor, 1)
		}
		if rapid.Bool().Draw(t, "by account") {
			slices.Sort(c.Account)
		}
		got, _ := rowsInOrder(&c)
		require.Equal(t, inOrder(&c), got)
	})
}

// TestKeysThatDoNotFit: 31 bits of account, two of which tell the part, and 22 of
// date are more than 32.
func TestKeysThatDoNotFit(t *testing.T) {
	var c Columns
	for row := range 4096 {
		c.Account = append(c.Account, 1<<31-1-int32(row/2))
		c.Date = append(c.Date, ar.MaxDate)
		c.Minor = append(c.Minor, 1)
	}
	c.Date[4095] = ar.MinDate
	got, whole := rowsInOrder(&c)
	require.False(t, whole)
	require.Equal(t, []int32{4095, 4094, 4092, 4093}, got[:4])
	require.Equal(t, inOrder(&c), got)
}
