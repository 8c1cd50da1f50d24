import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleaved } from "../lib/measure.ts";
import { processTime } from "../lib/process-time.ts";
import { type Row, row } from "../lib/row.ts";

const oneTool = `/**
 * Forecast the weather of a city.
 * @param city - Name of the city.
 * @param days - How many days. @minimum 1 @maximum 16
 * @returns Temperatures, one per day.
 */
export async function forecast(city: string, days = 3): Promise<{ date: string; celsius: number }[]> { return []; }
`;

/** Derivation of schemas from TypeScript, as whole processes: what a command pays. */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-bench-"));
  try {
    const one = join(folder, "forecast.ts");
    writeFileSync(one, oneTool);
    const twenty = fileURLToPath(new URL("../../fixtures/twenty-tools.ts", import.meta.url));
    const derive = import.meta.resolve("@smoltools/cli/derive");
    const program = (file: string, tools: number) =>
      `import { deriveFile } from ${JSON.stringify(derive)};
       const result = await deriveFile(${JSON.stringify(file)});
       if (result.tools.length !== ${tools}) throw new Error(JSON.stringify(result.problems));`;
    const ms = await interleaved(
      {
        one: () => processTime(["--input-type=module", "-e", program(one, 1)]),
        twenty: () => processTime(["--input-type=module", "-e", program(twenty, 20)]),
        empty: () => processTime(["-e", "0"]),
      },
      9,
    );
    const peer = { name: "node -e 0", value: ms.empty };
    return [
      row("derive 1 tool, cold process", "ms", ms.one, peer),
      row("derive 20 tools, cold process", "ms", ms.twenty, peer),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
