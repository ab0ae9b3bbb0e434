"""NumPy's (LAPACK's) thin SVD of a random matrix, on one thread of one processor.

For each line "ROWS COLUMNS" on stdin prints one number: seconds, the best of several.
"""
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
import numpy as np

for line in sys.stdin:
    rows, columns = map(int, line.split())
    matrix = np.random.RandomState(1).randn(rows, columns)
    best = float("inf")
    until = time.perf_counter() + 0.7
    while time.perf_counter() < until or best == float("inf"):
        start = time.perf_counter()
        np.linalg.svd(matrix, full_matrices=False)
        best = min(best, time.perf_counter() - start)
    print(best, flush=True)
