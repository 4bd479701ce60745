package ar_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/cockroachdb/apd/v3"

	"github.com/openreceivables/ar"
)

// Each benchmark stands beside one of what a host would use instead.

func BenchmarkMoneyAdd(b *testing.B) {
	b.ReportAllocs()
	sum, x := ar.Money{}, ar.MustMoney("50.83 EUR")
	for b.Loop() {
		sum, _ = sum.Add(x)
	}
}

func BenchmarkMoneyAddWithAPD(b *testing.B) {
	b.ReportAllocs()
	ctx := apd.BaseContext.WithPrecision(34)
	sum, x := new(apd.Decimal), apd.New(5083, -2)
	for b.Loop() {
		_, _ = ctx.Add(sum, sum, x)
	}
}

func BenchmarkMoneyAddBeyondInt64(b *testing.B) {
	b.ReportAllocs()
	big, x := ar.MustMoney("99999999999999999999.00 EUR"), ar.MustMoney("50.83 EUR")
	for b.Loop() {
		_, _ = big.Add(x)
	}
}

func BenchmarkParseAmount(b *testing.B) {
	eur := ar.MustCurrency("EUR")
	for _, text := range []string{"1234.56", "1234.5", "1.23456E3", "99999999999999999999.99"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = ar.ParseAmount(text, eur, ar.NoRounding)
			}
		})
	}
}

func BenchmarkParseAmountWithAPD(b *testing.B) {
	b.ReportAllocs()
	var d apd.Decimal
	for b.Loop() {
		_, _, _ = d.SetString("1234.56")
	}
}

func BenchmarkMoneyString(b *testing.B) {
	b.ReportAllocs()
	m := ar.MustMoney("1234.56 EUR")
	for b.Loop() {
		_ = m.String()
	}
}

func BenchmarkMoneyStringWithAPD(b *testing.B) {
	b.ReportAllocs()
	d := apd.New(123456, -2)
	for b.Loop() {
		_ = fmt.Sprintf("%s EUR", d.Text('f'))
	}
}

func BenchmarkMoneySplit(b *testing.B) {
	b.ReportAllocs()
	m := ar.MustMoney("100.00 EUR")
	for b.Loop() {
		_, _ = m.Split(1, 1, 1)
	}
}

func BenchmarkMoneyMul(b *testing.B) {
	b.ReportAllocs()
	m, r := ar.MustMoney("1234.56 EUR"), ar.MustRate("1.0842")
	for b.Loop() {
		_, _ = m.Mul(r, ar.RoundHalfEven)
	}
}

// The second rate has more digits than 64 bits hold, so all is computed exactly.
func BenchmarkMoneyConvert(b *testing.B) {
	m, jpy := ar.MustMoney("1234.56 EUR"), ar.MustCurrency("JPY")
	for _, text := range []string{"163.93", "163.93000000000000000001"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			rate := ar.MustRate(text)
			for b.Loop() {
				_, _ = m.Convert(rate, jpy, ar.RoundHalfEven)
			}
		})
	}
}

func BenchmarkMoneyConvertWithAPD(b *testing.B) {
	b.ReportAllocs()
	ctx := apd.BaseContext.WithPrecision(34)
	ctx.Rounding = apd.RoundHalfEven
	m, rate, product := apd.New(123456, -2), apd.New(16393, -2), new(apd.Decimal)
	for b.Loop() {
		_, _ = ctx.Mul(product, m, rate)
		_, _ = ctx.Quantize(product, product, 0)
	}
}

func BenchmarkParseDate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = ar.ParseDate("2026-06-03")
	}
}

func BenchmarkParseDateWithPackageTime(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = time.Parse(time.DateOnly, "2026-06-03")
	}
}

func BenchmarkDateString(b *testing.B) {
	b.ReportAllocs()
	d := ar.MustDate("2026-06-03")
	for b.Loop() {
		_ = d.String()
	}
}

func BenchmarkDateStringWithPackageTime(b *testing.B) {
	b.ReportAllocs()
	t := ar.MustDate("2026-06-03").Time()
	for b.Loop() {
		_ = t.Format(time.DateOnly)
	}
}

func BenchmarkDateAddMonths(b *testing.B) {
	b.ReportAllocs()
	d := ar.MustDate("2026-01-31")
	for b.Loop() {
		_, _ = d.AddMonths(1)
	}
}

func BenchmarkDateAddMonthsWithPackageTime(b *testing.B) {
	b.ReportAllocs()
	t := ar.MustDate("2026-01-31").Time()
	for b.Loop() {
		_ = t.AddDate(0, 1, 0)
	}
}

func BenchmarkParseCurrency(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = ar.ParseCurrency("EUR")
	}
}
