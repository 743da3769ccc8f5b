// Command begun is begun when it is built: it waits for its page, and then says what
// has become of what it made before, and what it must not have kept from then.
package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"syscall/js"
	"time"
)

var table = func() map[string]int {
	m := map[string]int{}
	for i := range 1000 {
		m[fmt.Sprint("key ", i)] = i
	}
	return m
}()

var lists [][]int

func main() {
	for i := range 100 { // garbage among it
		lists = append(lists, make([]int, 100*i))
		lists[i/2] = nil
	}
	answers := make(chan int)
	go func() { answers <- <-answers + 1 }()
	begun := make(chan bool)
	js.Global().Set("pizhuBegin", js.FuncOf(func(js.Value, []js.Value) any {
		close(begun)
		return nil
	}))
	before := time.Now()
	<-begun

	runtime.GC()
	sum := 0
	for k, v := range table {
		if strings.HasPrefix(k, "key ") {
			sum += v
		}
	}
	answers <- 41
	fmt.Println("table", len(table), sum, "lists", len(lists[99]), "answer", <-answers)
	fmt.Println("page", js.Global().Get("Object").Equal(js.ValueOf(map[string]any{}).Get("constructor")))
	start := time.Now()
	time.Sleep(2 * time.Millisecond)
	took := time.Since(start)
	fmt.Println("clock", took > time.Millisecond && took < time.Minute, start.Year() > 2000, time.Since(before) > 0)
	if len(os.Args) != 1 || os.Getenv("HOME") != "" {
		fmt.Println("the machine that built it:", os.Args, os.Getenv("HOME"))
	}
	fmt.Println("random", rand.Uint64(), len(drawn()))
}

// drawn are the orders in which one map is walked: by chance.
func drawn() map[string]bool {
	orders := map[string]bool{}
	for range 100 {
		var b strings.Builder
		for k := range map[int]bool{1: true, 2: true, 3: true, 4: true, 5: true} {
			fmt.Fprint(&b, k)
		}
		orders[b.String()] = true
	}
	return orders
}
