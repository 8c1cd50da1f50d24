import type { PromptTemplates } from "./prompts.ts";

/** The mark at which a plan ends. */
export const endOfPlan = "<end_plan>";

/** The prompts that both kinds of agents share. */
export const commonPrompts: Omit<PromptTemplates, "system"> = {
  firstPlan: `Before you start to work on a task, survey the facts and make a plan. Do not solve the task yet.

1. Facts. Write three short lists under these headings:
### Given in the task
### To look up, and where
### To work out
2. Plan. Under the heading "### Plan", write the steps that lead to the answer, at a high level: what to find out, in which order, with which tools. Do not write code or calls of tools. After the last step write ${endOfPlan} and stop.

These can be used:
{{tools}}{{managedAgents}}

The task:
{{task}}`,
  planUpdateBefore: `An agent works on the task below. You see what it did so far. You will be asked to bring its plan up to date.

The task:
{{task}}`,
  planUpdateAfter: `Bring the facts and the plan up to date with what you saw. Do not solve the task yet.

1. Facts. Write four short lists under these headings:
### Given in the task
### Learned so far
### Still to look up
### Still to work out
2. Plan. Under the heading "### Plan", write the steps that are left. If attempts failed, plan another way. At most {{stepsLeft}} steps are left. After the last step write ${endOfPlan} and stop.

These can be used:
{{tools}}{{managedAgents}}

The task:
{{task}}`,
  finalAnswerBefore:
    "An agent worked on a task and has to stop. You see its work. Answer the task from what it found out; if something is missing, say what.",
  finalAnswerAfter: `The work has to end here. Answer this task now, in plain text, without code and without calls of tools:
{{task}}`,
  managedTask: `You are "{{name}}", and another agent, your manager, gives you this task:
{{task}}

Your final answer is all that your manager gets. Put these parts into it:
### Outcome in short
### Outcome in detail
### What else your manager should know
If you cannot do the task, report all the same: what you tried, and what you found out.`,
  managedReport: `Report of the agent "{{name}}":
{{answer}}`,
  summary: `You sum up the work of an agent so that it can go on from your summary alone. Keep every fact, number, name, address and intermediate result that may be needed, what was tried and failed, and which variables or stored values exist. Leave out chatter. Write at most 500 words.

The task:
{{task}}`,
};
