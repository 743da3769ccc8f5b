// Command web serves Pizhu, or writes it as a static site.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"pizhu/corpus"
)

// options are what the command line says.
type options struct {
	addr, dist, folder, url string
}

func main() {
	var o options
	flag.StringVar(&o.addr, "addr", "", "address to serve on; empty is :$PORT, or :8000")
	flag.StringVar(&o.dist, "dist", "", "write the static site to this folder and stop")
	flag.StringVar(&o.folder, "corpus", "", "serve the articles (.txt, .md) of this folder instead of the program's own")
	flag.StringVar(&o.url, "url", "", "with -dist: the address the site will have, for its sitemap and its page for what is not there")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) error {
	articles, err := shelf(o.folder)
	if err != nil {
		return err
	}
	s, err := build(articles)
	if err != nil {
		return err
	}
	if o.dist != "" {
		return s.write(o.dist, o.url, best)
	}
	if o.addr == "" {
		port := os.Getenv("PORT")
		if port == "" {
			port = "8000"
		}
		o.addr = ":" + port
	}
	return serve(ctx, s, o.addr, out)
}

// shelf is the articles to serve. One that cannot be read stops the program
// with its file's name and line: better than a site that lacks it.
func shelf(folder string) ([]corpus.File, error) {
	if folder == "" {
		return corpus.Load()
	}
	// Seen first: an error from inside the folder would name it only as ".".
	if info, err := os.Stat(folder); err != nil {
		return nil, fmt.Errorf("-corpus: %w", err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("-corpus %s: it is a file; give the folder that your articles are in", folder)
	}
	articles, err := corpus.LoadFrom(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("-corpus %s: %w", folder, err)
	}
	if len(articles) == 0 {
		return nil, fmt.Errorf("-corpus %s: there is no .txt or .md file in it", folder)
	}
	seen := map[string]string{}
	for _, f := range articles {
		slug := f.Article.Slug
		if slug == "own" {
			return nil, fmt.Errorf("-corpus %s: the address of %s is taken by the readers' own articles; give the file another name", folder, f.Name)
		}
		if other, taken := seen[slug]; taken {
			return nil, fmt.Errorf("-corpus %s: %s and %s would have the same address; give one another name", folder, other, f.Name)
		}
		seen[slug] = f.Name
	}
	return articles, nil
}
