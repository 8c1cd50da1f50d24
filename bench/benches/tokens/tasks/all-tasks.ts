import { rmSync } from "node:fs";
import { toolsFromMcp } from "@smoltools/adapters/mcp";
import type { Tool } from "@smoltools/core";
import type { TokenTask } from "../task.ts";
import { npmServer } from "../tool-pool.ts";
import { calculatorTasks } from "./calculator-tasks.ts";
import { dataTasks } from "./data-tasks.ts";
import { fileTasks } from "./file-tasks.ts";
import { readingTasks } from "./reading-tasks.ts";
import { folder, writeFiles } from "./task-files.ts";

/** Starts the servers, writes the files that the tasks are about, and takes all of it away afterwards. */
export async function withTasks<T>(work: (tasks: readonly TokenTask[]) => Promise<T>): Promise<T> {
  writeFiles();
  try {
    await using mcp = await toolsFromMcp([
      npmServer("files", "@modelcontextprotocol/server-filesystem/dist/index.js", folder),
      npmServer("calc", "@coo-quack/calc-mcp/dist/index.js"),
      npmServer("everything", "@modelcontextprotocol/server-everything/dist/index.js", "stdio"),
    ]);
    const tools = await mcp.tools();
    const from = tools.findIndex(({ name }) => name === "random");
    const upTo = tools.findIndex(({ name }) => name === "echo");
    const one = (name: string): Tool => {
      const found = tools.find((tool) => tool.name === name);
      if (!found) throw new Error(`there is no tool ${name}`);
      return found;
    };
    const files = tools.slice(0, from);
    return await work([
      ...fileTasks(files),
      ...dataTasks(),
      ...calculatorTasks(tools.slice(from, upTo)),
      ...readingTasks(files, one),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
