"""The forward pass of e5-small as an ONNX graph whose weights stay in model.safetensors beside it.

Written by hand instead of exported: the graph is 100 kB, needs neither torch nor a second copy of the weights, and is
read as it is by ONNX Runtime and OpenVINO. It ends with the mean over the tokens of each text, as 1_Pooling says,
and the tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from kl226_dedup.stores.models.tensors import layout

WEIGHTS = "model.safetensors"
OPSET = 17  # the first with LayerNormalization; OpenVINO 2024 and ONNX Runtime 1.14 read it
HIDDEN, HEADS, LAYERS, EPSILON = 384, 12, 12, 1e-12


class _Graph:
    """Collects nodes and the tensors they name."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        self.shapes = shapes
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        _, self.offsets = layout(shapes, dict.fromkeys(shapes, np.dtype("<f4")))
        self.used: set[str] = set()

    def do(self, operator: str, *inputs: str, **attributes: object) -> str:
        """Add a node; return the name of its output."""
        output = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], name=output, **attributes))
        return output

    def constant(self, value: object, kind: type = np.int64) -> str:
        """Add a small constant; return its name."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(onnx.numpy_helper.from_array(np.asarray(value, dtype=kind), name))
        return name

    def weight(self, name: str) -> str:
        """Point at a tensor in the weights file; return its name."""
        if name not in self.used:
            self.used.add(name)
            shape = self.shapes[name]
            tensor = onnx.TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (
                ("location", WEIGHTS),
                ("offset", str(self.offsets[name])),
                ("length", str(4 * int(np.prod(shape)))),
            ):
                entry = tensor.external_data.add()
                entry.key, entry.value = key, value
            self.constants.append(tensor)
        return name

    def linear(self, values: str, name: str) -> str:
        """Apply a layer stored as [outputs, inputs]."""
        turned = self.do("Transpose", self.weight(f"{name}.weight"), perm=[1, 0])
        return self.do("Add", self.do("MatMul", values, turned), self.weight(f"{name}.bias"))

    def norm(self, values: str, name: str) -> str:
        """Apply a LayerNorm."""
        return self.do(
            "LayerNormalization",
            values,
            self.weight(f"{name}.weight"),
            self.weight(f"{name}.bias"),
            axis=-1,
            epsilon=EPSILON,
        )


def _embed(graph: _Graph) -> str:
    length = graph.do("Gather", graph.do("Shape", "input_ids"), graph.constant(1), axis=0)
    positions = graph.do("Range", graph.constant(0), length, graph.constant(1))
    words = graph.do("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids", axis=0)
    places = graph.do("Gather", graph.weight("embeddings.position_embeddings.weight"), positions, axis=0)
    kinds = graph.do(
        "Gather", graph.weight("embeddings.token_type_embeddings.weight"), graph.constant(0), axis=0
    )
    return graph.norm(graph.do("Add", graph.do("Add", words, places), kinds), "embeddings.LayerNorm")


def _attend(graph: _Graph, values: str, bias: str, layer: str) -> str:
    split = graph.constant([0, 0, HEADS, HIDDEN // HEADS])

    def heads(name: str, order: list[int]) -> str:
        part = graph.linear(values, f"{layer}.attention.self.{name}")
        return graph.do("Transpose", graph.do("Reshape", part, split), perm=order)

    query, key, value = heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]), heads("value", [0, 2, 1, 3])
    scale = graph.constant((HIDDEN // HEADS) ** -0.5, np.float32)
    scores = graph.do("Add", graph.do("Mul", graph.do("MatMul", query, key), scale), bias)
    mixed = graph.do("MatMul", graph.do("Softmax", scores, axis=-1), value)
    joined = graph.do(
        "Reshape", graph.do("Transpose", mixed, perm=[0, 2, 1, 3]), graph.constant([0, 0, HIDDEN])
    )
    return graph.linear(joined, f"{layer}.attention.output.dense")


def _feed(graph: _Graph, values: str, layer: str) -> str:
    wide = graph.linear(values, f"{layer}.intermediate.dense")
    curve = graph.do("Erf", graph.do("Div", wide, graph.constant(2**0.5, np.float32)))
    half = graph.do("Mul", wide, graph.do("Add", curve, graph.constant(1, np.float32)))
    return graph.linear(graph.do("Mul", half, graph.constant(0.5, np.float32)), f"{layer}.output.dense")


def write_graph(path: Path, shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Write the graph for weights of these shapes.

    Inputs: input_ids and attention_mask, int64 [texts, tokens]. Outputs: embedding, float32 [texts, 384], the mean over
    the tokens whose mask is 1, not yet of length 1; tokens, float32 [texts, tokens, 384], each of them.
    """
    graph = _Graph(shapes)
    mask = graph.do("Cast", "attention_mask", to=TensorProto.FLOAT)
    outside = graph.do("Sub", graph.constant(1, np.float32), mask)
    bias = graph.do(
        "Unsqueeze",
        graph.do("Mul", outside, graph.constant(-10000, np.float32)),
        graph.constant([1, 2]),
    )
    values = _embed(graph)
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        values = graph.norm(
            graph.do("Add", values, _attend(graph, values, bias, layer)),
            f"{layer}.attention.output.LayerNorm",
        )
        values = graph.norm(graph.do("Add", values, _feed(graph, values, layer)), f"{layer}.output.LayerNorm")
    wide = graph.do("Unsqueeze", mask, graph.constant([2]))
    total = graph.do("ReduceSum", graph.do("Mul", values, wide), graph.constant([1]), keepdims=0)
    count = graph.do("ReduceSum", mask, graph.constant([1]), keepdims=1)
    graph.nodes.append(helper.make_node("Div", [total, count], ["embedding"], name="embedding"))
    graph.nodes.append(helper.make_node("Identity", [values], ["tokens"], name="tokens"))
    made = helper.make_graph(
        graph.nodes,
        "e5-small",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
            for name in ("input_ids", "attention_mask")
        ],
        [
            helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", HIDDEN]),
            helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["texts", "tokens", HIDDEN]),
        ],
        initializer=graph.constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    model.producer_name = "kl226_dedup"
    path.write_bytes(model.SerializeToString())
