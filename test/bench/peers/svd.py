"""Seconds of NumPy's (LAPACK's) thin SVD of a random matrix, the best of several: svd.py ROWS COLUMNS; one thread."""
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np

rows, columns = int(sys.argv[1]), int(sys.argv[2])
matrix = np.random.RandomState(1).randn(rows, columns)
best = float("inf")
until = time.perf_counter() + 1
while time.perf_counter() < until or best == float("inf"):
    start = time.perf_counter()
    np.linalg.svd(matrix, full_matrices=False)
    best = min(best, time.perf_counter() - start)
print(best)
