"""HDF5 files with what a reader of models must not follow: links and data elsewhere, filters that would be loaded, shapes
without data, groups that hold themselves, data that are there many times.

Needs h5py: python Tests/Oracles/hdf5_traps.py
"""

import h5py
import numpy as np
from golden import FIXTURES

FOLDER = FIXTURES / "hdf5"


def file(name):
    FOLDER.mkdir(parents=True, exist_ok=True)
    return h5py.File(FOLDER / f"{name}.h5", "w")


def main():
    with file("external_link") as f:
        f["own"] = np.arange(3, dtype="f4")
        f["elsewhere"] = h5py.ExternalLink("soft_link.h5", "/own")
    with file("soft_link") as f:
        f["own"] = np.arange(3, dtype="f4")
        f["elsewhere"] = h5py.SoftLink("/own")
    with file("external_data") as f:
        f.create_dataset("data", shape=(4,), dtype="f4", external=[("/etc/passwd", 0, 16)])
    with file("virtual_data") as f:
        space = h5py.h5s.create_simple((3,))
        properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        properties.set_obj_track_times(False)
        properties.set_virtual(space, b"soft_link.h5", b"own", space)
        h5py.h5d.create(f.id, b"data", h5py.h5t.IEEE_F32LE, space, properties)
    with file("no_data") as f:
        f.create_dataset("data", shape=(1 << 20, 1 << 20), dtype="f4")
    with file("foreign_filter") as f:
        # LZF comes with h5py, not with libhdf5.
        f.create_dataset("data", data=np.zeros(64, dtype="f4"), chunks=(64,), compression="lzf")
    with file("cycle") as f:
        f.create_group("inner")["again"] = f["/"]
    with file("twice") as f:
        f["data"] = np.arange(4096, dtype="f4")
        for number in range(100):
            f[f"data{number}"] = f["data"]


if __name__ == "__main__":
    main()
