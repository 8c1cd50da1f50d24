import type { WebRequest } from "../web/web-request.ts";
import type { Audio } from "./audio-input.ts";

/** Names of the services that are built in. */
export type SpeechServiceName = "openai" | "huggingface";

/** What is to be written down, and by whom. */
interface SpeechRequest {
  baseUrl: string;
  model: string;
  audio: Audio;
  language: string | undefined;
}

/** A service that writes speech down. */
interface SpeechService {
  title: string;
  baseUrl: string;
  model: string;
  /** Environment variables that may hold the key. */
  keyVariables: readonly string[];
  /** The environment variable that names whose they are, and what it then holds for this service. */
  endpoint: { variable: string; own: string };
  /** The request, without the key. The answer is an object with a `text`. */
  request(request: SpeechRequest): WebRequest | Promise<WebRequest>;
}

/** The services that are built in. */
export const speechServices: Readonly<Record<SpeechServiceName, SpeechService>> = {
  openai: {
    title: "OpenAI",
    baseUrl: "https://api.openai.com/v1",
    model: "whisper-1",
    keyVariables: ["OPENAI_API_KEY"],
    endpoint: { variable: "OPENAI_BASE_URL", own: "https://api.openai.com/v1" },
    async request({ baseUrl, model, audio, language }) {
      const form = new FormData();
      form.set("model", model);
      form.set("response_format", "json");
      if (language !== undefined) form.set("language", language);
      // The service tells the format by the end of the name.
      form.set("file", new Blob([audio.bytes], { type: audio.mediaType }), `audio.${extensionOf(audio.mediaType)}`);
      const encoded = new Response(form);
      return {
        url: `${baseUrl}/audio/transcriptions`,
        headers: { "content-type": encoded.headers.get("content-type") ?? "multipart/form-data" },
        body: new Uint8Array(await encoded.arrayBuffer()),
      };
    },
  },
  huggingface: {
    title: "Hugging Face",
    baseUrl: "https://router.huggingface.co/hf-inference",
    model: "openai/whisper-large-v3-turbo",
    keyVariables: ["HF_TOKEN"],
    endpoint: { variable: "HF_ENDPOINT", own: "https://huggingface.co" },
    request: ({ baseUrl, model, audio }) => ({
      url: `${baseUrl}/models/${model}`,
      headers: { "content-type": audio.mediaType },
      body: audio.bytes,
    }),
  },
};

/** The environment variables that may hold a service's key: none where the environment's keys belong to another address. */
export function keyVariablesOf({ keyVariables, endpoint }: SpeechService): readonly string[] {
  const named = process.env[endpoint.variable]?.trim().replace(/\/+$/, "");
  return !named || named === endpoint.own ? keyVariables : [];
}

/** Ends of names whose media type has another one. */
const extensions: Readonly<Record<string, string>> = {
  mpeg: "mp3",
  "x-wav": "wav",
  wave: "wav",
  "vnd.wave": "wav",
  mp4: "m4a",
  "x-m4a": "m4a",
  "x-flac": "flac",
};

function extensionOf(mediaType: string): string {
  const subtype = mediaType.split(";")[0]?.split("/")[1]?.trim().toLowerCase() ?? "";
  return extensions[subtype] ?? (/^[a-z0-9]{1,8}$/.test(subtype) ? subtype : "wav");
}
