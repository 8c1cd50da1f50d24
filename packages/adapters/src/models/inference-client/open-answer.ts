import type { chatCompletionStream } from "@huggingface/inference";
import { importPeer } from "../../shared/optional-peer.ts";
import { Answer } from "../shared/answer/answer.ts";
import type { ChatCall } from "../shared/transport/chat-calls.ts";
import { currentKey } from "../shared/transport/current-key.ts";
import type { Deadline } from "../../shared/async/deadline.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import { environmentToken } from "./environment-token.ts";
import { errorsOf, noTokenHint } from "./route-errors.ts";
import type { Route } from "./route.ts";
import { RoutedFetch } from "./routed-fetch.ts";
import { RoutedSource } from "./routed-source.ts";

type LibraryRequest = Parameters<typeof chatCompletionStream>[0];

/**
 * Has the library send a request, see `OpenAnswer`.
 *
 * @returns The answer, to be closed by the caller.
 * @throws AdapterError without the library.
 */
export async function openAnswer(route: Route, call: ChatCall, deadline: Deadline): Promise<Answer> {
  const { limits, fetch, body } = call;
  const { provider, endpointUrl, billTo } = route;
  deadline.arm(limits.timeoutMs, () => errorsOf(route, undefined).timedOut("timeoutMs", limits.timeoutMs));
  const library = await importPeer(() => import("@huggingface/inference"), {
    packageName: "@huggingface/inference",
    versions: "^4.13.0",
    neededFor: "InferenceClientModel",
  });
  const token = await tokenOf(route, deadline.signal);
  const routed = new RoutedFetch({ route, limits, fetch, deadline, token });
  const addressed = {
    ...body,
    ...(token !== undefined && { accessToken: token }),
    ...(provider !== undefined && { provider }),
    ...(endpointUrl !== undefined && { endpointUrl }),
  };
  // The library's types are generated for one server and narrower than the protocol: no null as content, for one.
  const chunks = library.chatCompletionStream(addressed as object as LibraryRequest, {
    fetch: routed.fetch,
    // It would try again at once and without end; the model's own retries wait.
    retry_on_error: false,
    ...(billTo !== undefined && { billTo }),
  });
  return new Answer(new RoutedSource(chunks, routed), call);
}

/** The token of one attempt, where it fits the route. */
async function tokenOf(route: Route, signal: AbortSignal): Promise<string | undefined> {
  const errors = errorsOf(route, undefined);
  const token = route.usesEnvironment
    ? await untilAborted(environmentToken(), signal)
    : await currentKey(route.token, "token", errors, signal);
  if (route.endpointUrl !== undefined) return token;
  if (token === undefined) throw errors.notSent("MODEL_UNAUTHORIZED", noTokenHint);
  if (route.provider === "auto" && !token.startsWith("hf_")) {
    const message = "The token is not one of Hugging Face's, which begin with hf_.";
    throw errors.notSent("MODEL_UNAUTHORIZED", `${message} If it is a key of a provider, name the provider.`);
  }
  return token;
}
