"""The shipped weights of the reader of tasks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kl226_dedup.rules.reader import TaskReader, Weights
from kl226_dedup.stores.trees import read_trees

if TYPE_CHECKING:
    from kl226_dedup.rules.network import Attention, Block, Layers, SlotNetwork


@cache
def load_reader() -> TaskReader:
    """Load what ``benchmarks/train_slots.py`` learned, once per process (about 60 ms)."""
    data = files("kl226_dedup").joinpath("data")
    stored = json.loads(data.joinpath("tasks.json").read_bytes())
    return TaskReader(
        units=Weights(weights=stored["units"]["weights"], bias=stored["units"]["bias"]),
        again=read_trees(data.joinpath("places.npz").read_bytes()),
        network=_network(stored["network"], data.joinpath("tasks.npz").read_bytes()),
        least=stored["least"],
    )


def _network(shape: Mapping[str, Any], packed: bytes) -> SlotNetwork:
    import numpy as np

    from kl226_dedup.rules.network import SlotNetwork, Vocabulary

    with np.load(BytesIO(packed), allow_pickle=False) as stored:
        return SlotNetwork(
            vocabulary=Vocabulary(
                words={word: number for number, word in enumerate(shape["words"].split(" "), 1)},
                marks={
                    (name, value): number
                    for name, values in shape["marks"].items()
                    for value, number in values.items()
                },
            ),
            members=tuple(_layers(stored, member, shape["layers"]) for member in range(shape["members"])),
        )


def _layers(stored: Mapping[str, Any], member: int, layers: list[int]) -> Layers:
    """Return one network; each layer is the reach of a convolution, or 0 for words that look at all others."""
    import numpy as np

    from kl226_dedup.rules.network import Attention, Block, Layers, Norm

    def get(name: str) -> Any:
        return stored[f"{member}.{name}"].astype(np.float32)

    def norm(name: str) -> Norm:
        return Norm(scale=get(f"{name}.scale"), shift=get(f"{name}.shift"))

    def layer(at: int, reach: int) -> Block | Attention:
        if reach == 0:
            return Attention(
                norm=norm(f"{at}.norm"),
                seen=get(f"{at}.seen"),
                seen_shift=get(f"{at}.seen.shift"),
                slope=get(f"{at}.slope"),
                out=get(f"{at}.out"),
                out_shift=get(f"{at}.out.shift"),
            )
        return Block(
            reach=reach,
            norm=norm(f"{at}.norm"),
            taps=get(f"{at}.taps"),
            taps_shift=get(f"{at}.taps.shift"),
            out=get(f"{at}.out"),
            out_shift=get(f"{at}.out.shift"),
        )

    return Layers(
        words=get("words") * get("words.scale")[:, None],
        marks=get("marks"),
        blocks=tuple(layer(at, reach) for at, reach in enumerate(layers)),
        norm=norm("norm"),
        out=get("out"),
        out_shift=get("out.shift"),
    )
