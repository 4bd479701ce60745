package duedate

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Parse reads the text form of terms, and the other spellings that the package
// comment lists; anything else is a *ParseError. A blank text is terms without
// steps.
func Parse(text string) (Terms, error) {
	p := newParser("terms", text)
	if p.token() == "" {
		return Terms{}, nil
	}
	return p.steps("")
}

// MustParse is Parse for constants: it panics where that gives an error.
func MustParse(text string) Terms {
	t, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return t
}

const (
	tooFar  = "leads out of the years 1 to 9999 from any date"
	wantDay = "want a day of the month: 1 to 31, last, or last-1 to last-30"
)

// parser reads terms from left to right. Each method reads on from where its
// caller stopped, and has consumed what it understood.
type parser struct {
	scanner
	start int // where the part that is being read begins
	terms Terms
	n     int // steps in terms
}

// newParser returns the parser of a text that is to be of some type.
func newParser(typ, text string) *parser {
	return &parser{scanner: scanner{typ: typ, text: text}}
}

// steps reads terms and the token that ends them: "" is the end of the text.
func (p *parser) steps(end string) (Terms, error) {
	p.terms, p.n = Terms{}, 0
	for {
		if err := p.part(); err != nil {
			return Terms{}, err
		}
		if p.token() == end {
			p.pos += len(end)
			return p.terms, nil
		}
		if !p.accept(",") {
			return Terms{}, p.unexpected("want a comma before the next step")
		}
	}
}

// part reads what stands between two commas: a step, or a spelling of two.
func (p *parser) part() error {
	first := p.token()
	p.start = p.pos
	p.accept("due")
	if end, ok := p.monthEnd(); ok {
		return p.afterMonthEnd(end)
	}
	p.pos = p.start
	switch {
	case p.acceptAny("net", "n"):
		return p.net()
	case p.atNumber():
		return p.number()
	case strings.EqualFold(first, "last"):
		return p.ofMonth(p.day())
	case p.accept("day"):
		day, err := p.day()
		return p.cutoff(DayOfMonth(day), err)
	case p.accept("next of"):
		return p.paymentDays()
	case p.accept("roll modified following"):
		return p.onCalendar(RollModifiedFollowing)
	case p.accept("roll following"):
		return p.onCalendar(RollFollowing)
	case p.accept("roll preceding"):
		return p.onCalendar(RollPreceding)
	case p.accept("substitute"):
		return p.onCalendar(Substitute)
	case p.acceptAny("cod", "cash on delivery", "due on receipt", "due immediately", "immediate payment"):
		return p.add(Days(0))
	}
	return p.unexpected(notAStep(first))
}

// add appends a step of the part that is being read.
func (p *parser) add(s Step) error {
	if p.n == MaxSteps {
		return p.fail(p.start, p.pos, fmt.Sprintf("more than %d steps", MaxSteps))
	}
	p.terms.steps[p.n] = s.step
	p.n++
	return nil
}

func (p *parser) addBoth(first, second Step) error {
	if err := p.add(first); err != nil {
		return err
	}
	return p.add(second)
}

// monthEnd reads one of the spellings of eom and eofm.
func (p *parser) monthEnd() (end Step, ok bool) {
	begin := p.pos
	p.accept("the")
	switch {
	case p.acceptAny("eom", "end of month", "end of the month", "end of the invoice month"):
		return EndOfMonth(), true
	case p.acceptAny("eofm", "end of following month", "end of the following month",
		"end of next month", "end of the next month"):
		return Proximo(0), true
	}
	p.pos = begin
	return Step{}, false
}

// afterMonthEnd reads on after eom or eofm: "+30", or a cut-off.
func (p *parser) afterMonthEnd(end Step) error {
	plus := p.accept("+")
	switch {
	case plus && p.accept("-"):
		return p.fail(p.pos-1, p.pos, "want a number of days")
	case !plus && !p.atNumber():
		return p.cutoff(end, nil)
	}
	n, err := p.integer()
	if err != nil {
		return err
	}
	p.acceptAny("days", "day")
	if !plus {
		return p.ambiguous(Days(n), end)
	}
	return p.addBoth(end, Days(n))
}

// ambiguous is the error for a number and an end of month of which nobody can
// say which comes first.
func (p *parser) ambiguous(number, end Step) error {
	n, e := number.step.String(), end.step.String()
	return p.fail(p.start, p.pos, fmt.Sprintf("which comes first? write %q or %q", n+", "+e, e+", "+n))
}

// net reads on after "net" or "n": a number, of days unless it says otherwise.
func (p *parser) net() error {
	if strings.HasPrefix(p.text[p.pos:], "-") {
		return p.fail(p.pos, p.pos+1, `a hyphen or a minus? write "net 30" or "net -30"`)
	}
	p.accept("/")
	n, err := p.integer()
	if err != nil {
		return err
	}
	s, ok, err := p.unit(n)
	if !ok {
		s = Days(n)
	}
	return p.amount(s, n, err)
}

// number reads a part that begins with a number: of days or another unit, or a
// day of some month.
func (p *parser) number() error {
	n, err := p.integer()
	if err != nil {
		return err
	}
	digits := p.pos
	if s, ok, err := p.unit(n); ok {
		return p.amount(s, n, err)
	}
	if end, ok := p.monthEnd(); ok {
		return p.ambiguous(Days(n), end)
	}
	p.acceptAny("st", "nd", "rd", "th")
	if n < 1 || n > 31 {
		err = p.fail(p.start, digits, wantDay)
	}
	return p.ofMonth(n, err)
}

// unit reads what a number counts.
func (p *parser) unit(n int) (s Step, ok bool, err error) {
	switch {
	case p.acceptAny("days", "day"):
		if end := p.pos; p.accept("net") && p.atNumber() {
			p.pos = end // it begins the terms after a discount
		}
		return Days(n), true, nil
	case p.acceptAny("weeks", "week"):
		return Weeks(n), true, nil
	case p.acceptAny("months", "month"):
		return Months(n), true, nil
	case p.acceptAny("business days", "business day"):
		name, err := p.name(nameOfCalendar)
		return BusinessDays(n, name), true, err
	}
	return Step{}, false, nil
}

// amount reads on after n of some unit, which make step s: nothing, or "after"
// an end of month.
func (p *parser) amount(s Step, n int, err error) error {
	if err != nil {
		return err
	}
	if int(s.step.n) != n {
		return p.fail(p.start, p.pos, tooFar)
	}
	after := p.accept("after")
	end, ok := p.monthEnd()
	switch {
	case after && ok:
		return p.addBoth(end, s)
	case after:
		return p.unexpected(`want "eom" or "eofm"`)
	case ok:
		return p.ambiguous(s, end)
	}
	return p.add(s)
}

// ofMonth reads on after a day: the month that it is of. The error is that of
// the day, which counts only if it is one.
func (p *parser) ofMonth(day int, err error) error {
	switch {
	case p.nextMonth():
		return p.cutoff(Proximo(day), err)
	case p.acceptAny("of this month", "of current month", "of the current month"):
		return p.cutoff(DayOfMonth(day), err)
	}
	return p.unexpected(`want "days", "weeks", "months", "business days", or "prox" after a day of the month`)
}

// nextMonth reads one of the spellings of prox.
func (p *parser) nextMonth() bool {
	return p.acceptAny("prox", "proximo", "mfi",
		"of following month", "of the following month", "of month following", "of the month following",
		"of next month", "of the next month")
}

// cutoff reads on after a step that may have a cut-off.
func (p *parser) cutoff(s Step, err error) error {
	if err == nil && p.acceptAny("cutoff", "cut off", "cut - off") {
		var day int
		day, err = p.day()
		s = s.Cutoff(day)
	}
	if err != nil {
		return err
	}
	return p.add(s)
}

func (p *parser) paymentDays() error {
	var days []int
	for more := true; more; more = p.accept("/") {
		day, err := p.day()
		if err != nil {
			return err
		}
		days = append(days, day)
	}
	return p.add(NextOf(days...))
}

func (p *parser) onCalendar(step func(calendar string) Step) error {
	name, err := p.name(nameOfCalendar)
	if err != nil {
		return err
	}
	return p.add(step(name))
}

// day reads a day of the month as steps have it: 0 is the last, −1 the day
// before.
func (p *parser) day() (int, error) {
	if p.accept("last") {
		if !p.accept("-") {
			return 0, nil
		}
		n, err := p.upTo(30)
		return -n, err
	}
	n, err := p.upTo(31)
	p.acceptAny("st", "nd", "rd", "th")
	return n, err
}

func (p *parser) upTo(most int) (int, error) {
	token := p.token()
	begin := p.pos
	p.pos += len(token)
	n, err := strconv.Atoi(token)
	if err != nil || n < 1 || n > most {
		return 0, p.fail(begin, p.pos, wantDay)
	}
	return n, nil
}

// integer reads a whole number, a minus being part of it.
func (p *parser) integer() (int, error) {
	if !p.atNumber() {
		return 0, p.unexpected("want a number")
	}
	begin := p.pos
	p.accept("-")
	p.pos += len(p.token())
	n, err := strconv.Atoi(p.text[begin:p.pos])
	if err != nil || n < -maxDays || n > maxDays {
		return 0, p.fail(begin, p.pos, tooFar)
	}
	return n, nil
}

// name reads a name of what it is told: all up to the next blank, comma or
// closing parenthesis.
func (p *parser) name(what string) (string, error) {
	token := p.token()
	name := p.text[p.pos:]
	if end := strings.IndexFunc(name, func(r rune) bool { return r == ',' || r == ')' || unicode.IsSpace(r) }); end >= 0 {
		name = name[:end]
	}
	if !isName(name) {
		return "", p.fail(p.pos, p.pos+max(len(name), len(token)), "want "+what)
	}
	p.pos += len(name)
	return name, nil
}
