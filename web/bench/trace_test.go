package main

import (
	"slices"
	"testing"
)

func TestWorkBetween(t *testing.T) {
	at := func(name string, ts, dur float64) event { return event{Name: name, TS: ts, Dur: dur} }
	mark := func(name string, ts, clock float64) (e event) {
		e.Name, e.TS, e.Args.Data.StartTime = name, ts, clock
		return
	}
	for _, c := range []struct {
		name string
		all  []event
		want []float64
	}{
		{"nothing", nil, nil},
		{"a script within an event counts once", []event{mark("a", 1000, 1), at("EventDispatch", 1000, 2000), at("FunctionCall", 1500, 1000), mark("b", 9000, 9)}, []float64{2}},
		{"painting is not work", []event{mark("a", 0, 0), at("Paint", 0, 2000), at("Layout", 3000, 500), mark("b", 9000, 9)}, []float64{.5}},
		{"before and after do not count", []event{at("EventDispatch", 0, 2000), mark("a", 1000, 1), at("TimerFire", 8000, 5000), mark("b", 9000, 9)}, []float64{2}},
		{"a mark of a moment that is past", []event{mark("a", 1000, 1), at("TimerFire", 2000, 1000), at("TimerFire", 6000, 1000), mark("b", 9000, 5)}, []float64{1}},
		{"another thread", []event{mark("a", 0, 0), {Name: "TimerFire", TS: 10, Dur: 900, TID: 7}, mark("b", 9000, 9)}, []float64{0}},
		{"each of two", []event{mark("a", 0, 0), at("TimerFire", 1000, 1000), mark("b", 3000, 3), mark("a", 4000, 4), at("TimerFire", 5000, 2000), mark("b", 8000, 8)}, []float64{1, 2}},
		{"no end", []event{mark("a", 0, 0), at("TimerFire", 1000, 1000)}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := workBetween(c.all, "a", "b"); !slices.Equal(got, c.want) {
				t.Errorf("expected %v ms of work, got %v", c.want, got)
			}
		})
	}
}
