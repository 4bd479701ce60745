package intake_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/intake"
)

func TestParseColumns(t *testing.T) {
	for _, test := range []struct {
		text string
		want intake.ItemColumns
	}{
		{"", intake.ItemColumns{}},
		{"customer=customerID", intake.ItemColumns{Customer: "customerID"}},
		{" customer = ID , amount=Net amount ", intake.ItemColumns{Customer: "ID", Amount: "Net amount"}},
		{"amount=a=b", intake.ItemColumns{Amount: "a=b"}},
		{`"amount=Amount, net",date=Date`, intake.ItemColumns{Amount: "Amount, net", Date: "Date"}},
		{`"amount=The ""real"" one"`, intake.ItemColumns{Amount: `The "real" one`}},
		{"date=Date,posted=Date", intake.ItemColumns{Date: "Date", Posted: "Date"}},
		{
			"customer=1,name=2,number=3,date=4,posted=5,due=6,settled=7,amount=8,currency=9,location=10,terms=11,footnote=12,disputed=13",
			intake.ItemColumns{
				Customer: "1", Name: "2", Number: "3", Date: "4", Posted: "5", Due: "6", Settled: "7",
				Amount: "8", Currency: "9", Location: "10", Terms: "11", Footnote: "12", Disputed: "13",
			},
		},
	} {
		t.Run(test.text, func(t *testing.T) {
			got, err := intake.ParseColumns[intake.ItemColumns](test.text)
			require.NoError(t, err)
			require.Equal(t, test.want, got)
			again, err := intake.ParseColumns[intake.ItemColumns](got.String())
			require.NoError(t, err)
			require.Equal(t, got, again)
		})
	}
	require.Equal(t, `date=Date,"amount=Amount, net"`, intake.ItemColumns{Amount: "Amount, net", Date: "Date"}.String())
}

func TestParseColumnsErrors(t *testing.T) {
	const known = "customer, name, number, date, posted, due, settled, amount, currency, location, terms, footnote, disputed, on-hold"
	for _, test := range []struct{ text, want string }{
		{"nom=Name", `column mapping "nom=Name": malformed: no field "nom", want one of ` + known},
		{"Customer=ID", `column mapping "Customer=ID": malformed: no field "Customer", want one of ` + known},
		{"customer", `column mapping "customer": malformed: want field=column`},
		{"customer=", `column mapping "customer=": malformed: want field=column`},
		{"customer=A,", `column mapping "": malformed: want field=column`},
		{"customer=A,customer=B", `column mapping "customer=B": malformed: customer has column "A" already`},
		{
			"due,customer=A,customer=A",
			"column mapping \"due\": malformed: want field=column\n" +
				"column mapping \"customer=A\": malformed: customer has column \"A\" already",
		},
		{"customer=A\nname=B", `column mapping "customer=A\nname=B": malformed: want one line`},
		{
			`amount="Amount, net"`,
			`column mapping "amount=\"Amount, net\"": malformed: quote a whole pair, as in "amount=Amount, net", and double the quotes in it`,
		},
	} {
		t.Run(test.text, func(t *testing.T) {
			got, err := intake.ParseColumns[intake.ItemColumns](test.text)
			require.EqualError(t, err, test.want)
			require.ErrorIs(t, err, ar.ErrSyntax)
			require.Equal(t, intake.ItemColumns{}, got)
		})
	}
}

func FuzzParseColumns(f *testing.F) {
	for _, seed := range []string{"", "customer=ID,amount=Total", `"amount=Amount, net"`, "customer=a=b", "\"name= \r\n x\"", "\"name=0\r\r\n0\"", "due"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := intake.ParseColumns[intake.ItemColumns](text)
		if err != nil {
			require.Equal(t, intake.ItemColumns{}, c)
			return
		}
		again, err := intake.ParseColumns[intake.ItemColumns](c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}

// The text form of every type has all its fields, in the order of the type.
func TestColumnsOfEveryType(t *testing.T) {
	pairs := func(header string) string {
		fields := strings.Split(strings.TrimSpace(header), ",")
		for i, f := range fields {
			fields[i] = f + "=" + f
		}
		return strings.Join(fields, ",")
	}
	d := columnsOf[intake.DocumentColumns](documentHeader)
	d.DebitAmount, d.CreditAmount, d.Booking = "debit-amount", "credit-amount", "booking"
	fields := strings.Replace(documentHeader, "currency", "debit-amount,credit-amount,currency,booking", 1)
	require.Equal(t, pairs(fields), d.String())
	again, err := intake.ParseColumns[intake.DocumentColumns](d.String())
	require.NoError(t, err)
	require.Equal(t, d, again)
	require.Equal(t, pairs(alongHeader), columnsOf[intake.AllocationColumns](alongHeader).String())
	require.Equal(t, pairs(statusHeader), columnsOf[intake.StatusColumns](statusHeader).String())

	for _, c := range []any{d, columnsOf[intake.AllocationColumns](alongHeader), columnsOf[intake.StatusColumns](statusHeader)} {
		v := reflect.ValueOf(c)
		for i := range v.NumField() {
			require.NotEmpty(t, v.Field(i).String(), "%T: %s", c, v.Type().Field(i).Name)
		}
	}
}
