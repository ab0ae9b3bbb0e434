import json
import os

import numpy as np

repeats = json.load(open("with.json"))["repeats"]
random = np.random.default_rng(int(os.environ["SEED"]))
inputs, targets = np.load("inputs/data/inputs.npy"), np.load("inputs/data/targets.npy")
features = lambda x: np.hstack([x, x**3, np.ones((len(x), 1))])
weights = np.linalg.lstsq(features(inputs), targets, rcond=None)[0]
error = lambda x: np.mean((features(x) @ weights - targets) ** 2)
increase = np.zeros((repeats, inputs.shape[1]))
for repeat, feature in np.ndindex(increase.shape):
    shuffled = inputs.copy()
    shuffled[:, feature] = random.permutation(shuffled[:, feature])
    increase[repeat, feature] = error(shuffled) - error(inputs)
np.save("outputs/increase.npy", increase)
np.save("outputs/baseline.npy", error(inputs))
