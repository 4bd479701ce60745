package intake_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

// sheets are the rows of a ledger as texts have them, without headers.
type sheets struct{ documents, allocations, statuses []string }

// yes writes a flag.
func yes(flags, flag ledger.Flags) string {
	if flags.Has(flag) {
		return "yes"
	}
	return ""
}

// write returns the rows of facts.
func (s style) write(f ledger.Facts) (out sheets) {
	row := func(cells ...string) string {
		for i := range cells {
			cells[i] = s.cell(cells[i], false)
		}
		return strings.Join(cells, string(s.delimiter)) + s.lineEnd
	}
	money := func(m ar.Money) string {
		if m.Currency().IsZero() {
			return ""
		}
		return s.amount(m, true, "-%s")
	}
	rate := func(r ar.Rate) string {
		if r.Sign() == 0 {
			return ""
		}
		return strings.Replace(r.String(), ".", string(s.decimal), 1)
	}
	for _, d := range f.Documents {
		parts := d.Parts
		if len(parts) == 0 {
			parts = []ledger.Part{{Due: d.Due, Amount: d.Amount}}
		}
		for i, p := range parts {
			part := ""
			if len(d.Parts) > 0 {
				part = strconv.Itoa(i + 1)
			}
			out.documents = append(out.documents, row(
				d.ID, d.Kind.String(), d.Customer, "", d.Number, s.date(d.Date), s.date(d.Posted), s.date(p.Due), part,
				money(p.Amount), d.Amount.Currency().String(), d.Location, d.Terms.String(), d.Footnote,
				yes(d.Flags, ledger.Disputed), yes(d.Flags, ledger.OnHold), rate(d.Booking),
			))
		}
	}
	reversals := map[string]ledger.Reversal{}
	for _, r := range f.Reversals {
		reversals[r.Allocation] = r
	}
	for _, x := range f.Allocations {
		part := ""
		if x.Part > 0 {
			part = strconv.Itoa(x.Part)
		}
		out.allocations = append(out.allocations, row(
			x.ID, x.Credit, x.Debit, s.date(x.Date), part, money(x.Amount), "", money(x.Taken), rate(x.Rate), x.Rule,
			s.date(reversals[x.ID].Date), reversals[x.ID].Reason, x.With,
		))
	}
	for _, x := range f.Statuses {
		out.statuses = append(out.statuses, row(
			x.Document, s.date(x.Date), yes(x.Flags, ledger.Disputed), yes(x.Flags, ledger.OnHold), x.Reason,
		))
	}
	return out
}

// options read rows that style has written.
func (s style) ledgerOptions(in sheets) intake.LedgerOptions {
	format := intake.Format{DateLayout: s.layout, Decimal: s.decimal, Thousands: s.thousands, Delimiter: s.delimiter}
	text := func(header string, rows []string) *strings.Reader {
		header = strings.ReplaceAll(strings.TrimSpace(header), ",", string(s.delimiter))
		return strings.NewReader(s.mark + header + s.lineEnd + strings.Join(rows, ""))
	}
	opt := files("", " ", " ")
	const all = documentFields + ",booking"
	opt.Documents[0].Columns = columnsOf[intake.DocumentColumns](all)
	opt.Documents[0].Format, opt.Documents[0].Text = format, text(all, in.documents)
	opt.Allocations[0].Columns = columnsOf[intake.AllocationColumns](alongHeader)
	opt.Allocations[0].Format, opt.Allocations[0].Text = format, text(alongHeader, in.allocations)
	opt.Statuses[0].Format, opt.Statuses[0].Text = format, text(statusHeader, in.statuses)
	return opt
}

var plain = style{layout: "2006-01-02", decimal: '.', thousands: ',', delimiter: ',', lineEnd: "\n"}

// books are facts that fit together.
var books = rapid.Custom(func(t *rapid.T) (f ledger.Facts) {
	text := func(label string) string { return strings.TrimSpace(texts.Draw(t, label)) }
	day := func(from, to string) ar.Date {
		return ar.Date(rapid.Int32Range(int32(ar.MustDate(from)), int32(ar.MustDate(to))).Draw(t, "day"))
	}
	minor := func(n int64, code string) ar.Money {
		m, err := ar.NewMoney(n, ar.MustCurrency(code))
		require.NoError(t, err)
		return m
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "documents") {
		code := rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency")
		d := ledger.Document{
			ID:       fmt.Sprintf("D%02d%s", i, text("id")), // of two digits: 1 with the text 0 is not 10
			Number:   text("number"),
			Customer: rapid.SampledFrom([]string{"C1", "C2"}).Draw(t, "customer"),
			Location: text("location"),
			Kind:     ledger.Kind(rapid.IntRange(int(ledger.Invoice), int(ledger.WriteOff)).Draw(t, "kind")),
			Date:     day("2026-01-01", "2026-12-31"),
			Posted:   rapid.SampledFrom([]ar.Date{0, ar.MustDate("2026-07-01")}).Draw(t, "posted"),
			Amount:   minor(rapid.Int64Range(1, 1e9).Draw(t, "amount"), code),
			Booking:  rapid.SampledFrom([]ar.Rate{{}, ar.MustRate("0.9215"), ar.MustRate("162")}).Draw(t, "booking"),
			Footnote: text("footnote"),
			Flags:    ledger.Flags(rapid.IntRange(0, 3).Draw(t, "flags")),
		}
		switch rapid.IntRange(0, 3).Draw(t, "due") {
		case 0:
			d.Due = day("2026-01-01", "2027-12-31")
		case 1:
			d.Terms = duedate.MustParse(rapid.SampledFrom([]string{"net 30", "eom", "net 45, eom"}).Draw(t, "terms"))
		case 2:
			if d.Kind.IsDebit() {
				n := rapid.Int64Range(1, 1e9).Draw(t, "part")
				d.Parts = []ledger.Part{{Due: day("2026-01-01", "2027-12-31"), Amount: d.Amount}, {Due: day("2026-01-01", "2027-12-31"), Amount: minor(n, code)}}
				d.Amount, _ = d.Amount.Add(d.Parts[1].Amount)
			}
		}
		f.Documents = append(f.Documents, d)
	}
	f.Allocations, f.Reversals = allocate(t, f.Documents)
	for i, d := range f.Documents {
		if rapid.IntRange(0, 3).Draw(t, "status") == 0 {
			f.Statuses = append(f.Statuses, ledger.Status{
				Document: d.ID, Date: ar.MustDate("2026-06-01") + ar.Date(i), Reason: text("reason"),
				Flags: ledger.Flags(rapid.IntRange(0, 3).Draw(t, "flags")),
			})
		}
	}
	return f
})

// allocate applies some credits to some debits, each document at most thrice a
// fifth of its amount.
func allocate(t *rapid.T, documents []ledger.Document) (all []ledger.Allocation, reversals []ledger.Reversal) {
	used, customer := map[string]int{}, map[string]string{}
	for _, c := range documents {
		customer[c.ID] = c.Customer
		for _, d := range documents {
			if !c.Kind.IsCredit() || !d.Kind.IsDebit() || c.Customer != d.Customer || used[c.ID] == 3 || used[d.ID] == 3 ||
				!rapid.Bool().Draw(t, "apply") {
				continue
			}
			paid, _ := d.Amount.Minor()
			taken, _ := c.Amount.Minor()
			x := ledger.Allocation{ID: fmt.Sprintf("A%d", len(all)), Credit: c.ID, Debit: d.ID}
			n := min(paid, taken) / 5
			if c.Amount.Currency() != d.Amount.Currency() || n == 0 {
				continue
			}
			x.Amount, _ = ar.NewMoney(n, d.Amount.Currency())
			if rapid.Bool().Draw(t, "dated") {
				x.Date, x.Rule = max(c.Date, d.Date)+ar.Date(rapid.IntRange(0, 50).Draw(t, "days")), "by hand"
			}
			if rapid.Bool().Draw(t, "reversed") {
				reversals = append(reversals, ledger.Reversal{Allocation: x.ID, Date: max(c.Date, d.Date, x.Date) + 5, Reason: "bounced"})
			}
			used[c.ID]++
			used[d.ID]++
			all = append(all, x)
		}
	}
	for i := range all {
		with := rapid.SampledFrom(all).Draw(t, "with")
		if customer[with.Debit] == customer[all[i].Debit] && rapid.Bool().Draw(t, "along") {
			all[i].With = with.ID
		}
	}
	return all, reversals
}

// requireFacts compares facts, whatever their order.
func requireFacts(t require.TestingT, want, got ledger.Facts) {
	require.Empty(t, gocmp.Diff(
		want, got, cmpopts.EquateEmpty(), cmpopts.EquateComparable(duedate.Terms{}),
		cmpopts.SortSlices(func(x, y ledger.Document) int { return cmp.Compare(x.ID, y.ID) }),
		cmpopts.SortSlices(func(x, y ledger.Allocation) int { return cmp.Compare(x.ID, y.ID) }),
		cmpopts.SortSlices(func(x, y ledger.Reversal) int { return cmp.Compare(x.Allocation, y.Allocation) }),
		cmpopts.SortSlices(func(x, y ledger.Status) int {
			return cmp.Or(cmp.Compare(x.Document, y.Document), cmp.Compare(x.Date, y.Date))
		}),
	))
}

// Facts that are written in any style, with their rows in any order, are read
// back as they were.
func TestWrittenFactsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, s := books.Draw(t, "facts"), styles.Draw(t, "style")
		rows := s.write(want)
		rows.documents = rapid.Permutation(rows.documents).Draw(t, "documents")
		rows.allocations = rapid.Permutation(rows.allocations).Draw(t, "allocations")
		rows.statuses = rapid.Permutation(rows.statuses).Draw(t, "statuses")
		l, err := intake.ReadLedger(s.ledgerOptions(rows))
		require.NoError(t, err)
		requireFacts(t, want, l.Facts)
		requireLedger(t, l, err)
	})
}

// Whatever rows are bad, each is reported with its file and line, and what is
// kept is a valid ledger of all the others.
func TestEveryBadRowOfALedgerIsReported(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := plain.write(books.Draw(t, "facts"))
		spoil := func(rows []string) {
			for i := range rows {
				if rapid.IntRange(0, 4).Draw(t, "spoil") > 0 {
					continue
				}
				cells := strings.Split(strings.TrimSuffix(rows[i], "\n"), ",")
				at := rapid.IntRange(0, len(cells)-1).Draw(t, "cell")
				cells[at] = rapid.SampledFrom([]string{"", "x", "-1", "2026-02-30", "2026-01-01", "0.001", "D00", "A1", "invoice", "\xff", "a\"b", "1,2"}).Draw(t, "with")
				rows[i] = strings.Join(cells, ",") + "\n"
			}
		}
		spoil(rows.documents)
		spoil(rows.allocations)
		spoil(rows.statuses)
		opt := func(keep bool) intake.LedgerOptions {
			o := plain.ledgerOptions(rows)
			o.KeepGood = keep
			return o
		}
		kept, err := intake.ReadLedger(opt(true))
		requireLedger(t, kept, err)
		strict, strictErr := intake.ReadLedger(opt(false))
		require.Equal(t, err, strictErr)
		require.Equal(t, kept.Controls, strict.Controls)
	})
}

// requireLedger checks what holds of a ledger and its error, whatever the texts.
func requireLedger(t require.TestingT, l *intake.Ledger, err error) {
	type row struct {
		file string
		line int
	}
	bad, over := map[row]bool{}, map[row]bool{}
	var faults intake.RowErrors
	if err != nil {
		require.ErrorAs(t, err, &faults)
	}
	for _, fault := range faults {
		require.NotEmpty(t, fault.File)
		require.Positive(t, fault.Line)
		require.NotEmpty(t, fault.Error())
		at := row{fault.File, fault.Line}
		applied := errors.Is(fault, ledger.ErrOverApplied)
		require.True(t, !bad[at] || over[at] == applied, "more applied than an amount is told to no row that is bad otherwise")
		bad[at], over[at] = true, applied
	}
	if errors.Is(err, intake.ErrHeader) {
		require.Empty(t, l.Accounts)
		return
	}
	badRows, goodRows := 0, map[string]int{}
	for _, c := range l.Controls {
		require.Equal(t, c.Read, c.Good+c.Bad)
		badRows += c.Bad
		goodRows[c.File] += c.Good
	}
	require.Len(t, bad, badRows, "each bad row has a fault, and each row with a fault is bad")

	documents := 0
	debits, credits := map[ar.Currency]ar.Money{}, map[ar.Currency]ar.Money{}
	for _, d := range l.Facts.Documents {
		documents += max(1, len(d.Parts))
		side := debits
		if d.Kind.IsCredit() {
			side = credits
		}
		side[d.Amount.Currency()], _ = side[d.Amount.Currency()].Add(d.Amount)
	}
	require.Equal(t, goodRows["documents.csv"], documents, "good rows are kept")
	require.Len(t, l.Facts.Allocations, goodRows["allocations.csv"])
	require.Len(t, l.Facts.Statuses, goodRows["statuses.csv"])
	for _, total := range l.Controls[0].Totals {
		require.True(t, total.Debits.Sign() == 0 || total.Debits.Equal(debits[total.Currency]))
		require.True(t, total.Credits.Sign() == 0 || total.Credits.Equal(credits[total.Currency]))
		require.Positive(t, total.Debits.Sign()+total.Credits.Sign())
	}
	_, invalid := ledger.Accounts(l.Customers, l.Facts, nil)
	require.NoError(t, invalid, "what is kept is valid")
	require.Len(t, l.Accounts, len(l.Customers))
	require.True(t, slices.IsSortedFunc(faults, func(x, y *intake.RowError) int {
		if x.File != y.File {
			return 0
		}
		return cmp.Compare(x.Line, y.Line)
	}))
}

// fuzzLedger checks a ledger, and that what was kept is read back.
func fuzzLedger(t *testing.T, opt intake.LedgerOptions) {
	t.Helper()
	l, err := intake.ReadLedger(opt)
	requireLedger(t, l, err)
	written := plain.write(l.Facts)
	if strings.Contains(fmt.Sprint(written), "\r") { // which CSV does not keep in a cell
		return
	}
	again, err := intake.ReadLedger(plain.ledgerOptions(written))
	require.NoError(t, err)
	requireFacts(t, l.Facts, again.Facts)
}

func FuzzReadDocuments(f *testing.F) {
	f.Add(goodDocuments, false)
	f.Add("\ufeff"+strings.ReplaceAll(goodDocuments, "invoice", "Credit Note"), true)
	f.Add(documentHeader+"I1,invoice,C1,,,2026-06-03,,,1,-5,,,eom,\"a\nb\",y,y\n,,,\n", true)
	f.Add("\xff\xfei", false)
	f.Fuzz(func(t *testing.T, text string, signed bool) {
		opt := files(text, goodAllocations, "")
		opt.Documents[0].Signed = signed
		fuzzLedger(t, opt)
	})
}

func FuzzReadAllocations(f *testing.F) {
	f.Add(alongHeader + "A1,P1,I1,,,60.00,,,,,,,\n")
	f.Add(alongHeader + "A2,P2,U1,2026-06-30,,1.08,USD,1.00,1.08,x,2026-07-01,y,A3\nA3,P2,I2,,2,45.01,,,,,,,\n,,\n")
	f.Add(alongHeader + "A1,P1,I1,,,99,,,,,,,A2\nA1,P2,X1,,,1,,,,,,,A9\nA2,P2,I9,9999-12-31,1,1,QQQ,1,0,,,,A2\n")
	f.Fuzz(func(t *testing.T, text string) {
		opt := files(goodDocuments, text+" ", "")
		opt.Allocations[0].Columns.With = "with"
		fuzzLedger(t, opt)
	})
}

func FuzzReadStatuses(f *testing.F) {
	f.Add(statusHeader + "I1,2026-06-20,y,,x\nI1,2026-06-20,,y,\nI9,,,,\n")
	f.Fuzz(func(t *testing.T, text string) { fuzzLedger(t, files(goodDocuments, "", text+" ")) })
}
