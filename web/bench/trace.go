package main

import (
	"cmp"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// event is what a browser's trace says of one thing it did. Times are in microseconds.
type event struct {
	Name     string
	TS, Dur  float64
	PID, TID int
	Args     struct {
		Data     struct{ StartTime float64 } // of a mark, in milliseconds of the page's own clock
		Function int                         `json:"func_index"` // of a program, that is compiled
	}
}

// working are the events of a main thread that are a page's work: its scripts,
// WebAssembly included, and the style and layout that they ask for. Painting is
// the browser's.
var working = []string{"EventDispatch", "FunctionCall", "FireAnimationFrame", "TimerFire", "RunMicrotasks", "UpdateLayoutTree", "Layout", "MinorGC", "MajorGC"}

// traced writes down what the browser does meanwhile, of some categories of its events.
func (t *tab) traced(do func(), categories ...string) []event {
	var mu sync.Mutex
	var all []event
	done := make(chan bool, 1)
	err := chromedp.Listen(t.ctx, func(ev any) {
		switch e := ev.(type) {
		case *tracing.EventDataCollected:
			mu.Lock()
			defer mu.Unlock()
			for _, v := range e.Value {
				var one event
				if json.Unmarshal([]byte(v), &one) == nil { // others say other things of themselves
					all = append(all, one)
				}
			}
		case *tracing.EventTracingComplete:
			done <- true
		}
	})
	if err != nil {
		panic(failure{err})
	}
	call(t, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{IncludedCategories: categories}})
	do()
	call(t, tracing.End, cdp.Empty{})
	select {
	case <-done:
	case <-time.After(10 * time.Second):
	}
	mu.Lock()
	defer mu.Unlock()
	return all
}

// workBetween is how long, in milliseconds, a page worked between each mark of
// one name and the next of another.
func workBetween(all []event, from, to string) []float64 {
	slices.SortStableFunc(all, func(a, b event) int { return cmp.Compare(a.TS, b.TS) })
	var out []float64
	for _, start := range all {
		if start.Name != from {
			continue
		}
		// A mark may be of a moment that is past: the page's clock says which.
		end := -1.0
		for _, e := range all {
			if at := start.TS + (e.Args.Data.StartTime-start.Args.Data.StartTime)*1000; e.Name == to && at > start.TS && (end < 0 || at < end) {
				end = at
			}
		}
		if end < 0 {
			continue
		}
		// One thing is done within another: what is counted is when any is.
		worked, until := 0.0, start.TS
		for _, e := range all {
			if e.PID != start.PID || e.TID != start.TID || !slices.Contains(working, e.Name) {
				continue
			}
			a, b := max(e.TS, until), min(e.TS+e.Dur, end)
			if b > a {
				worked += b - a
				until = b
			}
		}
		out = append(out, worked/1000)
	}
	return out
}
