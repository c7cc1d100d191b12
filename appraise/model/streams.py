"""Uniform numbers by name: every uncertain input has its own stream, keyed by seed, id and chunk.

Adding or deleting an input moves no other input's draws, and the order or number of threads that draw
them changes nothing. Only raw uniform numbers are drawn: numpy keeps those streams stable over versions.
"""

import hashlib

import numpy as np

from appraise.model.uncertainty import Floats

#: Draws that are made and summed together.
CHUNK = 16_384


def uniforms(seed: int, key: str, chunk: int, count: int) -> Floats:
    """`count` uniform numbers in [0, 1) of the stream `key`. Fewer are the first of more."""
    words = np.frombuffer(hashlib.sha256(key.encode("utf-8")).digest()[:16], dtype="<u4")
    sequence = np.random.SeedSequence([seed, chunk, *(int(word) for word in words)])
    return np.random.Generator(np.random.SFC64(sequence)).random(count)


def chunks(draws: int) -> tuple[tuple[int, int], ...]:
    """(number, size) of the chunks that make up `draws`."""
    return tuple((start // CHUNK, min(CHUNK, draws - start)) for start in range(0, draws, CHUNK))
