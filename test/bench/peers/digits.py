"""Seconds of so many steps of the classifier of digits.mjs in eager PyTorch, one line a question."""
import os
import sys
import time

os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(1)
samples, inputs, hidden, classes, batch = 60_000, 784, 128, 10, 100
y = torch.arange(samples) % classes
centres = torch.rand(classes, inputs)
x = torch.where(centres[y] < 0.8, torch.zeros(()), centres[y] - 0.5 + 0.5 * torch.rand(samples, inputs))
net = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes))
rule = torch.optim.SGD(net.parameters(), lr=0.1)


def steps(count):
    for _ in range(count):
        rows = torch.randperm(samples)[:batch]
        loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
        rule.zero_grad()
        loss.backward()
        rule.step()


steps(20)
for line in sys.stdin:
    started = time.perf_counter()
    steps(int(line))
    print(time.perf_counter() - started, flush=True)
