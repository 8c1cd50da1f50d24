/** By what they are for. The first group is that of smolagents. */
const groups: readonly string[] = [
  "collections datetime itertools math queue random re stat statistics time unicodedata",
  "abc collections.abc contextlib copy dataclasses enum functools numbers operator types typing",
  "asyncio concurrent.futures contextvars threading",
  "array bisect calendar cmath decimal fractions graphlib hashlib heapq secrets string textwrap uuid zoneinfo",
  "base64 binascii csv difflib html html.parser io json pprint struct urllib.parse xml.etree.ElementTree zlib",
  "traceback warnings weakref",
];

/**
 * The modules that code may import where nothing else is said: what smolagents allows, and what else only computes or
 * reads and writes formats of data.
 */
export const defaultPythonImports: readonly string[] = Object.freeze(groups.flatMap((group) => group.split(" ")));
