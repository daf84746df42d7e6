"""Speed and memory, measured against a peer or the physical limit in the same run; never asserted by a timed test."""
