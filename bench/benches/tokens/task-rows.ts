import { median } from "../../lib/measure.ts";
import { type Row, row } from "../../lib/row.ts";
import { cachedPrice, runTask, type TaskTokens } from "./run-task.ts";
import { withTasks } from "./tasks/all-tasks.ts";

const peerName = "as native calls";

/** Whole tasks by both agents: tokens of requests and answers over all turns. */
export async function taskRows(): Promise<Row[]> {
  const results = await withTasks(async (tasks) => {
    const done: [name: string, TaskTokens][] = [];
    for (const task of tasks) done.push([task.name, await runTask(task)]);
    return done;
  });
  return [
    ...results.map(([name, { code, calls }]) =>
      row(`${name}, as code`, "tokens", code.all, { name: peerName, value: calls.all }),
    ),
    ...results.map(([name, { code, calls }]) =>
      row(`${name}, as code, earlier requests cached`, "tokens", code.cached, { name: peerName, value: calls.cached }),
    ),
    ...summary(results.map(([, tokens]) => tokens)),
  ];
}

function summary(tasks: readonly TaskTokens[]): Row[] {
  const measures = [
    ["tokens", "all", "tokens"],
    [`tokens, those of earlier requests counted at ${100 * cachedPrice} %`, "cached", "tokens"],
    ["tokens that the model writes", "written", "tokens"],
    ["turns", "turns", "turns"],
  ] as const;
  const wins = tasks.filter(({ code, calls }) => code.all < calls.all).length;
  const cachedWins = tasks.filter(({ code, calls }) => code.cached < calls.cached).length;
  return [
    ...measures.map(([what, key, unit]) =>
      row(`median of ${tasks.length} tasks as code, ${what}`, unit, median(tasks.map(({ code }) => code[key])), {
        name: peerName,
        value: median(tasks.map(({ calls }) => calls[key])),
        ratio: median(tasks.map(({ code, calls }) => code[key] / calls[key])),
      }),
    ),
    row(`tasks, of ${tasks.length}, that take fewer tokens as code`, "tasks", wins),
    row(`tasks, of ${tasks.length}, that take fewer tokens as code, earlier requests cached`, "tasks", cachedWins),
  ];
}
