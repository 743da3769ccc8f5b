package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed observe.js
var observe string

// chromium starts the browser; every page opened in it gets a profile of its own.
func chromium() (context.Context, func(), error) {
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "zh-TW"), chromedp.Flag("accept-lang", "zh-TW"))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	root, cancel := chromedp.NewContext(ctx)
	if err := chromedp.Do(root); err != nil {
		cancel()
		stop()
		return nil, nil, fmt.Errorf("start Chromium (`make browser` installs it): %w", err)
	}
	return root, func() { chromedp.Cancel(root); cancel(); stop() }, nil
}

// failure carries an error out of a measurement; see measure.
type failure struct{ error }

// tab is a page in a fresh profile. Its methods panic with a failure: a measure
// is a straight line of steps, and the first that fails ends it.
type tab struct{ ctx context.Context }

func call[P, R any](t *tab, command cdp.Command[P, R], params P) R {
	var result R
	err := chromedp.Do(t.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		r, err := cdp.Call(ctx, target, command, params)
		result = r
		return err
	}))
	if err != nil {
		panic(failure{fmt.Errorf("%T: %w", params, err)})
	}
	return result
}

// open makes a tab at desktop size whose processor is slowed down by a factor.
func open(root context.Context, slow float64) (*tab, func()) {
	ctx, cancel := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	t := &tab{ctx}
	t.resize(1280, 800)
	call(t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: observe})
	if slow > 1 {
		call(t, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slow})
	}
	return t, func() { stop(); cancel() }
}

func (t *tab) resize(width, height int64) {
	t.do("open a tab", chromedp.EmulateViewport(width, height))
}

func (t *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	if err := chromedp.Do(t.ctx, steps...); err != nil {
		panic(failure{fmt.Errorf("%s: %w", what, err)})
	}
}

// eval runs a script, waits for its promise, and gives its value.
func eval[T any](t *tab, js string, args ...any) T {
	for i, a := range args {
		j, err := json.Marshal(a)
		if err != nil {
			panic(failure{err})
		}
		js = strings.ReplaceAll(js, fmt.Sprintf("$%d", i+1), string(j))
	}
	v, err := chromedp.Run(t.ctx, chromedp.Evaluate[T](js, func(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }))
	if err != nil {
		if len(js) > 200 {
			js = js[:200] + "…"
		}
		panic(failure{fmt.Errorf("script %s: %w", js, err)})
	}
	return v
}

// until waits for a script to be true.
func (t *tab) until(what, js string, args ...any) {
	end := time.Now().Add(time.Minute)
	for !eval[bool](t, "!!("+js+")", args...) {
		if time.Now().After(end) {
			panic(failure{fmt.Errorf("expected %s; it did not happen in a minute (%s)", what, js)})
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (t *tab) goTo(url string) { t.do("open "+url, chromedp.Navigate(url)) }

// rest waits for frames in which nothing new is asked for.
func (t *tab) rest(frames int) { eval[bool](t, "bench.frames($1)", frames) }

type point struct{ X, Y float64 }

// click presses the mouse in the middle of an element, count times quickly.
func (t *tab) click(css string, count int) {
	p := eval[point](t, `(() => {
		const e = document.querySelector($1);
		e.scrollIntoView({ block: "nearest" });
		const q = e.getClientRects()[0];
		return { X: q.left + Math.min(q.width / 2, 200), Y: q.top + Math.min(q.height / 2, 12) };
	})()`, css)
	for i := 1; i <= count; i++ {
		for _, kind := range []input.DispatchMouseEventType{chromedp.MousePressed, chromedp.MouseReleased} {
			t.do("click "+css, chromedp.MouseEvent(kind, p.X, p.Y, chromedp.ButtonLeft, chromedp.ClickCount(i)))
		}
	}
}

// drag selects the beginning of a block by the mouse, and leaves the pointer in it.
func (t *tab) drag(block int) {
	p := eval[point](t, `(() => {
		const e = document.querySelector("[data-block='" + $1 + "']"), r = document.createRange();
		e.scrollIntoView({ block: "nearest" });
		r.setStart(e.firstChild, 0); r.setEnd(e.firstChild, 1);
		const q = r.getClientRects()[0];
		return { X: q.left + 2, Y: q.top + q.height / 2 };
	})()`, block)
	mouse := func(kind input.DispatchMouseEventType, x float64, options ...chromedp.MouseOption) {
		t.do("drag", chromedp.MouseEvent(kind, p.X+x, p.Y, options...))
	}
	mouse(chromedp.MouseMoved, 0)
	mouse(chromedp.MousePressed, 0, chromedp.ButtonLeft, chromedp.ClickCount(1))
	mouse(chromedp.MouseMoved, 40, chromedp.ButtonLeft)
	mouse(chromedp.MouseMoved, 80, chromedp.ButtonLeft)
	mouse(chromedp.MouseReleased, 80, chromedp.ButtonLeft, chromedp.ClickCount(1))
	mouse(chromedp.MouseMoved, 120)
	time.Sleep(time.Second) // a pointer that rests asks for what is below it
}

func (t *tab) key(k string) { t.do("press "+k, chromedp.KeyEvent(k)) }

// work is how long, in milliseconds since the page began, its main thread has
// run scripts (WebAssembly included), computed styles and laid out. It is the
// processor's time, not the clock's: what else the machine does is not in it.
func (t *tab) work() float64 {
	call(t, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
	sum := 0.0
	for _, m := range call(t, performance.GetMetrics, cdp.Empty{}).Metrics {
		switch m.Name {
		case "ScriptDuration", "LayoutDuration", "RecalcStyleDuration":
			sum += m.Value * 1000
		}
	}
	return sum
}

// heap is the bytes held: Go's memory, which never shrinks, and what is alive
// on JavaScript's side.
func (t *tab) heap() (wasm, js float64) {
	call(t, heapprofiler.Enable, cdp.Empty{})
	call(t, heapprofiler.CollectGarbage, cdp.Empty{})
	js = call(t, runtime.GetHeapUsage, cdp.Empty{}).UsedSize
	return eval[float64](t, "globalThis.pizhuMemory()"), js
}
