import numpy as np

from arrays import shown
from arrays.moving import scattered


def operations():
    result = {}

    def add(name, *shapes, function):
        def prepare():
            operands = [scattered(shape) - np.float32(0.5) for shape in shapes]
            return lambda: function(*operands)

        result[" ".join([name, *map(shown, shapes)])] = prepare

    for n in (2, 4, 8, 16, 32, 64, 128, 256, 1_000):
        add("matmul", (n, n), (n, n), function=np.matmul)
    for a, b in (((32, 100), (100, 64)), ((1_000, 3), (3, 1_000)), ((3, 10_000), (10_000, 3)), ((1_000, 4, 4), (1_000, 4, 4)),
                 ((100, 32, 32), (100, 32, 32)), ((16, 128, 128), (16, 128, 128)), ((64, 10, 32), (32, 16))):
        add("matmul", a, b, function=np.matmul)
    for n in (8, 64, 200):
        add("matmul transposed right", (n, n), (n, n), function=lambda a, b: a @ b.T)
    for m, n in ((8, 8), (64, 64), (512, 512), (2_000, 2_000), (10, 10_000), (10_000, 10)):
        add("matvec", (m, n), (n,), function=np.matmul)
        add("vecmat", (m,), (m, n), function=np.matmul)
    for n in (8, 64, 1_000, 100_000, 1_000_000):
        add("dot", (n,), (n,), function=np.dot)
    for n in (8, 100, 1_000):
        add("outer", (n,), (n,), function=np.outer)
    add("inner", (100, 50), (80, 50), function=np.inner)
    add("kron", (20, 20), (20, 20), function=np.kron)
    add("tensordot 2", (20, 30, 40), (30, 40, 50), function=np.tensordot)
    for formula, a, b in (
        ("ij,jk->ik", (8, 8), (8, 8)), ("ij,jk->ik", (200, 200), (200, 200)), ("bij,bjk->bik", (50, 20, 30), (50, 30, 40)),
        ("bhqd,bhkd->bhqk", (4, 8, 64, 32), (4, 8, 64, 32)), ("bqhd,bkhd->bhqk", (4, 64, 8, 32), (4, 64, 8, 32)),
        ("bi,bi->b", (1_000, 100), (1_000, 100)), ("ij,ij->", (300, 300), (300, 300)), ("i,j->ij", (300,), (300,)),
        ("ij,kj->ki", (100, 50), (80, 50)),
    ):
        add(f"einsum {formula}", a, b, function=lambda a, b, formula=formula: np.einsum(formula, a, b, optimize=True))
    add("einsum ii->", (300, 300), function=lambda x: np.einsum("ii->", x))
    add("einsum ij->ji", (300, 300), function=lambda x: np.ascontiguousarray(np.einsum("ij->ji", x)))
    add("einsum ij,jk,kl->il", (50, 60), (60, 70), (70, 80),
        function=lambda a, b, c: np.einsum("ij,jk,kl->il", a, b, c, optimize=True))
    return result
