import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { defaultPythonImports, python } from "./index.ts";
import { sharedSandbox } from "./test-support/code-runs.ts";

needsIsolation();

describe("a list of imports (case 95)", () => {
  test.each<[imports: string[] | "*", code: string]>([
    [["os"], "import os"],
    [["os.path"], "import os.path"],
    [["os.path"], "from os import path"],
    [["os.path"], "import os"],
    [["os.*"], "import os.path"],
    [["xml.*"], "import xml.etree.ElementTree"],
    [["*"], "import os.path"],
    ["*", "import subprocess"],
    [[], "from __future__ import annotations\nimport __main__, smolagents"],
  ])("%j allows: %s", async (imports, code) => {
    await using sandbox = await python({ imports }).create();
    expect((await sandbox.run(code)).error).toBeUndefined();
  });

  test.each<[imports: string[], code: string]>([
    [["os"], "import os.path"],
    [["os"], "from os import path"],
    [["xml.etree.*"], "import xml.dom"],
    [["re"], "import os"],
    [["os"], "import osx"],
    [[], "import re"],
  ])("%j does not allow: %s", async (imports, code) => {
    await using sandbox = await python({ imports }).create();
    expect((await sandbox.run(code)).error).toMatchObject({
      name: "ImportError",
      message: expect.stringMatching(/^the import of \S+ is not allowed\. Allowed are: /),
    });
  });
});

describe("by default", () => {
  const { run, value } = sharedSandbox();

  test("all that is listed can be imported", async () => {
    expect((await run(defaultPythonImports.map((name) => `import ${name}`).join("\n"))).error).toBeUndefined();
  });

  test.each([
    "os",
    "sys",
    "subprocess",
    "socket",
    "ctypes",
    "importlib",
    "builtins",
    "shutil",
    "pathlib",
    "multiprocessing",
  ])("%s cannot be, and the error says what can (case 95)", async (name) => {
    const { error } = await run(`\nimport ${name}`);
    expect(error).toMatchObject({
      name: "ImportError",
      line: 2,
      message: expect.stringMatching(/Allowed are: .*\bmath\b.*\bre\b/),
    });
  });

  test.each([
    ["eval", "eval(\"__import__('os')\")"],
    ["exec", "exec('import os')"],
    ["exec with globals of its own", "exec('import os', {})"],
    ["compile", "exec(compile('import os', 'x', 'exec'))"],
    ["a function made of parts", "map(__import__, ['os']).__next__()"],
    ["the builtins of globals", "globals()['__builtins__']['__import__']('os')"],
  ])("%s imports no more than the code itself (cases 98, 100)", async (_what, code) => {
    expect((await run(code)).error).toMatchObject({ name: "ImportError" });
  });

  test("modules import what they need", async () => {
    expect(await value("import asyncio, decimal, random\nrandom.Random(1).randint(1, 1)")).toBe(1);
  });

  test("time zones are known", async () => {
    const code = "import datetime, zoneinfo\ndatetime.datetime(2020, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'))";
    expect(await value(code)).toBe("2020-07-01T00:00:00+02:00");
  });

  test("what is installed with Python is not there", async () => {
    const code =
      "import random\nos = random._os\nfolder = os.path.join(os.path.dirname(os.__file__), 'site-packages')\nos.listdir(folder) if os.path.isdir(folder) else ['smolagents']";
    expect(await value(code)).toEqual(["smolagents"]);
  });

  test("a module that leads to another leads to nothing of the machine (case 97)", async () => {
    const code =
      "import random\nos = random._os\n[dict(os.environ).keys() - {'PWD'} - set(own), os.path.exists('/etc/passwd'), os.path.exists('/root/.ssh')]";
    const variables = {
      own: [
        "HOME",
        "LANG",
        "MALLOC_ARENA_MAX",
        "MKL_NUM_THREADS",
        "MPLBACKEND",
        "MPLCONFIGDIR",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
      ],
    };
    expect(await value(code, { variables })).toBe("[set(), False, False]");
  });
});

describe("third-party packages", () => {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-packages-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const site = join(folder, "site-packages");
  const venv = join(folder, "venv");
  const wheel = join(folder, "greeting-1.0-py3-none-any.whl");
  for (const place of [join(site, "greeting"), join(venv, "lib", "python3.99", "site-packages", "greeting")]) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "__init__.py"), "from .words import hello\n");
    writeFileSync(
      join(place, "words.py"),
      "import os\ndef hello(): return 'hello from ' + os.path.dirname(__file__)\n",
    );
  }
  writeFileSync(join(venv, "pyvenv.cfg"), "");
  execFileSync("python3", ["-m", "zipfile", "-c", wheel, join(site, "greeting")]);

  test.each([
    ["a folder", site, "hello from /packages/0/greeting"],
    ["a virtual environment", venv, "hello from /packages/0/greeting"],
    ["a wheel", wheel, "hello from /packages/0.whl/greeting"],
  ])("are imported from %s", async (_what, place, greeting) => {
    await using sandbox = await python({ packages: [place], imports: ["greeting"] }).create();
    expect(await sandbox.run("import greeting\ngreeting.hello()")).toMatchObject({ value: greeting });
  });

  test("are not imported where the list does not name them", async () => {
    await using sandbox = await python({ packages: [site] }).create();
    expect((await sandbox.run("import greeting")).error).toMatchObject({ name: "ImportError" });
  });

  test("cannot be changed by the code", async () => {
    await using sandbox = await python({ packages: [site], imports: "*" }).create();
    const { error } = await sandbox.run("open('/packages/0/greeting/words.py', 'w')");
    expect(error?.message).toMatch(/Read-only|Permission/);
  });

  test("with compiled code are refused as a wheel, with what to do", () => {
    const compiled = join(folder, "fast-1.0-cp311-cp311-manylinux_2_17_x86_64.whl");
    writeFileSync(compiled, "");
    expect(() => python({ packages: [compiled] })).toThrow(/pip install --target/);
  });
});
