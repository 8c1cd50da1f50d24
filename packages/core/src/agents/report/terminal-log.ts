import type { AgentObserver, RunInfo } from "../observer.ts";
import { agentTitle } from "./agent-title.ts";
import { briefLimits, detailedLimits, LogPage, type PageOptions } from "./log-page.ts";
import { RunLog } from "./run-log.ts";
import { reportError, reportFailedCall, reportThrown } from "./step-report.ts";

/** How much is logged: nothing, what failed, what happens, or everything with whole requests and values. */
export type LogLevel = "off" | "error" | "info" | "debug";

/** Options of {@link terminalLog}. */
export interface TerminalLogOptions extends PageOptions {
  /** @default "info" */
  readonly level?: LogLevel;
}

/**
 * A readable log of runs while they happen: task, plans, steps with their code, output and calls, errors, the answer,
 * and what each step took. Runs of managed agents stand indented behind their names.
 *
 * What comes from models, tools and people is shown literally: control characters and escape sequences are made
 * visible, long texts are cut in the middle.
 *
 * @example
 * const log = terminalLog({ write: (text) => process.stderr.write(text), color: process.stderr.isTTY });
 * const agent = new CodeAgent({ model, sandbox, observers: [log] });
 */
export function terminalLog(options: TerminalLogOptions): AgentObserver {
  const { level = "info" } = options;
  if (level === "off") return {};
  const page = new LogPage(options, level === "debug" ? detailedLimits : briefLimits);
  return level === "error" ? errorLog(page) : fullLog(page, level === "debug");
}

function fullLog(page: LogPage, isDetailed: boolean): AgentObserver {
  const logs = new WeakMap<RunInfo, RunLog>();
  return {
    onStart(run) {
      const above = run.parent && logs.get(run.parent.run);
      const own = above && run.parent ? above.page.within(`${run.agentName ?? "agent"} ${run.parent.callId}`) : page;
      logs.set(run, new RunLog(run, own, above, isDetailed));
    },
    onEvent(event, run) {
      logs.get(run)?.onEvent(event);
    },
    onEnd(outcome, run) {
      logs.get(run)?.onEnd(outcome);
    },
  };
}

function errorLog(page: LogPage): AgentObserver {
  return {
    onEvent(event, run) {
      const who = agentTitle(run.agentKind, run.agentName);
      if (event.type === "tool-result" && event.error !== undefined) {
        reportFailedCall(page, { ...event, id: `${who}, ${event.id}`, error: event.error });
      } else if ((event.type === "step" || event.type === "plan") && event.step.error) {
        const where = event.type === "plan" ? "its plan" : `step ${event.step.number}`;
        reportError(page, `${who}: error in ${where}`, event.step.error);
      }
    },
    onEnd(outcome, run) {
      if (!("error" in outcome)) return;
      reportThrown(page, `${agentTitle(run.agentKind, run.agentName)}: the run ended with an error`, outcome.error);
    },
  };
}
