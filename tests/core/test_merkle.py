"""The tree and its proofs: the Certificate Transparency vectors, and properties over many sizes."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.merkle import Tree, consistency_proof, inclusion_proof
from app.core.verifier import EMPTY_ROOT, consistency_holds, inclusion_holds, leaf_hash, node_hash, root_of

# Inputs, roots and proofs of the Certificate Transparency reference tests (8 leaves).
INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
FIRST_OF_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
SIX_IN_EIGHT = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
LEAVES = [leaf_hash(bytes.fromhex(data)) for data in INPUTS]


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4)) for number in range(size)]


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1 word for word, as the oracle."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_the_root_of_nothing():
    assert Tree().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_known_proofs():
    assert [node.hex() for node in inclusion_proof(LEAVES, 0, 8)] == FIRST_OF_EIGHT
    assert [node.hex() for node in consistency_proof(LEAVES, 1, 8)] == FIRST_OF_EIGHT
    assert [node.hex() for node in consistency_proof(LEAVES, 6, 8)] == SIX_IN_EIGHT


@given(st.integers(0, 200))
def test_growing_edge_gives_the_recursive_root_and_survives_storing(size):
    tree = Tree()
    for leaf in leaves_of(size):
        tree = Tree.load(tree.dump())
        tree.append(leaf)
    assert (tree.size, tree.root()) == (size, recursive_root(leaves_of(size)))


@given(st.data(), st.integers(1, 150))
def test_every_inclusion_proof_holds_and_any_flipped_bit_fails(data, size):
    leaves, index = leaves_of(size), data.draw(st.integers(0, size - 1))
    root, proof = recursive_root(leaves), inclusion_proof(leaves, index, size)
    assert inclusion_holds(leaves[index], index, size, proof, root)
    bit = data.draw(st.integers(0, 255))
    assert not inclusion_holds(flipped(leaves[index], bit), index, size, proof, root)
    assert not inclusion_holds(leaves[index], index, size, proof, flipped(root, bit))
    for place, node in enumerate(proof):
        bad = [*proof[:place], flipped(node, bit), *proof[place + 1 :]]
        assert not inclusion_holds(leaves[index], index, size, bad, root)
    assert not inclusion_holds(leaves[index], index, size, [*proof, leaves[0]], root)
    assert not proof or not inclusion_holds(leaves[index], index, size, proof[:-1], root)


@given(st.data(), st.integers(1, 150))
def test_every_consistency_proof_holds_and_any_flipped_bit_fails(data, new):
    leaves, old = leaves_of(new), data.draw(st.integers(0, new))
    before, after = recursive_root(leaves[:old]), recursive_root(leaves)
    proof = consistency_proof(leaves, old, new)
    assert consistency_holds(old, new, before, after, proof)
    bit = data.draw(st.integers(0, 255))
    assert not consistency_holds(old, new, flipped(before, bit), after, proof)
    assert old == 0 or not consistency_holds(old, new, before, flipped(after, bit), proof)
    for place, node in enumerate(proof):
        bad = [*proof[:place], flipped(node, bit), *proof[place + 1 :]]
        assert not consistency_holds(old, new, before, after, bad)
    assert not consistency_holds(old, new, before, after, [*proof, leaves[0]])
    assert not proof or not consistency_holds(old, new, before, after, proof[:-1])


@given(st.data(), st.integers(1, 120))
def test_stored_subtrees_give_the_same_proofs_in_few_reads(data, size):
    stored, tree, reads = {}, Tree(), []
    for leaf in leaves_of(size):
        stored.update({(height, index): node for height, index, node in tree.append(leaf)})

    def read(height: int, index: int) -> bytes:
        reads.append((height, index))
        return stored[height, index]

    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    assert inclusion_proof(read, index, size) == inclusion_proof(leaves_of(size), index, size)
    assert len(reads) <= (size.bit_length() + 1) ** 2
    assert consistency_proof(read, old, size) == consistency_proof(leaves_of(size), old, size)


def test_a_leaf_elsewhere_is_not_included():
    root = root_of(LEAVES)
    assert not inclusion_holds(LEAVES[1], 0, 8, inclusion_proof(LEAVES, 1, 8), root)
    assert not inclusion_holds(LEAVES[0], 8, 8, inclusion_proof(LEAVES, 0, 8), root)
    assert not inclusion_holds(LEAVES[0], -1, 8, inclusion_proof(LEAVES, 0, 8), root)


def test_a_proof_for_one_size_is_none_for_another():
    root = root_of(LEAVES)
    assert not inclusion_holds(LEAVES[0], 0, 16, inclusion_proof(LEAVES, 0, 8), root)
    assert not inclusion_holds(LEAVES[0], 0, 4, inclusion_proof(LEAVES, 0, 8), root)
    assert not consistency_holds(4, 16, root_of(LEAVES[:4]), root, consistency_proof(LEAVES, 4, 8))


def test_bytes_moved_from_one_hash_to_the_next_are_noticed():
    left, right, root = LEAVES[0], LEAVES[1], root_of(LEAVES[:2])
    assert inclusion_holds(right, 1, 2, [left], root)
    assert not inclusion_holds(left[31:] + right, 1, 2, [left[:31]], root)


def test_a_longer_tree_does_not_begin_a_shorter_one():
    assert not consistency_holds(8, 6, root_of(LEAVES), root_of(LEAVES[:6]), consistency_proof(LEAVES, 6, 8))
    assert not consistency_holds(0, 8, root_of(LEAVES), root_of(LEAVES), [])
    assert consistency_holds(0, 8, EMPTY_ROOT, root_of(LEAVES), [])


@pytest.mark.parametrize(
    "ask",
    [
        lambda: inclusion_proof(LEAVES, 8, 8),
        lambda: inclusion_proof(LEAVES, -1, 8),
        lambda: inclusion_proof(LEAVES, 0, 9),
        lambda: consistency_proof(LEAVES, 9, 8),
        lambda: consistency_proof(LEAVES, 3, 9),
    ],
)
def test_a_proof_that_cannot_be_is_refused(ask):
    with pytest.raises(IndexError):
        ask()


@pytest.mark.parametrize(
    "text",
    ["", "{}x", "[[0]]", '[["a","00"]]', '[[0,"zz"]]', '[[0,"00"]]', "5", f'[[0,"{"0" * 64}"],[0,"{"0" * 64}"]]'],
)
def test_what_is_no_dumped_tree_is_refused(text):
    with pytest.raises(ValueError):
        Tree.load(text)
