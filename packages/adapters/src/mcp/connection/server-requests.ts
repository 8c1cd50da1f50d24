import { errorMessage } from "@smoltools/core";
import { fieldOf, isRecord } from "../../shared/json-access.ts";
import { unansweredCode } from "./stand-in-codes.ts";

/** A question that a server asks the user in the middle of a call. */
export interface McpElicitation {
  /** The server's name. */
  server: string;
  /** What it asks. Text of a stranger: show it as such. */
  message: string;
  /** JSON Schema of the answer: an object of texts, numbers, booleans and choices. */
  schema?: Record<string, unknown>;
  /** A page that the user is asked to visit instead. */
  url?: string;
}

/** The user's answer. */
export type McpElicitationAnswer =
  | { action: "accept"; content?: Record<string, string | number | boolean | string[]> }
  | { action: "decline" | "cancel" };

/** Answers the questions of a server. */
export type AnswerElicitation = (
  question: McpElicitation,
  options: { signal: AbortSignal },
) => Promise<McpElicitationAnswer>;

/** What a server wants a language model to write. */
export interface McpSampling {
  /** The server's name. */
  server: string;
  /** The parameters of `sampling/createMessage`: `messages`, `systemPrompt`, `maxTokens`… */
  params: Record<string, unknown>;
}

/** What the model wrote. */
export interface McpSamplingAnswer {
  /** Name of the model. */
  model: string;
  text: string;
  /** @default "endTurn" */
  stopReason?: string;
}

/** Asks a model for a server. */
export type AnswerSampling = (request: McpSampling, options: { signal: AbortSignal }) => Promise<McpSamplingAnswer>;

/** What of this a connection allows. */
export interface ServerRequests {
  server: string;
  onElicitation?: AnswerElicitation | undefined;
  onSampling?: AnswerSampling | undefined;
}

/** What a client tells a server that it can do. */
export function capabilitiesOf({ onElicitation, onSampling }: ServerRequests): {
  elicitation?: { form: Record<string, never>; url: Record<string, never> };
  sampling?: Record<string, never>;
} {
  return {
    ...(onElicitation && { elicitation: { form: {}, url: {} } }),
    ...(onSampling && { sampling: {} }),
  };
}

/** Has a question answered, in the form of the protocol. */
export async function elicit(
  answer: AnswerElicitation,
  server: string,
  params: object,
  signal: AbortSignal,
): Promise<{
  action: "accept" | "decline" | "cancel";
  content?: Record<string, string | number | boolean | string[]>;
}> {
  const { message, requestedSchema, url } = params as { message?: unknown; requestedSchema?: unknown; url?: unknown };
  const given: unknown = await answered(() =>
    answer(
      {
        server,
        message: String(message),
        ...(typeof requestedSchema === "object" &&
          requestedSchema !== null && { schema: requestedSchema as Record<string, unknown> }),
        ...(typeof url === "string" && { url }),
      },
      { signal },
    ),
  );
  if (isAnswer(given)) return given;
  throw unanswered('onElicitation has to answer with { action: "accept" | "decline" | "cancel" }');
}

/** What goes wrong here is nothing that is wrong with the connection. */
async function answered<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    throw unanswered(errorMessage(error));
  }
}

function unanswered(why: string): Error {
  return Object.assign(new Error(why), { code: unansweredCode });
}

/** In JavaScript nothing else tells that a callback answers wrongly; the server is sent nothing that is no answer. */
function isAnswer(given: unknown): given is McpElicitationAnswer {
  const [action, content] = [fieldOf(given, "action"), fieldOf(given, "content")];
  return ["accept", "decline", "cancel"].includes(String(action)) && (content === undefined || isRecord(content));
}

/** Has a model asked, in the form of the protocol. */
export async function sample(
  answer: AnswerSampling,
  server: string,
  params: object,
  signal: AbortSignal,
): Promise<{ model: string; role: "assistant"; content: { type: "text"; text: string }; stopReason: string }> {
  const {
    model,
    text,
    stopReason = "endTurn",
  } = await answered(() => answer({ server, params: params as Record<string, unknown> }, { signal }));
  if (typeof model !== "string" || typeof text !== "string") {
    throw unanswered("onSampling has to answer with { model, text }");
  }
  return { model, role: "assistant", content: { type: "text", text }, stopReason };
}
