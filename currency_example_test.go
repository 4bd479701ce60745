package ar_test

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// A currency knows its decimals: 100050 minor units are 1000.50 euros, 100050
// yen, 100.050 Kuwaiti dinars and 10.0050 Chilean unidades de fomento.
func ExampleCurrency_v2Exponents() {
	for _, code := range []string{"EUR", "JPY", "KWD", "CLF"} {
		currency := ar.MustCurrency(code)
		decimals, _ := currency.Decimals()
		amount, _ := ar.NewMoney(100050, currency)
		fmt.Println(currency, "has", decimals, "decimals:", amount)
	}
	// Output:
	// EUR has 2 decimals: 1000.50 EUR
	// JPY has 0 decimals: 100050 JPY
	// KWD has 3 decimals: 100.050 KWD
	// CLF has 4 decimals: 10.0050 CLF
}

// The whole current list of ISO 4217 is known.
func ExampleCurrency_v2WholeList() {
	count := map[string]int{}
	for currency := range ar.Currencies() {
		decimals, ok := currency.Decimals()
		if !ok {
			count["no minor units"]++
			continue
		}
		count[fmt.Sprint(decimals, " decimals")]++
	}
	fmt.Println(count)
	// Output:
	// map[0 decimals:17 2 decimals:139 3 decimals:7 4 decimals:2 no minor units:13]
}

// A host makes a currency of its own without registering it anywhere: the
// value carries its decimals, and its text says them.
func ExampleCurrency_v2OwnCurrency() {
	points, err := ar.NewCurrency("PTS", 0)
	fmt.Println(points, err)
	balance, err := ar.ParseMoney("1250 PTS:0")
	fmt.Println(balance, err, balance.Currency() == points)

	// Of one code, other decimals are another currency.
	fmt.Println(ar.MustCurrency("EUR:2"), ar.MustCurrency("EUR:2") == ar.MustCurrency("EUR"))
	fmt.Println(ar.MustCurrency("EUR:4"), ar.MustCurrency("EUR:4") == ar.MustCurrency("EUR"))
	// Output:
	// PTS:0 <nil>
	// 1250 PTS:0 <nil> true
	// EUR true
	// EUR:4 false
}

// A code that ISO 4217 does not list today is an error, and so is one in
// small letters. The German mark was withdrawn in 2002.
func ExampleCurrency_v2UnknownCode() {
	for _, code := range []string{"DEM", "eur", ""} {
		_, err := ar.ParseCurrency(code)
		fmt.Println(err)
	}
	// Output:
	// currency "DEM": not a current ISO 4217 code; a currency of your own is written code:decimals
	// currency "eur": not a current ISO 4217 code: want EUR
	// currency "": not a current ISO 4217 code; a currency of your own is written code:decimals
}

// Gold (XAU) and "no currency" (XXX) are codes of the list without minor
// units. They are known, but there are no amounts of them.
func ExampleCurrency_v2NoMinorUnits() {
	for _, code := range []string{"XAU", "XXX"} {
		currency, err := ar.ParseCurrency(code)
		fmt.Println(currency, err)
		_, err = ar.ParseAmount("5", currency, ar.NoRounding)
		fmt.Println(err)
	}
	// Output:
	// XAU <nil>
	// amount "5": an amount needs a currency with minor units: XAU has none
	// XXX <nil>
	// amount "5": an amount needs a currency with minor units: XXX has none
}
