"""Runs exported programs of PyTorch for so many steps, and says how far each ends from the report.

    python programs.py STEPS FILE...

One line of JSON a program: how many of the report's checkpoints were compared, the largest relative difference from
them, and that of PyTorch's own float32 from its float64 where the first is over 1e-6 (otherwise it is not run).
"""
import contextlib
import io
import json
import runpy
import sys

import torch

torch.set_num_threads(1)
limit = int(sys.argv[1])


def gap(found, expected, scale):
    """The largest relative difference of errors; what is left of an error of size `scale` when all is fitted is rounding."""
    pairs = [(a, b) for a, b in zip(found, expected) if a == a and b == b and b != 0]
    return max((abs(a / b - 1) if abs(a - b) > 1e-12 * scale else 0.0 for a, b in pairs), default=None)


def in_float64(program, steps):
    """The same training from the same float32 numbers, in float64."""
    names = program["train"].__globals__
    start, as_tensors = names["start"], names["as_tensors"]

    def wide_start():
        net, rng = start()
        return net.double(), rng

    def wide(x, y):
        tensors = as_tensors(x, y)
        return tensors and tuple(one.double() if one.is_floating_point() else one for one in tensors)

    names["start"], names["as_tensors"] = wide_start, wide
    return program["train"](steps)[1]


for file in sys.argv[2:]:
    result = {"file": file, "compared": 0, "gap": 0.0, "own": None, "error": None}
    try:
        program = runpy.run_path(file)
        steps = min(limit, program["STEPS"])
        _, history = program["train"](steps)
        with contextlib.redirect_stdout(io.StringIO()):
            program["compare"](history)
        for step, found in history.items():
            distance = gap(found, program["REPORT"].get(step, ()), history[0][1])
            if distance is not None:
                result["compared"] += 1
                result["gap"] = max(result["gap"], distance)
        if result["gap"] > 1e-6:
            exact = in_float64(program, steps)
            result["own"] = max(gap(history[step], exact[step], history[0][1]) or 0.0 for step in history)
    except Exception as error:  # What a person who runs it would see.
        result["error"] = f"{type(error).__name__}: {error}"
    print(json.dumps(result), flush=True)
