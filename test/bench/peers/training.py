"""Steps per second of the very training that the benchmark times, in PyTorch (eager) or JAX (jit of lax.scan).

usage: training.py torch|jax   for each line "WIDTH,... SECONDS" on stdin prints one number

On one thread, and held to one processor, so that no library can use a second.
"""
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
SAMPLES, BATCH, RATE = 200, 40, 0.02


def with_torch(hidden):
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(1)
    inputs, targets = torch.rand(SAMPLES, 1), torch.rand(SAMPLES, 1)
    widths = [1, *hidden]
    layers = []
    for before, after in zip(widths, hidden):
        layers += [torch.nn.Linear(before, after), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers, torch.nn.Linear(hidden[-1], 1))
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE)
    loss_of = torch.nn.MSELoss()

    def steps(count):
        for _ in range(count):
            chosen = torch.randperm(SAMPLES)[:BATCH]
            optimizer.zero_grad()
            loss = loss_of(network(inputs[chosen]), targets[chosen])
            loss.backward()
            optimizer.step()

    return steps


def with_jax(hidden):
    import jax
    import jax.numpy as jnp

    keys = jax.random.split(jax.random.PRNGKey(1), 2 + len(hidden) + 1)
    inputs = jax.random.uniform(keys[0], (SAMPLES, 1))
    targets = jax.random.uniform(keys[1], (SAMPLES, 1))
    widths = [1, *hidden, 1]
    parameters = [
        (jax.random.normal(key, (before, after)) / before**0.5, jnp.zeros(after))
        for key, before, after in zip(keys[2:], widths, widths[1:])
    ]

    def loss_of(parameters, x, y):
        for weight, bias in parameters[:-1]:
            x = jax.nn.relu(x @ weight + bias)
        weight, bias = parameters[-1]
        return jnp.mean((x @ weight + bias - y) ** 2)

    def step(carry, _):
        parameters, key = carry
        key, drawn = jax.random.split(key)
        chosen = jax.random.permutation(drawn, SAMPLES)[:BATCH]
        gradient = jax.grad(loss_of)(parameters, inputs[chosen], targets[chosen])
        return (jax.tree_util.tree_map(lambda p, g: p - RATE * g, parameters, gradient), key), None

    at_once = 200
    loop = jax.jit(lambda carry: jax.lax.scan(step, carry, None, length=at_once)[0])
    state = [(parameters, keys[-1])]

    def steps(count):
        for _ in range(0, count, at_once):
            state[0] = loop(state[0])
        jax.block_until_ready(state[0])

    return steps


opened = {}
for line in sys.stdin:
    widths, seconds = line.split()
    if widths not in opened:
        hidden = [int(width) for width in widths.split(",")]
        opened[widths] = {"torch": with_torch, "jax": with_jax}[sys.argv[1]](hidden)
        opened[widths](200)  # compiles and warms up
    count = 200
    while True:
        start = time.perf_counter()
        opened[widths](count)
        spent = time.perf_counter() - start
        if spent >= float(seconds):
            print(count / spent, flush=True)
            break
        count *= 2
