// Command bench measures Pizhu in a real browser, beside an empty go-app program
// in the same run, and prints the measures with what they must reach.
//
//	go run ./web/bench                 all of it
//	go run ./web/bench -run P4,P5 -n 3 some rows, of three runs each
//	BENCH_JSON=file go run ./web/bench also as JSON
//
// It is run from the root of the repository, after the program has been built.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

func main() {
	only := flag.String("run", "", "rows to measure, with commas between: P1,P9; empty is all")
	runs := flag.Int("n", 5, "runs of which the median is taken")
	at := flag.String("site", "", "measure the site at this address instead of building one")
	profile := flag.String("profile", "", "write the processor profile of a row's first run to ROW.cpuprofile in this folder")
	list := flag.Bool("started", false, "print the numbers of the functions that a start runs, and no measures")
	flag.Parse()
	if *list {
		if err := started(*at); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := run(*only, max(*runs, 1), *at, *profile); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// bench is one run of this program.
type bench struct {
	root        context.Context // the browser
	ours, empty string          // addresses
	only        map[string]bool
	runs        int
	profile     string
	rows        []row
}

// row is one line of the table.
type row struct {
	Row    string  `json:"row"`
	What   string  `json:"what"`
	Got    float64 `json:"measured"`
	Target float64 `json:"target,omitempty"` // 0 for a figure that is only told
	Unit   string  `json:"unit"`
	Over   bool    `json:"over"`
}

func (b *bench) wants(rows ...string) bool {
	return len(b.only) == 0 || slices.ContainsFunc(rows, func(r string) bool { return b.only[r] })
}

// add records a measure. One that is only told has target 0.
func (b *bench) add(name, what string, got, target float64, unit string) {
	if b.wants(name) {
		b.rows = append(b.rows, row{name, what, got, target, unit, target > 0 && got > target})
	}
}

func run(only string, runs int, at, profile string) error {
	b := &bench{runs: runs, profile: profile, only: map[string]bool{}}
	for name := range strings.SplitSeq(only, ",") {
		if name = strings.TrimSpace(name); name != "" {
			b.only[strings.ToUpper(name)] = true
		}
	}
	start := time.Now()
	fmt.Fprintln(os.Stderr, "Building and compressing …")
	end, err := b.begin(at)
	if err != nil {
		return err
	}
	defer end()
	var failed []string
	for _, m := range []struct {
		rows    []string
		measure func(*bench)
	}{
		{[]string{"P1", "P2", "P3"}, (*bench).starts},
		{[]string{"P4", "P5"}, (*bench).scripts},
		{[]string{"P7"}, (*bench).words},
		{[]string{"P5", "P6", "P8", "P11"}, (*bench).longTexts},
		{[]string{"P9", "P10", "P11", "P12"}, (*bench).manyAnnotations},
		{[]string{"IMPORT"}, (*bench).imports},
	} {
		if !b.wants(m.rows...) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%4.0f s  %s …\n", time.Since(start).Seconds(), strings.Join(m.rows, " "))
		if err := b.measure(m.measure); err != nil {
			failed = append(failed, fmt.Sprintf("%s: %v", strings.Join(m.rows, " "), err))
		}
	}
	b.print()
	if file := os.Getenv("BENCH_JSON"); file != "" {
		data, err := json.MarshalIndent(b.rows, "", "  ")
		if err != nil {
			return fmt.Errorf("bench: %w", err)
		}
		if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
			return fmt.Errorf("bench: %w", err)
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("not measured:\n%s", strings.Join(failed, "\n"))
	}
	return nil
}

// begin builds and serves what is to be measured and starts the browser.
func (b *bench) begin(at string) (end func(), err error) {
	dir, err := os.MkdirTemp("", "pizhu-bench-")
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	remove := func() { os.RemoveAll(dir) }
	if err := b.build(dir, at); err != nil {
		remove()
		return nil, err
	}
	root, stop, err := chromium()
	if err != nil {
		remove()
		return nil, err
	}
	b.root = root
	return func() { stop(); remove() }, nil
}

// measure runs one of the measurements and turns the failure of a step into an error.
func (b *bench) measure(f func(*bench)) (err error) {
	defer func() {
		if r := recover(); r != nil {
			failed, ok := r.(failure)
			if !ok {
				panic(r)
			}
			err = failed.error
		}
	}()
	f(b)
	return nil
}

func (b *bench) print() {
	slices.SortStableFunc(b.rows, func(x, y row) int { return number(x.Row) - number(y.Row) })
	show := func(v float64, unit string) string {
		if unit == "×" || v < 10 && v != float64(int(v)) {
			return fmt.Sprintf("%.2f %s", v, unit)
		}
		return fmt.Sprintf("%.0f %s", v, unit)
	}
	width := 0
	for _, r := range b.rows {
		width = max(width, len([]rune(r.What)))
	}
	for _, r := range b.rows {
		target, verdict := "", ""
		if r.Target > 0 {
			target, verdict = "≤ "+show(r.Target, r.Unit), "ok"
			if r.Over {
				verdict = "over"
			}
		}
		pad := strings.Repeat(" ", width-len([]rune(r.What)))
		fmt.Printf("%-4s %s%s  %12s  %14s  %s\n", r.Row, r.What, pad, show(r.Got, r.Unit), target, verdict)
	}
}

func number(row string) (n int) {
	if _, err := fmt.Sscanf(row, "P%d", &n); err != nil {
		return 100
	}
	return n
}

func median(list []float64) float64 { return quantile(list, 0.5) }

// quantile is the smallest value that at least a share of them does not exceed.
func quantile(list []float64, share float64) float64 {
	s := slices.Sorted(slices.Values(list))
	if len(s) == 0 {
		return 0
	}
	return s[min(int(share*float64(len(s))), len(s)-1)]
}
