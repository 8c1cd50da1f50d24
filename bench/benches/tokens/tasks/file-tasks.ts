import type { Tool } from "@smoltools/core";
import { answer, call, step, type TokenTask } from "../task.ts";
import { folder, months, writeFiles } from "./task-files.ts";

const content = (result: string | undefined): string => (JSON.parse(result ?? "{}") as { content: string }).content;
const names = (listing: string): string[] => [...listing.matchAll(/^\[FILE\] (.+)$/gm)].map(([, name = ""]) => name);

/** Work on many files, with the official server of MCP for files: 14 tools. */
export function fileTasks(tools: readonly Tool[]): TokenTask[] {
  const symbolsOf = (text: string): string[] => [
    ...new Set(
      text
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(",")[0] ?? ""),
    ),
  ];
  const tasks: Omit<TokenTask, "reset">[] = [
    {
      name: "split a table of 560 lines into five files",
      tools,
      task: `Split ${folder}/stocks.csv, whose first column is the symbol, into a file <symbol>.csv for each symbol, with the header. Answer with the number of files.`,
      code: [
        step(
          "I read the file and see what it looks like.",
          `
const { content } = await read_text_file({ path: "${folder}/stocks.csv" });
const [header, ...lines] = content.trim().split("\\n");
console.log(header, lines.length, lines[0]);`,
        ),
        step(
          "Now I write a file for each symbol.",
          `
const symbols = [...new Set(lines.map((line) => line.split(",")[0]))];
await Promise.all(symbols.map((symbol) => write_file(
  \`${folder}/\${symbol}.csv\`,
  [header, ...lines.filter((line) => line.startsWith(symbol + ","))].join("\\n") + "\\n",
)));
finalAnswer(symbols.length);`,
        ),
      ],
      calls: [
        () => [call("read_text_file", { path: `${folder}/stocks.csv` })],
        ([read]) => {
          const text = content(read?.[0]);
          const [header = "", ...lines] = text.trim().split("\n");
          return symbolsOf(text).map((symbol) =>
            call("write_file", {
              path: `${folder}/${symbol}.csv`,
              content: `${[header, ...lines.filter((line) => line.startsWith(`${symbol},`))].join("\n")}\n`,
            }),
          );
        },
        (results) => answer(results[1]?.length),
      ],
    },
    {
      name: "rename twelve files",
      tools,
      task: `In ${folder}/minutes, replace the space in each file's name by a hyphen. Answer with the number of files that were renamed.`,
      code: [
        step(
          "I look into the folder.",
          `
const { content } = await list_directory("${folder}/minutes");
console.log(content);`,
        ),
        step(
          "I rename what has a space in its name.",
          `
const names = [...content.matchAll(/^\\[FILE\\] (.+ .+)$/gm)].map(([, name]) => name);
await Promise.all(names.map((name) => move_file(\`${folder}/minutes/\${name}\`, \`${folder}/minutes/\${name.replace(" ", "-")}\`)));
finalAnswer(names.length);`,
        ),
      ],
      calls: [
        () => [call("list_directory", { path: `${folder}/minutes` })],
        ([listing]) =>
          names(content(listing?.[0])).map((name) =>
            call("move_file", {
              source: `${folder}/minutes/${name}`,
              destination: `${folder}/minutes/${name.replace(" ", "-")}`,
            }),
          ),
        (results) => answer(results[1]?.length),
      ],
    },
    {
      name: "count what is still to do in twelve files",
      tools,
      task: `How many lines of the files in ${folder}/minutes begin with TODO?`,
      code: [
        step(
          "I look into the folder.",
          `
const { content } = await list_directory("${folder}/minutes");
console.log(content);`,
        ),
        step(
          "I read all files and count.",
          `
const paths = [...content.matchAll(/^\\[FILE\\] (.+)$/gm)].map(([, name]) => "${folder}/minutes/" + name);
const texts = await Promise.all(paths.map((path) => read_text_file(path)));
finalAnswer(texts.reduce((sum, { content }) => sum + content.split("\\n").filter((line) => line.startsWith("TODO")).length, 0));`,
        ),
      ],
      calls: [
        () => [call("list_directory", { path: `${folder}/minutes` })],
        ([listing]) => [
          call("read_multiple_files", {
            paths: names(content(listing?.[0])).map((name) => `${folder}/minutes/${name}`),
          }),
        ],
        (results) => answer(content(results[1]?.[0]).match(/^TODO/gm)?.length),
      ],
    },
    {
      name: "add up the numbers of twelve files",
      tools,
      task: `The files <month>.csv in ${folder}/numbers have lines "day,number". Which month of 2026 has the largest sum? Answer with { month, sum }.`,
      code: [
        step(
          "I read all months at once and add up.",
          `
const months = Array.from({ length: 12 }, (_, i) => "2026-" + String(i + 1).padStart(2, "0"));
const sums = await Promise.all(months.map(async (month) => {
  const { content } = await read_text_file(\`${folder}/numbers/\${month}.csv\`);
  return { month, sum: content.trim().split("\\n").reduce((sum, line) => sum + Number(line.split(",")[1]), 0) };
}));
finalAnswer(sums.reduce((best, each) => (each.sum > best.sum ? each : best)));`,
        ),
      ],
      calls: [
        () => [call("read_multiple_files", { paths: months.map((month) => `${folder}/numbers/${month}.csv`) })],
        (results) => {
          const sums = months.map((month) => ({
            month,
            sum: [...content(results[0]?.[0]).matchAll(new RegExp(`^${month}-\\d+,(\\d+)$`, "gm"))].reduce(
              (sum, [, number]) => sum + Number(number),
              0,
            ),
          }));
          return answer(sums.reduce((best, each) => (each.sum > best.sum ? each : best)));
        },
      ],
    },
    {
      name: "make a summary file of a table",
      tools,
      task: `For each symbol of ${folder}/stocks.csv (symbol,date,price), find the highest price. Write ${folder}/highest.csv with lines "symbol,price", and answer with its text.`,
      code: [
        step(
          "I read the table, compute and write.",
          `
const { content: table } = await read_text_file("${folder}/stocks.csv");
const highest = new Map();
for (const line of table.trim().split("\\n").slice(1)) {
  const [symbol, , price] = line.split(",");
  highest.set(symbol, Math.max(highest.get(symbol) ?? 0, Number(price)));
}
const text = [...highest].map(([symbol, price]) => symbol + "," + price).join("\\n");
await write_file("${folder}/highest.csv", text);
finalAnswer(text);`,
        ),
      ],
      calls: [
        () => [call("read_text_file", { path: `${folder}/stocks.csv` })],
        ([read]) => [call("write_file", { path: `${folder}/highest.csv`, content: highest(content(read?.[0])) })],
        ([read]) => answer(highest(content(read?.[0]))),
      ],
    },
    {
      name: "change one setting of a file, and look at it",
      tools,
      task: `In ${folder}/config.json, set the port to 9090 and verbose to true. Answer with the whole file.`,
      code: [
        step(
          "I look at the file.",
          `const path = "${folder}/config.json";\nconsole.log((await read_text_file(path)).content);`,
        ),
        step(
          "I make both edits and look at the outcome.",
          `
await edit_file(path, [
  { oldText: '"port": 8080', newText: '"port": 9090' },
  { oldText: '"verbose": false', newText: '"verbose": true' },
]);
finalAnswer((await read_text_file(path)).content);`,
        ),
      ],
      calls: [
        () => [call("read_text_file", { path: `${folder}/config.json` })],
        () => [
          call("edit_file", {
            path: `${folder}/config.json`,
            edits: [
              { oldText: '"port": 8080', newText: '"port": 9090' },
              { oldText: '"verbose": false', newText: '"verbose": true' },
            ],
          }),
        ],
        () => answer(`${JSON.stringify({ port: 9090, host: "localhost", retries: 3, verbose: true }, null, 2)}\n`),
      ],
    },
  ];
  return tasks.map((task) => Object.assign(task, { reset: writeFiles }));
}

function highest(table: string): string {
  const prices = new Map<string, number>();
  for (const line of table.trim().split("\n").slice(1)) {
    const [symbol = "", , price] = line.split(",");
    prices.set(symbol, Math.max(prices.get(symbol) ?? 0, Number(price)));
  }
  return [...prices].map(([symbol, price]) => `${symbol},${price}`).join("\n");
}
