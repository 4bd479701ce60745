package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// outbox is a statement.Mailer, which a host has in front of its mail server. It
// refuses a customer once.
type outbox struct {
	busy string    // the customer
	to   io.Writer // the mail server
}

// Send implements statement.Mailer.
func (o *outbox) Send(_ context.Context, r statement.Record) error {
	if r.Customer == o.busy {
		o.busy = ""
		return errors.New("the mailbox is full")
	}
	s, err := r.Statement()
	if err != nil {
		return err
	}
	return render.Statement(o.to, s, render.StatementOptions{Format: render.HTML})
}

// email sends the statements of all batches, and an hour later those that could
// not be sent.
func (m *month) email(ctx context.Context) error {
	mailer := &outbox{busy: m.print[0], to: io.Discard}
	fmt.Fprintln(m.out)
	for try := range 2 {
		at := m.now.Add(time.Duration(1+try) * time.Hour)
		result, err := statement.SendRuns(ctx, m.store, m.scope, m.runs, ar.Date(0), mailer, at)
		fmt.Fprintf(m.out, "E-mail at %s: %d sent, %d earlier, %d failed.\n", at.Format("15:04"), result.Sent, result.Earlier, len(result.Failures))
		for _, f := range result.Failures {
			fmt.Fprintf(m.out, "  %s\n", failure(f))
		}
		if err != nil || len(result.Failures) == 0 {
			return err
		}
	}
	return nil
}

// reprint posts a payment that the bank reports late, and shows that it changes
// what a new statement says, and nothing of the one that is saved.
func (m *month) reprint(ctx context.Context) error {
	customer := m.print[0]
	first, err := m.latest(ctx, customer)
	if err != nil || first == nil {
		return err
	}
	scope, err := m.criteria.Within(m.scope) // the locations that the statements are of
	if err != nil {
		return err
	}
	payment, err := m.pay(ctx, scope, customer)
	if err != nil {
		return err
	}
	options := m.options()
	options.Period = m.criteria.Period
	today, err := statement.Preview(ctx, m.store, scope, statement.Request{Customer: customer, Options: options})
	if err != nil {
		return err
	}
	again, err := m.latest(ctx, customer)
	if err != nil {
		return err
	}
	before, after := &bytes.Buffer{}, &bytes.Buffer{}
	if err := errors.Join(
		render.Statement(before, first, render.StatementOptions{}),
		render.Statement(after, again, render.StatementOptions{}),
	); err != nil {
		return err
	}
	fmt.Fprintf(m.out, "\nThe next day the bank reports a payment of %s: %s of %s.\n", render.Printable(customer), payment.Amount, payment.Date)
	fmt.Fprintf(m.out, "  a new preview says %s\n", list(today.Balances()))
	fmt.Fprintf(m.out, "  the reprint says   %s, and is the same byte for byte: %t\n", list(again.Balances()), bytes.Equal(before.Bytes(), after.Bytes()))
	return nil
}

// pay posts a payment of the customer's first open item, dated on the last day of
// the period. Posted a second time, it is there already, by its key.
func (m *month) pay(ctx context.Context, scope ledger.Scope, customer string) (ledger.Document, error) {
	q := ledger.Query{Scope: scope, AsOf: m.criteria.Period.To, Customers: []string{customer}}
	for item, err := range m.store.OpenItems(ctx, q) {
		if err != nil {
			return ledger.Document{}, err
		}
		amount, err := ar.ParseAmount("100", item.Outstanding.Currency(), ar.NoRounding)
		if err != nil {
			return ledger.Document{}, err
		}
		payment := ledger.Document{
			ID: "bank/" + customer, Number: "BANK-0701", Customer: customer, Location: item.Location,
			Kind: ledger.Payment, Date: m.criteria.Period.To, Amount: amount,
		}
		return payment, m.store.Post(ctx, scope, store.Posting{
			Key: "bank statement of 1 July", Customer: customer, At: m.now.Add(24 * time.Hour), By: "bank",
			Facts: ledger.Facts{Documents: []ledger.Document{payment}},
		})
	}
	return ledger.Document{}, fmt.Errorf("customer %q owes nothing that could be paid", customer)
}
