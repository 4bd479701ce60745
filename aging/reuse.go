package aging

import "github.com/openreceivables/ar/internal/kernel"

// memory is what one goroutine made its part of a report in.
type memory struct {
	minor  []int64
	groups *kernel.Groups // of what had no columns
	tags   []uint32       // all 0, of what had
}

// takeMemory returns memory for so many goroutines: that of the report to reuse,
// if there is one, as far as it goes.
func (o *Options) takeMemory(shares int) ([]memory, error) {
	all := make([]memory, shares)
	if o.Reuse != nil {
		if o.Reuse.live {
			return nil, ErrBookReport
		}
		copy(all, o.Reuse.spare)
		*o.Reuse = Report{}
	}
	return all, nil
}
