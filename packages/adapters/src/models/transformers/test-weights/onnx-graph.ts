import { int, message, packed, text } from "./protobuf.ts";

/** Types of numbers, as ONNX counts them. */
const float = 1;
const int64 = 7;

/** A size of a tensor: fixed, or a name for what differs from call to call. */
type Size = number | string;

const tensorType = (type: number, sizes: readonly Size[]): Uint8Array =>
  message(
    1,
    int(1, type),
    message(2, ...sizes.map((size) => message(1, typeof size === "number" ? int(1, size) : text(2, size)))),
  );
const tensor = (name: string, type: number, sizes: readonly number[], data: Float32Array | BigInt64Array): Uint8Array =>
  message(5, ...sizes.map((size) => int(1, size)), int(2, type), text(8, name), packed(9, data));
const node = (operator: string, inputs: readonly string[], output: string, ...attributes: Uint8Array[]): Uint8Array =>
  message(1, ...inputs.map((input) => text(1, input)), text(2, output), text(4, operator), ...attributes);
const attribute = (name: string, value: number): Uint8Array => message(5, text(1, name), int(3, value), int(20, 2));
const input = (name: string, type: number, sizes: readonly Size[]): Uint8Array =>
  message(11, text(1, name), message(2, tensorType(type, sizes)));
const output = (name: string, type: number, sizes: readonly Size[]): Uint8Array =>
  message(12, text(1, name), message(2, tensorType(type, sizes)));

/**
 * A language model as an ONNX file that looks nowhere but at the last token: each token has one that follows. It has
 * the inputs and outputs of a decoder with a cache of keys and values, so that a real library runs it as any other.
 *
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 *
 * @param following - The token that follows, for each token.
 */
export function onnxModel(following: readonly number[]): Uint8Array {
  const size = following.length;
  const table = new Float32Array(size * size);
  for (const [token, next] of following.entries()) table[token * size + next] = 10;
  const cache = ["batch", 1, "past", 1] as const;
  const cached = ["batch", 1, "total", 1] as const;
  const graph = message(
    7,
    node("Gather", ["table", "input_ids"], "logits"),
    node("Cast", ["input_ids"], "as_float", attribute("to", float)),
    node("Unsqueeze", ["as_float", "cache_axes"], "state"),
    ...["key", "value"].map((kind) =>
      node("Concat", [`past_key_values.0.${kind}`, "state"], `present.0.${kind}`, attribute("axis", 2)),
    ),
    text(2, "tiny"),
    tensor("table", float, [size, size], table),
    tensor("cache_axes", int64, [2], new BigInt64Array([1n, 3n])),
    input("input_ids", int64, ["batch", "sequence"]),
    input("attention_mask", int64, ["batch", "total"]),
    ...["key", "value"].map((kind) => input(`past_key_values.0.${kind}`, float, cache)),
    output("logits", float, ["batch", "sequence", size]),
    ...["key", "value"].map((kind) => output(`present.0.${kind}`, float, cached)),
  );
  const operators = message(8, text(1, ""), int(2, 13));
  return Buffer.concat([int(1, 8), graph, operators]);
}
