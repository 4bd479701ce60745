// Package exact is the edge to apd: integers of any size, and decimals of up
// to 34 digits with their rounding. Nothing else in the library imports apd,
// and these of its habits stop here:
//
//   - a copied number of more than 128 bits shares its digits with the
//     original: both types are handled by pointer, and every method returns a
//     new value;
//   - it keeps the sign of −0, which then is less than 0: there is no −0;
//   - it reads NaN, infinities, 1e9999 and ".-5": ParseDecimal does not;
//   - it prints exponents: Text does not;
//   - Quantize rounds to 0 what is below a tenth of the unit, in every mode,
//     and rounds without a word: Decimal.Int does neither.
package exact
