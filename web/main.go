// Command web serves Pizhu, or writes it as a static site.
package main

import (
	"flag"
	"fmt"
	"os"

	"pizhu/corpus"
)

func main() {
	addr := flag.String("addr", "", "address to serve on; empty is :$PORT, or :8000")
	dist := flag.String("dist", "", "write the static site to this folder and stop")
	folder := flag.String("corpus", "", "serve the articles (.txt, .md) of this folder instead of the program's own")
	flag.Parse()
	if err := run(*addr, *dist, *folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(addr, dist, folder string) error {
	articles, err := shelf(folder)
	if err != nil {
		return err
	}
	s, err := build(articles)
	if err != nil {
		return err
	}
	if dist != "" {
		return s.write(dist)
	}
	if addr == "" {
		port := os.Getenv("PORT")
		if port == "" {
			port = "8000"
		}
		addr = ":" + port
	}
	return serve(s, addr)
}

// shelf is the articles to serve. One that cannot be read stops the program
// with its file's name and line: better than a site that lacks it.
func shelf(folder string) ([]corpus.File, error) {
	if folder == "" {
		return corpus.Load()
	}
	return corpus.LoadFrom(os.DirFS(folder))
}
