// Command bench measures the ageing of open items: this library beside what a
// user would pick instead, on the same data, in one run. The README says how
// to read what it prints.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() { os.Exit(status()) }

func status() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := bench(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintln(os.Stderr, "bench:", err)
	return 1
}

// errMissed: a must was not reached, or not measured.
var errMissed = errors.New("musts not reached")

func bench(ctx context.Context, args []string, out, log io.Writer) error {
	s, check, err := parse(args, log)
	if err != nil {
		return err
	}
	writeMachine(out, time.Now())
	ms, err := s.measure(ctx)
	writeCases(out, ms)
	if err != nil || !check {
		return err
	}
	growth, err := s.measureGrowth(ctx, musts())
	if err != nil {
		return err
	}
	writeGrowth(out, growth)
	if failed := writeVerdicts(out, judge(musts(), ms, growth)); failed > 0 {
		return fmt.Errorf("%w: %d", errMissed, failed)
	}
	return nil
}

// parse reads the command line.
func parse(args []string, log io.Writer) (s settings, check bool, err error) {
	s = settings{
		contestants: contestants,
		orders:      []order{byCustomer, randomOrder},
		servers:     true,
		sample:      20 * time.Millisecond,
		log:         log,
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(log)
	flags.Func("n", "numbers of items (default 1000000,10000000)", s.setSizes)
	flags.Func("orders", "orders of the items: customer, random (default customer,random)", s.setOrders)
	flags.IntVar(&s.rounds, "rounds", 5, "rounds")
	flags.IntVar(&s.slowRounds, "slow-rounds", 1, "rounds of the slow contestants with 5 million items or more")
	flags.Func("only", "only contestants whose name matches this regular expression", func(text string) (err error) {
		s.only, err = regexp.Compile(text)
		return err
	})
	small := flags.Bool("small", false, "20,000 items, one round, no server: do all contestants still give the right answer?")
	flags.BoolVar(&check, "check", false, "measure what the musts need, and fail unless all are reached")
	if err := flags.Parse(args); err != nil {
		return s, false, err
	}
	switch {
	case *small:
		s.sizes, s.rounds, s.sample, s.servers, s.log = []int{20_000}, 1, 0, false, io.Discard
	case check && s.sizes == nil:
		s.sizes = mustSizes()
	case s.sizes == nil:
		s.sizes = []int{million, tenMillion}
	}
	if check {
		s.moreRounds = 3
	}
	if check && s.rounds < mustRounds {
		return s, false, fmt.Errorf("-check wants %d rounds or more", mustRounds)
	}
	if flags.NArg() > 0 || s.rounds < 1 || s.slowRounds < 1 || *small && check {
		flags.Usage()
		return s, false, errors.New("want flags only, rounds of 1 or more, and not both -small and -check")
	}
	return s, check, nil
}

func (s *settings) setSizes(text string) error {
	s.sizes = nil
	for field := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number of items", field)
		}
		s.sizes = append(s.sizes, n)
	}
	return nil
}

func (s *settings) setOrders(text string) error {
	s.orders = nil
	for field := range strings.SplitSeq(text, ",") {
		switch field {
		case "customer":
			s.orders = append(s.orders, byCustomer)
		case "random":
			s.orders = append(s.orders, randomOrder)
		default:
			return fmt.Errorf("%q is neither customer nor random", field)
		}
	}
	return nil
}

// mustRounds is how many rounds a must is judged by, at the least.
const mustRounds = 5

// mustSizes are the numbers of items that musts speak of.
func mustSizes() []int {
	var sizes []int
	for _, m := range musts() {
		sizes = append(sizes, m.n)
	}
	slices.Sort(sizes)
	return slices.Compact(sizes)
}
