package duedate

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/textform"
)

// ParseDiscount reads the text form of a discount, and the other spellings that
// the package comment lists; anything else is a *ParseError. A blank text is no
// discount.
func ParseDiscount(text string) (Discount, error) {
	p := newParser("discount", text)
	if p.token() == "" {
		return Discount{}, nil
	}
	d, err := p.discount()
	if err == nil && p.token() != "" {
		err = p.unexpected(`want another tier such as "2/20", or "on" and the name of an amount`)
	}
	if err != nil {
		return Discount{}, err
	}
	return d, nil
}

// MustParseDiscount is ParseDiscount for constants: it panics where that gives
// an error.
func MustParseDiscount(text string) Discount {
	d, err := ParseDiscount(text)
	if err != nil {
		panic(err)
	}
	return d
}

// ParseWithDiscount reads terms and the discount that may stand before them, as
// people write both in one: "2/10 net 30". Each is read as Parse and
// ParseDiscount do; either may be missing. The error is a *ParseError.
func ParseWithDiscount(text string) (Terms, Discount, error) {
	p := newParser("terms", text)
	var d Discount
	if p.atTier() {
		var err error
		if d, err = p.discount(); err != nil {
			return Terms{}, Discount{}, err
		}
		if p.token() == "" {
			return Terms{}, d, nil
		}
		p.accept(",")
	} else if p.token() == "" {
		return Terms{}, Discount{}, nil
	}
	t, err := p.steps("")
	if err != nil {
		return Terms{}, Discount{}, err
	}
	return t, d, nil
}

// discount reads tiers and their base, up to the comma before anything else.
func (p *parser) discount() (Discount, error) {
	var d Discount
	for {
		p.token()
		begin := p.pos
		t, err := p.tier()
		if err != nil {
			return Discount{}, err
		}
		if err := d.check(t); err != nil {
			return Discount{}, p.fail(begin, p.pos, err.Error())
		}
		d.tiers = append(d.tiers, t)
		end := p.pos
		p.accept(",")
		if !p.atTier() {
			p.pos = end
			break
		}
	}
	if !p.accept("on") {
		return d, nil
	}
	var err error
	d.base, err = p.name(nameOfBase)
	return d, err
}

// atTier reports whether a number and a stroke or percent sign follow.
func (p *parser) atTier() bool {
	p.token()
	begin := p.pos
	defer func() { p.pos = begin }()
	p.pos += len(p.decimal())
	return p.pos > begin && p.acceptAny("/", "%")
}

// decimal returns the digits and points that follow.
func (p *parser) decimal() string {
	rest := p.text[p.pos:]
	return rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789."))]
}

const wantTier = `want a discount such as "2/10" or "2% by 10th prox"`

// tier reads a percent and the days or terms that it is for.
func (p *parser) tier() (Tier, error) {
	p.token()
	begin := p.pos
	number := p.decimal()
	percent, err := ar.ParsePercent(number)
	if err != nil {
		return Tier{}, p.fail(begin, begin+max(len(number), len(p.token())), wantTier)
	}
	p.pos += len(number)
	signed := p.accept("%")
	var t Terms
	switch {
	case signed && p.accept("by"):
		t, err = p.by()
	case p.accept("/") || signed && (p.accept("within") || p.atNumber()):
		t, err = p.discountDays(percent)
	default:
		err = p.unexpected(wantTier)
	}
	return Tier{Percent: percent, Terms: t}, err
}

// by reads one part of terms, or all terms in parentheses.
func (p *parser) by() (Terms, error) {
	if p.accept("(") {
		return p.steps(")")
	}
	p.terms, p.n = Terms{}, 0
	err := p.part()
	return p.terms, err
}

// discountDays reads on after "2/": a number of days, or a day of the next
// month.
func (p *parser) discountDays(percent ar.Percent) (Terms, error) {
	if p.token() == "-" {
		return Terms{}, p.unexpected("want a number of days")
	}
	begin := p.pos
	n, err := p.integer()
	if err != nil {
		return Terms{}, err
	}
	digits := p.pos
	days := p.acceptAny("days", "day")
	ordinal := !days && p.acceptAny("st", "nd", "rd", "th")
	switch {
	case !days && p.nextMonth():
		if n < 1 || n > 31 {
			return Terms{}, p.fail(begin, digits, wantDay)
		}
		return only(Proximo(n)), nil
	case ordinal:
		return Terms{}, p.unexpected(`want "prox" after a day of the month`)
	}
	before := p.pos
	if end, ok := p.monthEnd(); ok {
		within := Tier{percent, Net(n)}
		after := Tier{percent, Terms{steps: [MaxSteps]step{end.step, Days(n).step}}}
		return Terms{}, p.fail(begin, p.pos, fmt.Sprintf(
			"is that part of the discount? write \"%s, %s\" or %q", within.append(nil), &end.step, after.append(nil)))
	}
	p.pos = before
	return Net(n), nil
}

// String returns the text form, which parses back to d.
func (d Discount) String() string {
	b, _ := d.AppendText(nil)
	return string(b)
}

// AppendText implements encoding.TextAppender.
func (d Discount) AppendText(b []byte) ([]byte, error) {
	for i, t := range d.tiers {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = t.append(b)
	}
	if d.base != "" {
		b = append(append(b, " on "...), d.base...)
	}
	return b, nil
}

// append writes 2/10 for terms of 0 days or more, 2% by eom for other terms of
// one step, and 2% by (eom, net 10) for those of several.
func (t Tier) append(b []byte) []byte {
	if n, plain := t.Terms.days(); plain && n >= 0 {
		return fmt.Appendf(b, "%s/%d", strings.TrimSuffix(t.Percent.String(), "%"), n)
	}
	if t.Terms.steps[1].kind == noStep {
		return fmt.Appendf(b, "%s by %s", t.Percent, t.Terms)
	}
	return fmt.Appendf(b, "%s by (%s)", t.Percent, t.Terms)
}

// MarshalText implements encoding.TextMarshaler: the text form, in JSON too.
func (d Discount) MarshalText() ([]byte, error) { return d.AppendText([]byte{}) }

// UnmarshalText implements encoding.TextUnmarshaler. It reads what
// ParseDiscount reads.
func (d *Discount) UnmarshalText(text []byte) error {
	v, err := ParseDiscount(string(text))
	if err == nil {
		*d = v
	}
	return err
}

// Value implements driver.Valuer: the text form, or NULL for no discount.
func (d Discount) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan implements sql.Scanner for a text, as ParseDiscount reads it, and for
// NULL.
func (d *Discount) Scan(src any) error {
	text, ok := textform.FromSQL(src)
	if !ok {
		return fmt.Errorf(`discount: the driver gave a %T, want text such as "2/10"`, src)
	}
	return d.UnmarshalText(text)
}
