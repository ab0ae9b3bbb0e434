"""What bench/device measures, in PyTorch or JAX on the same GPU. Prints lines of JSON; fails where there is no GPU.

usage: gpu.py eager|compiled|vmap|jax WIDTH,... BATCH RUNS [SECONDS]     steps a second (runs x steps)
       gpu.py spectrum WIDTH,... POINTS 1                                seconds, in float64
COLOPHON_BENCH_CPU=1 takes the processor where there is no GPU, for trying the script.
"""
import json
import os
import sys
import time

peer, hidden = sys.argv[1], [int(width) for width in sys.argv[2].split(",")]
batch, runs = int(sys.argv[3]), int(sys.argv[4])
seconds = float(sys.argv[5]) if len(sys.argv) > 5 else 5.0
samples, rate = max(200, batch), 0.02 / len(hidden)
widths = [1, *hidden, 1]
on_cpu = os.environ.get("COLOPHON_BENCH_CPU") == "1"


def say(**line):
    print(json.dumps(line), flush=True)


def torch_device():
    import torch

    if not torch.cuda.is_available() and not on_cpu:
        sys.exit(f"PyTorch {torch.__version__} sees no CUDA device")
    torch.backends.cuda.matmul.allow_tf32 = False
    if torch.cuda.is_available():
        return torch, torch.device("cuda"), torch.cuda.synchronize, f"PyTorch {torch.__version__}"
    return torch, torch.device("cpu"), lambda: None, f"PyTorch {torch.__version__} on the CPU"


def with_torch():
    torch, device, wait, name = torch_device()
    x, y = torch.rand(samples, 1, device=device), torch.rand(samples, 1, device=device)
    if peer == "vmap":
        weights = [torch.randn(runs, b, a, device=device) / a**0.5 for a, b in zip(widths, widths[1:])]
        biases = [torch.zeros(runs, b, device=device) for b in widths[1:]]

        def loss_of(parameters, chosen):
            h = x[chosen]
            for index, (weight, bias) in enumerate(parameters):
                h = h @ weight.T + bias
                if index < len(hidden):
                    h = torch.relu(h)
            return ((h - y[chosen]) ** 2).mean()

        gradient = torch.func.vmap(torch.func.grad(loss_of))
        state = [list(zip(weights, biases))]

        def step():
            chosen = torch.rand(runs, samples, device=device).argsort(1)[:, :batch]
            state[0] = [
                (w - rate * dw, b - rate * db) for (w, b), (dw, db) in zip(state[0], gradient(state[0], chosen))
            ]

        return step, wait, runs, name
    layers = []
    for before, after in zip(widths, hidden):
        layers += [torch.nn.Linear(before, after), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers, torch.nn.Linear(hidden[-1], 1)).to(device)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    loss_of = torch.nn.MSELoss()
    forward = torch.compile(network, mode="reduce-overhead") if peer == "compiled" else network

    def step():
        chosen = torch.randperm(samples, device=device)[:batch]
        optimizer.zero_grad()
        loss_of(forward(x[chosen]), y[chosen]).backward()
        optimizer.step()

    # One run at a time: more runs follow each other at the same rate.
    return step, wait, 1, name


def with_jax():
    import jax
    import jax.numpy as jnp

    if jax.default_backend() != "gpu" and not on_cpu:
        sys.exit(f"JAX {jax.__version__} sees no GPU")
    jax.config.update("jax_default_matmul_precision", "highest")
    keys = jax.random.split(jax.random.PRNGKey(1), 3 + len(widths))
    x, y = jax.random.uniform(keys[0], (samples, 1)), jax.random.uniform(keys[1], (samples, 1))
    parameters = [
        (jax.random.normal(key, (runs, a, b)) / a**0.5, jnp.zeros((runs, b)))
        for key, a, b in zip(keys[3:], widths, widths[1:])
    ]

    def loss_of(parameters, chosen):
        h = x[chosen]
        for index, (weight, bias) in enumerate(parameters):
            h = h @ weight + bias
            if index < len(hidden):
                h = jax.nn.relu(h)
        return jnp.mean((h - y[chosen]) ** 2)

    def one(carry, _):
        parameters, keys = carry
        keys, drawn = jnp.swapaxes(jax.vmap(jax.random.split)(keys), 0, 1)
        chosen = jax.vmap(lambda key: jax.random.permutation(key, samples)[:batch])(drawn)
        gradient = jax.vmap(jax.grad(loss_of))(parameters, chosen)
        return (jax.tree_util.tree_map(lambda p, g: p - rate * g, parameters, gradient), keys), None

    at_once = 10 if on_cpu else 100
    loop = jax.jit(lambda carry: jax.lax.scan(one, carry, None, length=at_once)[0])
    state = [(parameters, jax.random.split(keys[2], runs))]

    def step():
        state[0] = loop(state[0])

    where = "" if jax.default_backend() == "gpu" else " on the CPU"
    return step, lambda: jax.block_until_ready(state[0]), runs * at_once, f"JAX {jax.__version__}{where}"


def spectrum():
    """Gram matrix of the gradients layer by layer and its singular values, as our engines have them."""
    torch, device, wait, name = torch_device()
    inputs = torch.rand(batch, 1, device=device, dtype=torch.float64)
    weights = [
        (torch.randn(b, a, device=device, dtype=torch.float64) / a**0.5).requires_grad_()
        for a, b in zip(widths, widths[1:])
    ]
    for state in ("first", "again"):
        start = time.perf_counter()
        into, before, h = [], [], inputs
        for index, weight in enumerate(weights):
            before.append(h)
            z = h @ weight.T
            into.append(z)
            h = torch.relu(z) if index < len(hidden) else z
        deltas = torch.autograd.grad(h.sum(), into)
        gram = sum((d @ d.T) * (1 + a @ a.T) for d, a in zip(deltas, before)).detach()
        wait()
        formed = time.perf_counter() - start
        _, s, _ = torch.linalg.svd(gram)
        wait()
        took = time.perf_counter() - start
        say(what=f"{name}, float64, {state}; its Gram matrix {formed:.3f} s", seconds=round(took, 4))


def rates():
    start = time.perf_counter()
    step, wait, worth, name = with_jax() if peer == "jax" else with_torch()
    for _ in range(3):
        step()
    wait()
    cold = time.perf_counter() - start
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        for _ in range(10):
            step()
        wait()
        count += 10
    rate_found = worth * count / (time.perf_counter() - start)
    say(what=f"{name}, {peer}; ready after {cold:.1f} s", runs=worth, stepsPerSecond=round(rate_found, 1))


spectrum() if peer == "spectrum" else rates()
