package claims

// Tally is how often a rule's suggestions were accepted and rejected.
type Tally struct {
	Accepted int `json:"a,omitempty"`
	Rejected int `json:"r,omitempty"`
}

// Learned is what a reader's answers have taught, by rule. It is a plain value:
// kept as JSON with the reader's other settings, and nil to begin with.
type Learned map[string]Tally

// Accept is l with one more suggestion of a rule accepted. l itself is left as
// it was, as by all the functions here, so that undo can keep the old value.
func (l Learned) Accept(rule string) Learned { return l.with(rule, 1, 0) }

// Reject is l with one more suggestion of a rule rejected.
func (l Learned) Reject(rule string) Learned { return l.with(rule, 0, 1) }

// Forget is l with one answer taken back, for undo.
func (l Learned) Forget(rule string, accepted bool) Learned {
	if accepted {
		return l.with(rule, -1, 0)
	}
	return l.with(rule, 0, -1)
}

func (l Learned) with(rule string, accepted, rejected int) Learned {
	out := make(Learned, len(l)+1)
	for k, v := range l {
		out[k] = v
	}
	t := out[rule]
	t.Accepted, t.Rejected = max(t.Accepted+accepted, 0), max(t.Rejected+rejected, 0)
	if t == (Tally{}) {
		delete(out, rule)
	} else {
		out[rule] = t
	}
	return out
}

// prior is how many answers a rule's own weight counts for. With 6, three
// rejections without an acceptance take a rule of .75 to the bar of .5, and
// three acceptances bring it back.
const prior = 6

// adjust is a rule's weight after the reader's answers: the mean of a Beta
// distribution that starts at the weight with the strength of prior answers.
func (l Learned) adjust(rule string, weight float64) float64 {
	t, ok := l[rule]
	if !ok {
		return weight
	}
	a, n := float64(max(t.Accepted, 0)), float64(max(t.Accepted, 0)+max(t.Rejected, 0))
	return (weight*prior + a) / (prior + n)
}
