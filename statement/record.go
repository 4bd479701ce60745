package statement

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/openreceivables/ar/ledger"
)

// What a record may be refused for.
var (
	// ErrNoRun: no ID of the run that it belongs to.
	ErrNoRun = errors.New("no run ID")
	// ErrNoTime: no time when it was made.
	ErrNoTime = errors.New("no time when the statement was made")
)

// Validate reports every fault of a record but those of its content, which
// Statement finds: ErrNoRun, ledger.ErrNoCustomer, ErrPeriod, ErrNoTime, and
// ledger.ErrNoLocations where it was made for no location: no scope would be kept
// from it.
func (r *Record) Validate() error {
	faults := []error{r.Period.Validate()}
	if r.Run == "" {
		faults = append(faults, ErrNoRun)
	}
	if r.Customer == "" {
		faults = append(faults, ledger.ErrNoCustomer)
	}
	if r.At.IsZero() {
		faults = append(faults, ErrNoTime)
	}
	if len(r.Locations) == 0 {
		faults = append(faults, fmt.Errorf("made for no location: %w", ledger.ErrNoLocations))
	}
	return errors.Join(faults...)
}

// Covers reports whether the statement was made for all of some locations, and
// perhaps for more: only then does it say all that one for these locations would,
// and may keep that from being made (SPEC R2).
func (r *Record) Covers(locations []string) bool {
	return !slices.ContainsFunc(locations, func(l string) bool { return !slices.Contains(r.Locations, l) })
}

// Record returns the record of a statement, to be saved: made for some
// locations, in a run, at a time (SPEC S4). It can be read again, or it is not
// made: an amount of more digits than can be read is an error, and so are items
// other than those of the report that the statement is from (ErrUnbalanced).
func (s *Statement) Record(run string, locations []string, at time.Time) (Record, error) {
	r, err := s.record(run, locations, at)
	if err != nil {
		return Record{}, Key{run, s.customer, s.period}.fault(err)
	}
	return r, nil
}

// record is Record but for errors that name the statement.
func (s *Statement) record(run string, locations []string, at time.Time) (Record, error) {
	r := Record{
		Key:       Key{run, s.customer, s.period},
		Locations: slices.Compact(slices.Sorted(slices.Values(locations))),
		At:        at.Round(0), // without the reading of a monotonic clock, which is not saved
		Balances:  s.Balances(),
		Version:   Version,
	}
	err := r.Validate()
	if err != nil {
		return Record{}, err
	}
	for i := range s.sections {
		if err := s.sections[i].checkItems(); err != nil {
			return Record{}, err
		}
	}
	if r.Content, err = encode(s); err != nil {
		return Record{}, err
	}
	again, err := decode(r.Version, r.Content)
	if err != nil {
		return Record{}, fmt.Errorf("once saved, it could not be read again: %w", err)
	}
	if same, err := encode(again); err != nil || !bytes.Equal(same, r.Content) {
		return Record{}, errors.Join(ErrContent, err)
	}
	return r, nil
}

// Statement returns the statement that was saved, as it was then. Content of an
// unknown version is ErrVersion; what is not a statement is ErrContent, and one
// that does not add up ErrUnbalanced.
func (r *Record) Statement() (*Statement, error) {
	s, err := r.statement()
	return s, r.fault(err)
}

// statement is Statement but for errors that name it.
func (r *Record) statement() (*Statement, error) {
	s, err := decode(r.Version, r.Content)
	if err != nil {
		return nil, err
	}
	if s.customer != valid(r.Customer) || s.period != r.Period {
		return nil, fmt.Errorf("%w: it is that of customer %q, %s", ErrContent, s.customer, s.period)
	}
	s.locations = slices.Clone(r.Locations)
	s.customer = r.Customer // to the last byte: content is JSON, which has no bytes that are not UTF-8
	return s, nil
}

// fault says of which statement an error is, if there is one.
func (k Key) fault(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("statement of customer %q, %s, of run %q: %w", k.Customer, k.Period, k.Run, err)
}
