package ar_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
)

// A sum that no longer fits 64 bits goes on exactly, where a plain integer
// would wrap to a negative amount. Back below the edge nothing is left of it.
func ExampleMoney_v3BeyondInt64() {
	largest := ar.MustMoney("92233720368547758.07 EUR") // 2⁶³ − 1 cents
	cent := ar.MustMoney("0.01 EUR")
	beyond, _ := largest.Add(cent)
	twice, _ := beyond.Add(beyond)
	back, _ := beyond.Sub(cent)
	fmt.Println(beyond)
	fmt.Println(twice)
	fmt.Println(back, back.Equal(largest))
	// Output:
	// 92233720368547758.08 EUR
	// 184467440737095516.16 EUR
	// 92233720368547758.07 EUR true
}

// Four amounts that make 50.83. In binary floating point their sum shows as
// 50.83000000000001; here it is the number of cents.
func ExampleMoney_v3NoFloat() {
	var sum ar.Money
	for _, text := range []string{"6.98 USD", "32.84 USD", "2.77 USD", "8.24 USD"} {
		sum, _ = sum.Add(ar.MustMoney(text))
	}
	fmt.Println(sum)
	// Output:
	// 50.83 USD
}

// Amounts of two currencies do not add up, subtract or compare. The error
// names both.
func ExampleMoney_v3Mismatch() {
	_, err := ar.MustMoney("100 EUR").Add(ar.MustMoney("100 USD"))
	fmt.Println(err)
	var mismatch *ar.MismatchError
	if errors.As(err, &mismatch) {
		fmt.Println(mismatch.Left, "met", mismatch.Right)
	}
	// Output:
	// currencies differ: EUR and USD
	// EUR met USD
}

// The zero value is zero of no currency and changes no sum, so a total may
// start with it. 0 EUR is an amount of euros all the same.
func ExampleMoney_v3ZeroIsIdentity() {
	var total ar.Money
	fmt.Println(total)
	total, _ = total.Add(ar.MustMoney("12.50 EUR"))
	fmt.Println(total)
	_, err := ar.MustMoney("0 EUR").Add(ar.MustMoney("5 USD"))
	fmt.Println(err)
	// Output:
	// 0
	// 12.50 EUR
	// currencies differ: EUR and USD
}

// More decimals than the currency has are an error, unless a rounding mode is
// named. Zeros are not decimals too many.
func ExampleMoney_v3TooManyDecimals() {
	eur, jpy := ar.MustCurrency("EUR"), ar.MustCurrency("JPY")
	for _, c := range []struct {
		text     string
		currency ar.Currency
		mode     ar.Rounding
	}{
		{"19.990", eur, ar.NoRounding},
		{"19.995", eur, ar.NoRounding},
		{"19.995", eur, ar.RoundHalfUp},
		{"0.1", jpy, ar.NoRounding},
		{"0.1", jpy, ar.RoundUp},
	} {
		amount, err := ar.ParseAmount(c.text, c.currency, c.mode)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(c.text, c.mode, "is", amount)
	}
	// Output:
	// 19.990 none is 19.99 EUR
	// amount "19.995": too many decimals: EUR has 2
	// 19.995 half-up is 20.00 EUR
	// amount "0.1": too many decimals: JPY has 0
	// 0.1 up is 1 JPY
}

// What is no amount is refused at the edge: not a number, infinities,
// separators, exponents that blow up, more than 34 digits.
func ExampleMoney_v3RefusedAtTheEdge() {
	for _, text := range []string{"NaN", "-Infinity", "1,000.00", "1e9999", "123456789012345678901234567890123.45"} {
		_, err := ar.ParseAmount(text, ar.MustCurrency("EUR"), ar.NoRounding)
		fmt.Println(err)
	}
	// Output:
	// amount "NaN": malformed: want a decimal number such as -1234.50
	// amount "-Infinity": malformed: want a decimal number such as -1234.50
	// amount "1,000.00": malformed: want a decimal number such as -1234.50
	// amount "1e9999": more than 34 digits or 64 decimals
	// amount "123456789012345678901234567890123.45": more than 34 digits or 64 decimals
}

// JSON carries the amount as a string with all of the currency's decimals. A
// number is accepted and read digit by digit, without going through float;
// 1E+3 and -0.00 are read, and never written.
func ExampleMoney_v3JSON() {
	for _, data := range []string{
		`{"amount":"1000.00","currency":"EUR"}`,
		`{"amount":1E+3,"currency":"EUR"}`,
		`{"amount":-0.00,"currency":"EUR"}`,
		`{"amount":12345678901234567890.12,"currency":"EUR"}`,
	} {
		var amount ar.Money
		if err := json.Unmarshal([]byte(data), &amount); err != nil {
			fmt.Println(err)
			return
		}
		back, _ := json.Marshal(amount)
		fmt.Println(string(back))
	}
	// Output:
	// {"amount":"1000.00","currency":"EUR"}
	// {"amount":"1000.00","currency":"EUR"}
	// {"amount":"0.00","currency":"EUR"}
	// {"amount":"12345678901234567890.12","currency":"EUR"}
}

// 100.00 in three equal parts: 33.33 three times would lose a cent. It goes to
// the first part. A credit of the same size splits into the same parts.
func ExampleMoney_v4ThreeThirds() {
	parts, _ := ar.MustMoney("100.00 EUR").Split(1, 1, 1)
	fmt.Println(parts)
	parts, _ = ar.MustMoney("-100.00 EUR").Split(1, 1, 1)
	fmt.Println(parts)
	// Output:
	// [33.34 EUR 33.33 EUR 33.33 EUR]
	// [-33.34 EUR -33.33 EUR -33.33 EUR]
}

// 10.00 by weights 3, 3 and 1: the exact shares are 4.2857…, 4.2857… and
// 1.4285… Cut to cents they are 4.28, 4.28 and 1.42, and 0.02 are left. They
// go to the parts that lost most: the third lost 0.857 of a cent, the others
// 0.571 each, and of those the first comes first.
func ExampleMoney_v4LargestRemainder() {
	parts, _ := ar.MustMoney("10.00 EUR").Split(3, 3, 1)
	fmt.Println(parts)
	// Output:
	// [4.29 EUR 4.28 EUR 1.43 EUR]
}

// 100.00 francs in three parts that can be paid in cash, where 0.05 is the
// smallest coin: 33.30 twice, and the rest on the last part.
func ExampleMoney_v4CashRounding() {
	whole, coin := ar.MustMoney("100.00 CHF"), ar.MustMoney("0.05 CHF")
	const last = 2
	parts, _ := whole.SplitRounded(coin, last, 1, 1, 1)
	fmt.Println(parts)
	// Output:
	// [33.30 CHF 33.30 CHF 33.40 CHF]
}

// Weights that are negative or all zero divide nothing.
func ExampleMoney_v4Weights() {
	_, err := ar.MustMoney("100.00 EUR").Split(2, -1)
	fmt.Println(err)
	_, err = ar.MustMoney("100.00 EUR").Split(0, 0)
	fmt.Println(err)
	// Output:
	// weights must not be negative and not all zero: weight 1, counted from 0, is -1
	// weights must not be negative and not all zero: there are 2
}
