import { type HostFetch, type Tool, tool } from "@smoltools/core";
import { type AudioInput, audioInputSchema, readAudio } from "./speech/audio-input.ts";
import { keyVariablesOf, type SpeechServiceName, speechServices } from "./speech/speech-services.ts";
import { typedSchema } from "./typed-schema.ts";
import { type ApiKey, apiKeyOf } from "./web/api-key.ts";
import { checkAnswer } from "./web/check-answer.ts";
import { defaultUserAgent, OptionChecks, type WebToolOptions } from "./web/check-options.ts";
import { jsonAnswer } from "./web/json-answer.ts";
import { withTimeLimit } from "./web/time-limit.ts";
import { webRequest } from "./web/web-request.ts";
import { WebToolError } from "./web/web-tool-error.ts";

/** Options of {@link speechToText}. */
export interface SpeechToTextOptions extends Omit<WebToolOptions, "timeoutMs"> {
  /** Makes the requests and decides which hosts may be reached. */
  fetch: HostFetch;
  /** `"openai"`: OpenAI, or a server with the same API. `"huggingface"`: inference of Hugging Face. @default "openai" */
  service?: SpeechServiceName;
  /** @default "whisper-1", "openai/whisper-large-v3-turbo" at Hugging Face */
  model?: string;
  /**
   * The service's key. By default it is read from the environment, at each call: `OPENAI_API_KEY` unless
   * `OPENAI_BASE_URL` names another server, `HF_TOKEN` unless `HF_ENDPOINT` names another hub.
   */
  apiKey?: ApiKey;
  /** Base address of another server, such as `http://127.0.0.1:8000/v1`. It gets no key of the environment. */
  baseUrl?: string;
  /** Language of the speech, as ISO 639-1, where it is known. Only `"openai"` takes it. */
  language?: string;
  /** Largest recording, in bytes. @default 25 MiB, what OpenAI takes */
  maxBytes?: number;
  /** The most time for one call, in milliseconds. @default 120_000 */
  timeoutMs?: number;
}

/** Input of `transcriber`. */
export interface SpeechToTextInput {
  audio: AudioInput;
}

/**
 * A tool that writes down what is said in a recording.
 *
 * Source: https://platform.openai.com/docs/api-reference/audio/createTranscription and
 * https://huggingface.co/docs/inference-providers/tasks/automatic-speech-recognition.
 *
 * @throws WebToolError `WEB_OPTIONS_INVALID` for an option that cannot work. Its calls throw WebToolErrors too.
 */
export function speechToText(options: SpeechToTextOptions): Tool<SpeechToTextInput, string> {
  const { fetch, service: name = "openai", maxBytes = 25 * 1024 * 1024, timeoutMs = 120_000 } = options;
  const checks = new OptionChecks("transcriber");
  checks.fetch(fetch);
  checks.number("maxBytes", maxBytes, { min: 1 });
  checks.number("timeoutMs", timeoutMs, { min: 1 });
  if (!Object.hasOwn(speechServices, name)) {
    throw checks.invalid("service", `there is no service "${name}": use ${Object.keys(speechServices).join(" or ")}`);
  }
  const speech = speechServices[name];
  const { title: service, baseUrl: ownUrl } = speech;
  const url = (options.baseUrl ?? ownUrl).replace(/\/+$/, "");
  checks.address("baseUrl", url);
  const model = options.model ?? speech.model;
  return tool({
    name: "transcriber",
    description: "Writes down what is said in a recording.",
    input: typedSchema<SpeechToTextInput>({
      type: "object",
      properties: { audio: audioInputSchema },
      required: ["audio"],
      additionalProperties: false,
    }),
    output: typedSchema<string>({ type: "string" }),
    annotations: { title: `Transcriber (${service})`, readOnlyHint: true, openWorldHint: true },
    execute: ({ audio: input }, context) =>
      withTimeLimit({ service, timeoutMs, signal: context.signal }, async (signal) => {
        const userAgent = options.userAgent ?? defaultUserAgent;
        const audio = await readAudio(input, { fetch, signal, maxBytes, userAgent });
        const apiKey = options.apiKey;
        // A server of one's own may want no key.
        const isKeyless = apiKey === undefined && new URL(url).origin !== new URL(ownUrl).origin;
        const environment = keyVariablesOf(speech);
        const key = isKeyless ? "" : await apiKeyOf({ service, apiKey, environment, url, ownUrl });
        const secrets = key === "" ? [] : [key];
        const request = await speech.request({ baseUrl: url, model, audio, language: options.language });
        const headers = {
          "user-agent": userAgent,
          ...request.headers,
          ...(key !== "" && { authorization: `Bearer ${key}` }),
        };
        const answer = await webRequest({ ...request, headers }, { fetch, signal, service, secrets });
        checkAnswer(answer, { service, maxBytes: 4 * 1024 * 1024, secrets });
        const { text } = jsonAnswer(answer, service);
        if (typeof text === "string") return text.trim();
        throw new WebToolError(`${service} answered without a text.`, { code: "WEB_BAD_ANSWER", data: { service } });
      }),
  });
}
