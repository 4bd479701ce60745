package ar_test

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// 100.01 EUR at 1.0842 USD is 108.430842 USD. Without a rounding mode that is
// an error; with one, the caller has said what becomes of the rest.
func ExampleRate_v5NamedRounding() {
	invoice, rate, usd := ar.MustMoney("100.01 EUR"), ar.MustRate("1.0842"), ar.MustCurrency("USD")
	for _, mode := range []ar.Rounding{ar.NoRounding, ar.RoundHalfUp, ar.RoundUp} {
		amount, err := invoice.Convert(rate, usd, mode)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(mode, amount)
	}
	// Output:
	// 100.01 EUR × 1.0842 in USD: too many decimals
	// half-up 108.43 USD
	// up 108.44 USD
}

// The two currencies may have different decimals: 12.34 EUR at 163.50 yen are
// 2017.59 yen, and there is no part of a yen.
func ExampleRate_v5OtherDecimals() {
	yen, _ := ar.MustMoney("12.34 EUR").Convert(ar.MustRate("163.50"), ar.MustCurrency("JPY"), ar.RoundHalfEven)
	fmt.Println(yen)
	dinars, _ := yen.Convert(ar.MustRate("0.00188"), ar.MustCurrency("KWD"), ar.RoundHalfEven) // 3.79384
	fmt.Println(dinars)
	// Output:
	// 2018 JPY
	// 3.794 KWD
}

// A rate is exact: all its digits count, up to 34, and equal rates are equal
// however they are written.
func ExampleRate_v5Exact() {
	rate := ar.MustRate("0.1234567890123456789012345678901234")
	fmt.Println(rate)
	fmt.Println(ar.MustRate("1.50").Equal(ar.MustRate("15e-1")), ar.MustRate("1.50"))
	_, err := ar.ParseRate("0.12345678901234567890123456789012345")
	fmt.Println(err)
	// Output:
	// 0.1234567890123456789012345678901234
	// true 1.5
	// rate "0.12345678901234567890123456789012345": more than 34 digits or 64 decimals
}

// A discount of 2 % on 1,234.75 is 24.695: just between two cents, where the
// modes differ.
func ExamplePercent_v5Discount() {
	invoice, discount := ar.MustMoney("1234.75 EUR"), ar.MustPercent("2%")
	fmt.Println(discount, "is the rate", discount.Rate())
	for _, mode := range []ar.Rounding{ar.RoundHalfUp, ar.RoundHalfEven, ar.RoundHalfDown} {
		amount, _ := invoice.Mul(discount.Rate(), mode)
		fmt.Println(mode, amount)
	}
	// Output:
	// 2% is the rate 0.02
	// half-up 24.70 EUR
	// half-even 24.70 EUR
	// half-down 24.69 EUR
}

// What each mode makes of amounts in yen, which have no decimals.
func ExampleRounding_v5Modes() {
	jpy := ar.MustCurrency("JPY")
	texts := []string{"2.5", "1.5", "1.1", "-1.1", "-1.5", "-2.5"}
	fmt.Printf("%9s %v\n", "", texts)
	for mode := ar.RoundHalfUp; mode <= ar.RoundFloor; mode++ {
		var amounts []string
		for _, text := range texts {
			m, _ := ar.ParseAmount(text, jpy, mode)
			amounts = append(amounts, fmt.Sprintf("%*s", len(text), m.Amount()))
		}
		fmt.Printf("%9s %v\n", mode, amounts)
	}
	// Output:
	//           [2.5 1.5 1.1 -1.1 -1.5 -2.5]
	//   half-up [  3   2   1   -1   -2   -3]
	// half-even [  2   2   1   -1   -2   -2]
	// half-down [  2   1   1   -1   -1   -2]
	//        up [  3   2   2   -2   -2   -3]
	//      down [  2   1   1   -1   -1   -2]
	//   ceiling [  3   2   2   -1   -1   -2]
	//     floor [  2   1   1   -2   -2   -3]
}
