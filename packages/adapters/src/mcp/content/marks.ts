/** In `_meta` of a tool and of its results: they are objects with one property, `result`. */
export const wrappedMark = "smoltools/wrapped";

/** In `_meta` of a tool: its schemas as they were, where the protocol or its clients know less. */
export const schemasMark = "smoltools/schemas";

/** In `_meta` of a result: where in it media belong, as pairs of a JSON Pointer and the number of a content block. */
export const mediaMark = "smoltools/media";
