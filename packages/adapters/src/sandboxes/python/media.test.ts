import { type HostFunction, isMediaRef, MediaRef } from "@smoltools/core";
import { describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { echo, sharedSandbox } from "./test-support/code-runs.ts";
import { needsPythonPackages, pythonWithPackages } from "./test-support/python-with-packages.ts";

needsIsolation();
needsPythonPackages();

let seen: unknown;
const look: HostFunction = ([value]) => {
  seen = value;
};
const give: HostFunction = () => ({
  media: [MediaRef.fromBytes(Uint8Array.of(1, 2), { mediaType: "audio/wav", name: "a.wav" })],
});
const functions = { echo, look, give };
const options = { functions, limits: { memoryBytes: 256 * 1024 ** 2 } };

const { run, value } = sharedSandbox(pythonWithPackages, options);

/** What is told of media: kind, media type, and the start of the bytes. */
function about(media: unknown): unknown {
  if (!isMediaRef(media)) return `no media: ${String(media)}`;
  return { kind: media.kind, mediaType: media.mediaType, start: [...(media.data ?? [])].slice(0, 4) };
}

const png = { kind: "image", mediaType: "image/png", start: [0x89, 0x50, 0x4e, 0x47] };

describe("an image of Pillow is a MediaRef", () => {
  const image = "from PIL import Image\nimage = Image.new('RGB', (4, 3), 'red')";

  test("as the value of a run", async () => {
    expect(about(await value(`${image}\nimage`))).toEqual(png);
  });

  test("inside of other values", async () => {
    expect(await value(`${image}\n{'images': [image]}`)).toEqual({ images: [expect.any(MediaRef)] });
  });

  test("as the final answer (case 113)", async () => {
    expect(about((await run(`${image}\nfinal_answer(image)`)).finalAnswer?.value)).toEqual(png);
  });

  test("as an argument", async () => {
    await run(`${image}\nlook(image)`);
    expect(about(seen)).toEqual(png);
  });

  test("in a mode that PNG does not know", async () => {
    expect(about(await value("from PIL import Image\nImage.new('CMYK', (1, 1))"))).toEqual(png);
  });

  test("and comes back as one of Pillow", async () => {
    expect(
      await value(`${image}\n[type(echo(image)[0]).__name__.endswith('Image') or 'PIL', echo(image)[0].size]`),
    ).toEqual([expect.anything(), [4, 3]]);
  });

  test("and can be a variable", async () => {
    const picture = await value(`${image}\nimage`);
    expect(await value("picture.getpixel((0, 0))", { variables: { picture } })).toEqual([255, 0, 0]);
  });
});

describe("bytes are a Uint8Array", () => {
  test("as the value of a run (case 109)", async () => {
    expect(await value("b'ab\\x00'")).toEqual(Uint8Array.of(97, 98, 0));
  });

  test("as an argument, and bytes again as the result", async () => {
    expect(await value("echo(bytearray(b'ab'))[0] == b'ab'")).toBe(true);
  });
});

test("other media of the host is a dict with its bytes, and itself again on the way back", async () => {
  const media = await value(
    "given = give()['media'][0]\nlook(given)\n[given['kind'], given['mediaType'], given['name'], given['$media'][:15]]",
  );
  expect(media).toEqual(["audio", "audio/wav", "a.wav", "data:audio/wav;"]);
  expect(seen).toBeInstanceOf(MediaRef);
  expect(seen).toMatchObject({ mediaType: "audio/wav", name: "a.wav", data: Uint8Array.of(1, 2) });
});

test("an image that is none stays a dict", async () => {
  const variables = { broken: { $media: "data:image/png;base64,AAAA", kind: "image", mediaType: "image/png" } };
  expect(await value("type(broken).__name__", { variables })).toBe("dict");
});

describe("numpy and pandas", () => {
  const frame =
    "import pandas as pd, numpy as np\nframe = pd.DataFrame({'a': [1, 2], 'b': ['x', None], 'c': pd.to_datetime(['2020-01-02', None])})";

  test.each<[what: string, code: string, value: unknown]>([
    [
      "a table is its columns and records",
      `${frame}\nframe`,
      {
        columns: ["a", "b", "c"],
        records: [
          { a: 1, b: "x", c: "2020-01-02T00:00:00" },
          { a: 2, b: null, c: null },
        ],
      },
    ],
    [
      "a table with labels has an index",
      `${frame}\nframe.groupby('b').a.sum().to_frame()`,
      { columns: ["a"], records: [{ a: 1 }], index: ["x"] },
    ],
    ["a series is a list", `${frame}\npd.Series([1, 2.5, None])`, [1, 2.5, null]],
    ["a series with labels is an object", `${frame}\nframe.groupby('b').a.sum()`, { x: 1 }],
    [
      "a series with labels that are there twice keeps them",
      `${frame}\npd.Series([1, 2], index=['x', 'x'])`,
      { index: ["x", "x"], values: [1, 2] },
    ],
    ["numbers of numpy are numbers", `${frame}\n[np.int64(3), np.float32(1.5), np.bool_(True)]`, [3, 1.5, true]],
    [
      "arrays are lists",
      `${frame}\nnp.arange(4).reshape(2, 2)`,
      [
        [0, 1],
        [2, 3],
      ],
    ],
    ["dates of numpy are text", `${frame}\nnp.array(['2020-01-02'], dtype='M8[D]')`, ["2020-01-02"]],
    ["a table is an argument", `${frame}\necho(frame.head(1))[0]['records'][0]['a']`, 1],
    ["an array with nan is text", `${frame}\nnp.array([1.0, np.nan])`, "[ 1. nan]"],
  ])("%s", async (_what, code, expected) => {
    expect(await value(code)).toEqual(expected);
  });
});
