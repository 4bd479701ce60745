package store

import (
	"slices"

	"github.com/openreceivables/ar/ledger"
)

// Repeats reports whether q is the same posting as p: the same customer and key,
// details and facts, in the same order. Who wrote it and when may differ. A
// document of q to which Apply would give a due date repeats one that has it.
func (p *Posting) Repeats(q *Posting) bool {
	if p.Key != q.Key || p.Customer != q.Customer || (p.Details == nil) != (q.Details == nil) {
		return false
	}
	return (p.Details == nil || *p.Details == *q.Details) &&
		slices.EqualFunc(p.Facts.Documents, q.Facts.Documents, sameDocument) &&
		slices.EqualFunc(p.Facts.Allocations, q.Facts.Allocations, sameAllocation) &&
		slices.Equal(p.Facts.Reversals, q.Facts.Reversals) &&
		slices.Equal(p.Facts.Redates, q.Facts.Redates) &&
		slices.Equal(p.Facts.Statuses, q.Facts.Statuses)
}

func sameDocument(x, y ledger.Document) bool {
	return x.ID == y.ID && x.Number == y.Number && x.Customer == y.Customer && x.Location == y.Location &&
		x.Kind == y.Kind && x.Date == y.Date && x.Posted == y.Posted &&
		x.Amount.Equal(y.Amount) && x.Booking.Equal(y.Booking) && x.Footnote == y.Footnote && x.Flags == y.Flags &&
		(unsettled(&y) || x.Due == y.Due && x.Terms == y.Terms) &&
		slices.EqualFunc(x.Parts, y.Parts, func(x, y ledger.Part) bool {
			return x.Due == y.Due && x.Amount.Equal(y.Amount)
		})
}

func sameAllocation(x, y ledger.Allocation) bool {
	return x.ID == y.ID && x.Credit == y.Credit && x.Debit == y.Debit && x.Part == y.Part &&
		x.Amount.Equal(y.Amount) && x.Taken.Equal(y.Taken) && x.Rate.Equal(y.Rate) &&
		x.Date == y.Date && x.Rule == y.Rule && x.With == y.With
}
