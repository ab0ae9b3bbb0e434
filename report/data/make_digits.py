"""Writes digits.npz beside this file from the copy of UCI's handwritten digits that scikit-learn carries: python make_digits.py"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

digits = load_digits()
np.savez_compressed(
    Path(__file__).parent / "digits.npz",
    images=digits.images.astype(np.uint8),
    labels=digits.target.astype(np.uint8),
)
