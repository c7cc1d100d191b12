"""Random numbers by name: every uncertain input has its own stream, keyed by seed, id and chunk.

Adding or deleting an input moves no other input's draws, and the order or number of threads that draw
them changes nothing. Only raw words of a generator are used: numpy keeps those the same over versions.
"""

import hashlib

import numpy as np

from appraise.model.uncertainty import Singles, Words, normals

#: Draws that are made and summed together.
CHUNK = 16_384
#: Numbers that the generator throws away after a new state (Doty-Humphrey's SFC64 mixes its seed twelve times).
MIXED = 12
WORD = 2.0**32


class Streams:
    """The streams of one chunk of draws. Not to be shared by threads. `name`: its seed, number and size."""

    def __init__(self, seed: int, chunk: int, count: int) -> None:
        self.count = count
        self.name = seed, chunk, count
        self._place = f"|{seed}|{chunk}"
        self._bits = np.random.SFC64(0)
        self._state = self._bits.state
        self._normals: dict[str, Singles] = {}

    def words(self, key: str) -> Words:
        """`count` random words of 32 bits of the stream `key`. Fewer are the first of more."""
        digest = hashlib.sha256((key + self._place).encode("utf-8")).digest()
        state = self._state["state"]["state"]
        state[:3] = np.frombuffer(digest[:24], dtype="<u8")
        state[3] = 1
        self._bits.state = self._state
        self._bits.random_raw(MIXED, output=False)
        return self._bits.random_raw((self.count + 1) // 2).astype("<u8", copy=False).view("<u4")[: self.count]

    def below(self, key: str, probability: float) -> np.typing.NDArray[np.bool_]:
        """In which draws a uniform number of the stream is under a probability, to one part in 2 ** 32."""
        if probability >= 1:
            return np.ones(self.count, dtype=np.bool_)
        return np.asarray(self.words(key) < np.uint32(min(round(probability * WORD), WORD - 1)), dtype=np.bool_)

    def normals(self, key: str) -> Singles:
        """Standard normal numbers of a stream."""
        return normals(self.words(key))

    def kept_normals(self, key: str) -> Singles:
        """The same of a stream that several inputs read, made once; not to be changed."""
        if key not in self._normals:
            self._normals[key] = self.normals(key)
        return self._normals[key]


def chunks(draws: int) -> tuple[tuple[int, int], ...]:
    """(number, size) of the chunks that make up `draws`."""
    return tuple((start // CHUNK, min(CHUNK, draws - start)) for start in range(0, draws, CHUNK))
