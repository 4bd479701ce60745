// Package allocation says where payments and other credits go: from what is
// open it makes a plan of which credit pays which debit, what discount that
// earns and what is written off (SPEC P1–P7).
//
// # Plans
//
//	ledger.Entry ──> New(open, Options) ──> Plan ──> Facts ──> Account.Add
//	                           │              └──< Line
//	       Specified, Policy, Settling, Rate
//
// New is a pure function of open entries and options, and changes nothing. A
// Plan is read by its lines and by its effects on each entry, printed, and only
// then turned into facts, which make it so:
//
//	open, err := account.Available(day)          // what is open and not needed later
//	plan, err := allocation.New(open, options)
//	account, err = account.Add(plan.Facts(id))   // id names the facts
//
// One credit goes to many debits, and many credits, up to all of an account's,
// go to many debits. The debits of a plan are those of one customer.
//
// # Which credit, to which debits
//
// Credits have their turns by Options.CreditKinds, then date, number and ID.
//
//  1. A credit with amounts in Options.Specified goes there and nowhere else.
//     All such credits come before all others.
//  2. Any other credit stays unapplied, unless Options.Auto is on. Then the
//     first of Options.Policies that matches it decides, alone; what that leaves
//     of the credit stays unapplied. Without policies it is OldestDue.
//     ClearAccount and ClearPastDue may decide for a credit and all that are
//     still to come at once.
//
// A Policy either matches exactly or not at all (ExactMatch, ClearAccount,
// ClearPastDue), or takes the debits in an order (OldestDue, OldestDated,
// NewestDue, NewestDated, Largest, Smallest), or shares (ProRata). An order is
// total:
//
//  1. the debits of Options.First, in that order;
//  2. the credit's own currency, then those that there is a Rate to, by code;
//  3. the kinds of Options.DebitKinds, in that order, then all others;
//  4. what the policy says;
//  5. with Options.PreferDiscount, the greater discount;
//  6. the earlier due date, for Largest and Smallest;
//  7. number, ID, and of a document's parts the one that falls due first, then
//     the part's number.
//
// Policies that match or share look at debits of the credit's own currency
// only, and take them in the order of OldestDue.
//
// Documents dated after Options.Date take no part, unless Options.Ahead is on.
// An allocation counts from Options.Date, or from its documents' dates where
// one is later.
//
// # When a debit is settled
//
// Options.Settling says for each debit what discount is on offer, what
// difference is tolerated and what becomes of the rest. Of a debit on which
// open is still to be paid, where a payment has earned a discount,
//
//	required = open − discount
//
// and a credit that has avail for it has one of these outcomes:
//
//	avail ≥ required                 required is paid and the discount granted: it is closed
//	avail ≥ required − tolerance     avail is paid, the discount granted, the difference written off
//	else                             avail is paid, without a discount or with a proportional one,
//	                                 and the rest stays open, becomes discount, is written off, or
//	                                 has the payment refused, as Settling.Rest says
//
// What a credit has beyond required goes on to the next debit, or stays
// unapplied. Only a credit that is meant for one debit, by a specified amount, by
// an exact match, or because no other is open to a policy that pays one after
// another, may be up to the tolerance more than required: it is then paid in full,
// first at the cost of the discount, and what is more than the debit was open for
// is charged, so that nothing is left of it. Of a debit in another currency than
// the credit's, nothing is charged.
//
// The discount is that of the offer that is good on the credit's own date, with
// days of grace: payments and deposits earn it, and no other credit. Percents
// of tolerance are of what is open, cut to a minor unit; where a tolerance has
// an amount too, the smaller counts. A proportional discount is cut to a minor
// unit.
//
// Each of these is a line of its own.
//
// # Currencies
//
// No credit pays a debit in another currency without a Rate from the one to the
// other. It then takes of the credit what the amount costs, in whole minor
// units of both; an amount that no whole unit reaches stays open by less than
// what one unit of the credit pays.
//
// The realised exchange difference of every line that applies something, between
// two currencies or in a foreign one, is reported in Options.Home, where both
// documents' booking rates are known (ledger.Document.Booking):
//
//	difference = taken × the credit's booking rate − amount × the debit's
//
// # Undoing
//
// Reverse undoes allocations, ReverseCredit all of one credit, and Bounce a
// payment that was returned, by dated reversals; nothing is erased. Discounts,
// write-offs and charges that came along with what is undone are undone with
// it: their documents stay, and are balanced by documents of the opposite side.
//
// # Columns
//
// OldestFirst is the policy OldestDue for many accounts at once, over columns of
// integers, without any of the rest.
//
// # Guarantees
//
//   - What a plan applies of a credit and leaves of it are what was open of it,
//     in whole minor units; so are what a debit is paid, discounted, written off
//     and still open for.
//   - Nothing is applied beyond what is open, on either side.
//   - Facts of a plan over Account.Available fit the account.
//   - In one step or in several, the result is the same for specified amounts
//     and the policies that pay one debit after another, as long as nothing is
//     granted, written off or charged.
//   - Pro-rata shares sum to the credit.
//   - The same entries in another order give the same plan.
//
// # Errors
//
// Errors are returned, all at once, when
//
//   - the date is not valid (ledger.ErrBadDate);
//   - an entry is not one of an open document: nothing is open of it, or its
//     sign is not that of its kind (ErrEntry), it is there twice
//     (ledger.ErrDuplicateID), or it is of another customer than the rest
//     (ledger.ErrOtherCustomer);
//   - the options name a document that is not open (ErrNotOpen), is dated after
//     the plan (ledger.ErrTooEarly) or is on the wrong side (ledger.ErrSides);
//   - a specified amount is not positive (ledger.ErrNotPositive), is in another
//     currency than its debit or has no rate (*ar.MismatchError), or is more
//     than is open of the debit or left of the credit (ledger.ErrOverApplied);
//   - a rate is not positive or there twice (ledger.ErrRate);
//   - Settling fails, gives amounts that are negative or in another currency, or
//     a choice that is not defined.
//
// No error leaves half a plan, and no plan changes an account.
package allocation
