/** A black-box case that the system has to satisfy. Its number is in the name of each test that shows it. */
export interface Case {
  readonly number: number;
  /** What is given, and what has to come of it. */
  readonly title: string;
  /**
   * `"tested"`: some test has the number in its name. Anything else says which part of the system the case belongs to,
   * or why it does not apply.
   */
  readonly where: "tested" | (string & {});
}

const tested = "tested";
const toolSchemas = "tool schemas: packages/core/src/tool, packages/core/src/schema and packages/cli/src/derive";
const hub = "hub: packages/hub and test/flows";
const sandboxes = "sandboxes: the contract in packages/core/src/testing";
const serializing = "sandboxes: values cross as JSON, see the contract in packages/core/src/testing";

/** All cases. The numbers are identifiers: they have gaps. */
export const cases: readonly Case[] = [
  { number: 1, title: "a run of tool calls: its answer, and what it remembers", where: tested },
  { number: 2, title: "a run of code: a number as the answer, and calls that are counted", where: tested },
  { number: 4, title: "a model that never finishes is asked for its answer at the limit of steps", where: tested },
  { number: 5, title: "the limit of a run goes before that of the agent", where: tested },
  { number: 7, title: "an answer that is the name of an additional argument is its value", where: tested },
  { number: 8, title: "an agent without tools has the final answer and nothing else", where: tested },
  {
    number: 10,
    title: "names of tools, managed agents and the agent clash; those inside a managed agent do not",
    where: tested,
  },
  { number: 11, title: "the base tools of either kind of agent", where: tested },
  { number: 13, title: "the system prompt cannot be set", where: tested },
  { number: 14, title: "a prompt that is missing is named", where: tested },
  { number: 16, title: "the team is in the prompt of a manager only", where: tested },
  { number: 17, title: "a tool of the caller makes the final answer, from two inputs", where: tested },
  { number: 19, title: "the first final answer counts, even inside code that catches everything", where: tested },
  { number: 20, title: "a check that always fails: the run goes on and says why", where: tested },
  { number: 22, title: "a model that fails ends the run, and the memory is kept", where: tested },
  { number: 23, title: "an interrupt from a callback ends the run before the next step", where: tested },
  { number: 25, title: "callbacks in a list, by the kind of step, for any step, for the final answer", where: tested },
  { number: 26, title: "callbacks with one parameter and with two", where: tested },
  { number: 28, title: "the messages of a first plan and of later ones", where: tested },
  { number: 29, title: "the messages that ask for the closing answer", where: tested },
  { number: 31, title: "no usage where the model tells none", where: tested },
  { number: 32, title: "the report of a managed agent, with and without a summary", where: tested },
  { number: 34, title: "an agent as a tree of text, and a run told again", where: tested },
  { number: 35, title: "a reader that stops early ends the run without an error", where: tested },
  { number: 37, title: "an unknown tool: the error lists the ones that exist", where: tested },
  { number: 38, title: "a tool that throws: the error has its name and the arguments", where: tested },
  { number: 40, title: "arguments that are empty, null, a list or under another key", where: tested },
  { number: 41, title: "the results of parallel calls in the order of the calls", where: tested },
  { number: 43, title: "the final answer together with another call", where: tested },
  { number: 44, title: "calls that arrive in fragments", where: tested },
  { number: 46, title: "malformed JSON is an error of the step, and the run goes on", where: tested },
  { number: 47, title: "a tool that returns an image", where: tested },
  { number: 49, title: "parameters of the model and of the call", where: tested },
  { number: 50, title: "models that take no stop texts", where: tested },
  { number: 52, title: "the choice of a tool, by default and as given", where: tested },
  { number: 53, title: "neighbours of one role are one message", where: tested },
  { number: 55, title: "images in the form of the provider", where: tested },
  { number: 56, title: "an optional parameter of a tool in the request", where: tested },
  { number: 58, title: "a text that may be JSON", where: tested },
  { number: 59, title: "a call written as text, with arguments of every form", where: tested },
  { number: 61, title: "two keys for one provider", where: tested },
  { number: 62, title: "structured output of a model that has none", where: tested },
  { number: 64, title: "code in a fence, bare code, and no code", where: tested },
  { number: 65, title: "JSON with text before and behind it", where: tested },
  { number: 67, title: "names that are identifiers, and names that are not", where: tested },
  { number: 68, title: "a variable with the name of the function for the final answer", where: tested },
  { number: 70, title: "a tool without the type of its output", where: toolSchemas },
  { number: 71, title: "parameters that differ from the declared inputs", where: toolSchemas },
  { number: 73, title: "the types of parameters, row by row", where: tested },
  { number: 74, title: "null and absence for required and optional parameters", where: tested },
  { number: 76, title: "choices, unions and tuples", where: toolSchemas },
  { number: 77, title: "declarations of tools as the model reads them", where: tested },
  { number: 79, title: "values outside an enumeration, and output that does not fit", where: tested },
  { number: 80, title: "what may not be published, each with its own error", where: hub },
  { number: 82, title: "forms of code that may be published", where: hub },
  { number: 83, title: "the files of a saved tool", where: hub },
  { number: 85, title: "a saved tool without code", where: hub },
  { number: 86, title: "an agent saved with its helpers, and loaded again", where: hub },
  { number: 88, title: "an unknown class of a model or an agent", where: hub },
  { number: 89, title: "the generated app parses", where: hub },
  { number: 91, title: "loading at a revision gives exactly that commit", where: hub },
  { number: 92, title: "several tools in one package; publishing again what was loaded", where: hub },
  { number: 94, title: "a manifest with a foreign address gets no token", where: tested },
  { number: 95, title: "imports that are not allowed", where: sandboxes },
  { number: 97, title: "a forbidden module through an allowed one", where: sandboxes },
  { number: 98, title: "evaluation of text as code", where: sandboxes },
  { number: 100, title: "reaching attributes in a roundabout way", where: sandboxes },
  { number: 101, title: "code that runs for ever", where: sandboxes },
  { number: 103, title: "variables and functions live on from step to step", where: sandboxes },
  { number: 104, title: "printed text, in order and up to a limit", where: sandboxes },
  { number: 106, title: "assigning to the name of a tool; misspelt names", where: sandboxes },
  { number: 107, title: "unpacking, and endless generators", where: sandboxes },
  { number: 109, title: "values of every kind cross the boundary", where: serializing },
  { number: 110, title: "values that may not cross", where: serializing },
  { number: 112, title: "no variables, no call; a forged final answer", where: serializing },
  { number: 113, title: "a remote sandbox from its start to its end", where: sandboxes },
  { number: 115, title: "log text with marks and control characters is shown as it is", where: tested },
  { number: 116, title: "a step as messages for people", where: tested },
  { number: 118, title: "deltas put together", where: tested },
  { number: 119, title: "the kinds of models on the command line", where: "command line: packages/cli" },
  { number: 121, title: "text in XPath", where: "does not apply: no part of the system writes XPath" },
  { number: 122, title: "web search by a provider with a key", where: tested },
];
