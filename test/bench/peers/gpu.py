"""Steps per second (runs x steps) of gpu.mjs's trainings on a CUDA GPU, in PyTorch or JAX. Fails where there is none.

usage: gpu.py eager|compiled|vmap|jax WIDTH,... BATCH RUNS   prints one number
"""
import sys
import time

peer, hidden = sys.argv[1], [int(width) for width in sys.argv[2].split(",")]
batch, runs = int(sys.argv[3]), int(sys.argv[4])
samples, rate, seconds = max(200, batch), 0.02 / len(hidden), 5.0
widths = [1, *hidden, 1]


def with_torch():
    import torch

    if not torch.cuda.is_available():
        sys.exit(f"PyTorch {torch.__version__} sees no CUDA device")
    torch.backends.cuda.matmul.allow_tf32 = False
    gpu = torch.device("cuda")
    x, y = torch.rand(samples, 1, device=gpu), torch.rand(samples, 1, device=gpu)
    if peer == "vmap":
        weights = [torch.randn(runs, b, a, device=gpu) / a**0.5 for a, b in zip(widths, widths[1:])]
        biases = [torch.zeros(runs, b, device=gpu) for b in widths[1:]]

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
            chosen = torch.rand(runs, samples, device=gpu).argsort(1)[:, :batch]
            state[0] = [
                (w - rate * dw, b - rate * db) for (w, b), (dw, db) in zip(state[0], gradient(state[0], chosen))
            ]

        return step, torch.cuda.synchronize, runs
    layers = []
    for before, after in zip(widths, hidden):
        layers += [torch.nn.Linear(before, after), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers, torch.nn.Linear(hidden[-1], 1)).to(gpu)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    loss_of = torch.nn.MSELoss()
    forward = torch.compile(network, mode="reduce-overhead") if peer == "compiled" else network

    def step():
        chosen = torch.randperm(samples, device=gpu)[:batch]
        optimizer.zero_grad()
        loss_of(forward(x[chosen]), y[chosen]).backward()
        optimizer.step()

    # One run at a time: more runs follow each other at the same rate.
    return step, torch.cuda.synchronize, 1


def with_jax():
    import jax
    import jax.numpy as jnp

    if jax.default_backend() != "gpu":
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

    at_once = 100
    loop = jax.jit(lambda carry: jax.lax.scan(one, carry, None, length=at_once)[0])
    state = [(parameters, jax.random.split(keys[2], runs))]

    def step():
        state[0] = loop(state[0])

    return step, lambda: jax.block_until_ready(state[0]), runs * at_once


step, wait, worth = with_jax() if peer == "jax" else with_torch()
for _ in range(3):
    step()
wait()
start, count = time.perf_counter(), 0
while time.perf_counter() - start < seconds:
    for _ in range(10):
        step()
    wait()
    count += 10
print(worth * count / (time.perf_counter() - start))
