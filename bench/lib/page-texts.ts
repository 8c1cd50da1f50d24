/** What the page says of a benchmark besides its figures. */
interface PageText {
  title: string;
  /** What is measured, against what. */
  about: string;
  /** What follows from it, in words that hold as long as the figures do not turn over. */
  reading?: string;
}

/** The benchmarks in the order of the page. No figures stand here: they come from the results alone. */
export const pageTexts: Readonly<Record<string, PageText>> = {
  tokens: {
    title: "Tokens",
    about:
      "What code agents cost in tokens, beside agents that call tools natively. Tokens are counted by `gpt-tokenizer` " +
      "with o200k, the vocabulary of OpenAI's models since GPT-4o. First what a model is told of tools: real ones, of " +
      "three servers of MCP and of nine documents of OpenAPI, in sets that are drawn from all of them alike. Then whole " +
      "tasks, which both agents really do with the same tools and to the same answer, from a script of what a model " +
      "would write; counted is everything that is sent and answered over all turns. In favour of native calls, they are " +
      "written without a word of thought, and ids of calls are not counted. *Earlier requests cached* takes what a " +
      "request repeats of the one before for a tenth. The ratio of medians over all tasks is the median of their ratios.",
    reading:
      "Declarations in TypeScript say the same as JSON schemas in fewer tokens. But a code agent is told what tools " +
      "give back, and a tool-calling agent is not: with services whose answers have large schemas, that costs more " +
      "than the shorter form saves, and such tools are better declared without results, or found by search, which " +
      "makes the first request small whatever the number of tools.\n\n" +
      "Code wins where a result is data: it stays in the sandbox, and only what was asked for comes back. It wins more " +
      "the more calls there are, and where each needs the result of the one before. It gains little where each result " +
      "has to be read by the model. It loses where there is next to nothing to do, where a picture has to be looked at, " +
      "where a failing call takes the others of its step with it, and where a few short turns are made with one small " +
      "tool: the longer instructions and the thought of each step are then not earned back. With caching, the advantage " +
      "of fewer turns becomes smaller, and that of smaller results stays.\n\n" +
      "What this does not show is how often a model writes right code, or right calls: the answers are from a script.",
  },
  agent: {
    title: "Agents",
    about:
      "The time that the loop of an agent takes, with a model that answers at once: without any model, that is. The peer " +
      "is Python's smolagents, whose code agent runs in its own interpreter in the same process; ours runs in QuickJS, " +
      "in a thread of its own with limits. The first step of a run has the start of the sandbox in it.",
  },
  "type-check": {
    title: "Type check",
    about:
      "What it takes to check a step's code against the declarations of the tools before it runs, with TypeScript 7.",
  },
  sandbox: {
    title: "Sandboxes",
    about:
      "Starting a sandbox, its memory, calls across its border, and computation inside. Peers are the interpreter of " +
      "Python's smolagents, which is no boundary, and the bare engines without a sandbox.",
  },
  hub: {
    title: "Hub",
    about:
      "Publishing and loading packages, on a hub on the same machine. Peers are the official clients, in JavaScript and " +
      "in Python, and `load_tool` of smolagents.",
  },
  derive: {
    title: "Derivation",
    about: "From TypeScript source to schemas, in a fresh process each. Peers make JSON Schema from types too.",
  },
  adapters: {
    title: "Adapters",
    about: "Tools of other frameworks here, and ours there: what the conversion adds to the library alone.",
  },
  startup: {
    title: "Start",
    about: "How long a process takes that does nothing but import a package or start the command line.",
  },
};
