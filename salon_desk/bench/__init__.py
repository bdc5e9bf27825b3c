"""The benchmarks: each holds the product against a floor that is measured in the same run.

No product behaviour lives here, and what is raw (plain sqlite3, bare Qt) lives in `floors`. A ratio is the result; the
milliseconds beside it only say on which machine.
"""
