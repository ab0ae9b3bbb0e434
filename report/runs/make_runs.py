"""The runs of the guide's page on results: logistic regression by stochastic gradient descent, two rates, five seeds.

    pip install numpy==2.4.6 tensorboard==2.21.0 && python report/runs/make_runs.py
"""

import pathlib

import numpy as np
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

here = pathlib.Path(__file__).parent


def blobs(random, count):
    labels = random.integers(0, 2, count)
    return random.normal(size=(count, 2)) + 1.2 * (2 * labels[:, None] - 1), labels


def run(rate, seed, steps=60, batch=16):
    random = np.random.default_rng(seed)
    (x, y), (test_x, test_y) = blobs(random, 200), blobs(random, 1000)
    weights, bias = random.normal(size=2), 0.0
    rows = []
    for step in range(steps + 1):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights + bias, -30, 30)))
        loss = -np.mean(np.where(y == 1, np.log(chance + 1e-12), np.log(1 - chance + 1e-12)))
        accuracy = np.mean((test_x @ weights + bias > 0) == (test_y == 1))
        rows.append((step, loss, accuracy))
        chosen = random.integers(0, len(x), batch)
        error = 1 / (1 + np.exp(-np.clip(x[chosen] @ weights + bias, -30, 30))) - y[chosen]
        weights, bias = weights - rate * error @ x[chosen] / batch, bias - rate * error.mean()
    return [np.array(column) for column in zip(*rows)]


for rate in [0.05, 0.5]:
    for seed in range(5):
        step, loss, accuracy = run(rate, seed)
        folder = here / f"rate={rate}"
        folder.mkdir(exist_ok=True)
        np.savez_compressed(
            folder / f"seed={seed}.npz", step=step, loss=loss.astype(np.float32), accuracy=accuracy.astype(np.float32)
        )
    logs = here / "logs" / ("fast" if rate == 0.5 else "slow")
    logs.mkdir(parents=True, exist_ok=True)
    with open(logs / "events.out.tfevents.1760000000.laptop.1.0", "wb") as file:
        writer = RecordWriter(file)
        step, loss, accuracy = run(rate, 0)
        for at, train, test in zip(step, loss, accuracy):
            values = [summary_pb2.Summary.Value(tag="Loss/train", simple_value=train)]
            if at % 10 == 0:
                values.append(summary_pb2.Summary.Value(tag="Accuracy/test", simple_value=test))
            event = event_pb2.Event(wall_time=float(at), step=int(at), summary=summary_pb2.Summary(value=values))
            writer.write(event.SerializeToString())
        writer.flush()
