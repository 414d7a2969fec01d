"""The Merkle tree of the log, on the side that writes: a growing edge to store, and proofs to hand out.

Hashes, the tree itself and the checking of proofs live in `verifier.py`; here is what a verifier never needs.
Source: RFC 6962 §2.1.1 (audit paths) and §2.1.2 (consistency proofs).
"""

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Self, TypeAlias

from app.core import verifier
from app.core.verifier import consistency_holds, inclusion_holds, leaf_hash, node_hash, root_of

__all__ = [
    "Leaves",
    "Tree",
    "consistency_holds",
    "consistency_proof",
    "inclusion_holds",
    "inclusion_proof",
    "leaf_hash",
    "root_of",
]

Nodes: TypeAlias = Callable[[int, int], bytes]
Leaves: TypeAlias = Sequence[bytes] | Nodes
"""The leaf hashes in order; or a reader that gives the root of the complete subtree at (height, index), whose
leaves are those from ``index << height`` on. `Tree.append` gives these as they come to be; with a reader over
them a proof takes O(log² n) reads instead of O(n) hashes."""


class Tree(verifier.Tree):
    """The growing edge of the log's tree; a few dozen hashes that fit into one column of one row."""

    def dump(self) -> str:
        """JSON list of [height, hex hash], tallest first."""
        return json.dumps([[height, node.hex()] for height, node in self.peaks])

    @classmethod
    def load(cls, text: str) -> Self:
        """The tree that `dump` wrote. Raises ValueError for anything else."""
        try:
            peaks = [(int(height), bytes.fromhex(node)) for height, node in json.loads(text)]
        except (TypeError, AttributeError) as error:
            raise ValueError("not a dumped tree") from error
        heights = [height for height, _ in peaks]
        falling = all(one > after for one, after in pairwise(heights))
        if not falling or any(height < 0 for height in heights) or any(len(node) != 32 for _, node in peaks):
            raise ValueError("not a dumped tree")
        return cls(peaks)


def inclusion_proof(leaves: Leaves, index: int, size: int) -> list[bytes]:
    """The path from the leaf at *index* to the root at *size*, leaf's sibling first (RFC 6962 §2.1.1).

    Raises IndexError when there is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    return _path(_nodes(leaves, size), index, 0, size)


def consistency_proof(leaves: Leaves, old: int, new: int) -> list[bytes]:
    """The proof that the tree of size *old* begins that of size *new* (RFC 6962 §2.1.2); empty from nothing.

    Raises IndexError unless ``0 <= old <= new``.
    """
    if not 0 <= old <= new:
        raise IndexError(f"no tree of {old} begins a tree of {new}")
    return _subproof(_nodes(leaves, new), old, 0, new, True) if old else []


def _nodes(leaves: Leaves, size: int) -> Nodes:
    if callable(leaves):
        return leaves
    if len(leaves) < size:
        raise IndexError(f"{len(leaves)} leaves are not enough for a tree of {size}")
    known = leaves
    return lambda height, index: root_of(known[index << height : (index + 1) << height])


def _root(nodes: Nodes, start: int, stop: int) -> bytes:
    width = stop - start
    if width & (width - 1) == 0:
        height = width.bit_length() - 1
        return nodes(height, start >> height)
    split = _split(start, stop)
    return node_hash(_root(nodes, start, split), _root(nodes, split, stop))


def _split(start: int, stop: int) -> int:
    return start + (1 << ((stop - start - 1).bit_length() - 1))  # the largest power of two below the width


def _path(nodes: Nodes, index: int, start: int, stop: int) -> list[bytes]:
    if stop - start == 1:
        return []
    split = _split(start, stop)
    if index < split:
        return [*_path(nodes, index, start, split), _root(nodes, split, stop)]
    return [*_path(nodes, index, split, stop), _root(nodes, start, split)]


def _subproof(nodes: Nodes, old: int, start: int, stop: int, whole: bool) -> list[bytes]:
    if old == stop:
        return [] if whole else [_root(nodes, start, stop)]
    split = _split(start, stop)
    if old <= split:
        return [*_subproof(nodes, old, start, split, whole), _root(nodes, split, stop)]
    return [*_subproof(nodes, old, split, stop, False), _root(nodes, start, split)]
