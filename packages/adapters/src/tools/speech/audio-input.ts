import { type HostFetch, isSmoltoolsError, type JsonSchemaObject } from "@smoltools/core";
import { checkAnswer } from "../web/check-answer.ts";
import { webRequest } from "../web/web-request.ts";
import { WebToolError } from "../web/web-tool-error.ts";

/** A recording as a tool is given it: an address, bytes in base64, or a media value such as core's `MediaRef`. */
export type AudioInput = AudioAddress | { data: string; mediaType: string } | AudioMedia;

/** A recording on the web. */
interface AudioAddress {
  url: string;
  mediaType?: string;
}

/** A recording as another tool returns it. */
interface AudioMedia {
  mediaType: string;
  url?: string;
  bytes(options: { signal?: AbortSignal }): Promise<Uint8Array>;
}

/** A recording. */
export interface Audio {
  bytes: Uint8Array<ArrayBuffer>;
  mediaType: string;
}

/** JSON Schema of {@link AudioInput}. */
export const audioInputSchema: JsonSchemaObject = {
  description: "The recording.",
  anyOf: [
    {
      type: "object",
      description: "A recording on the web.",
      properties: { url: { type: "string", description: "Its address." } },
      required: ["url"],
    },
    {
      type: "object",
      properties: {
        data: { type: "string", description: "Its bytes in base64." },
        mediaType: { type: "string", description: 'Such as "audio/wav".' },
      },
      required: ["data", "mediaType"],
    },
    {
      type: "object",
      description: "A recording that another tool returned.",
      properties: { kind: { const: "audio" }, mediaType: { type: "string" } },
      required: ["kind", "mediaType"],
    },
  ],
};

/** How a recording is fetched. */
interface AudioReading {
  fetch: HostFetch;
  signal: AbortSignal;
  maxBytes: number;
  userAgent: string;
}

/**
 * The bytes of a recording.
 *
 * @throws WebToolError `WEB_TOO_LARGE`, `WEB_BAD_INPUT` for data that is not base64, and those of requests.
 */
export async function readAudio(input: AudioInput, reading: AudioReading): Promise<Audio> {
  const { signal, maxBytes } = reading;
  const audio = await bytesOf(input, reading);
  signal.throwIfAborted();
  if (audio.bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
  if (audio.bytes.byteLength === 0) throw badInput("The recording is empty.");
  // Media types become part of a header.
  return /^[\w.+-]+\/[\w.+-]+$/.test(audio.mediaType) ? audio : { ...audio, mediaType: "application/octet-stream" };
}

async function bytesOf(input: AudioInput, reading: AudioReading): Promise<Audio> {
  if ("bytes" in input) return bytesOfMedia(input, reading);
  return "data" in input ? decoded(input, reading.maxBytes) : fetched(input, reading);
}

async function bytesOfMedia(media: AudioMedia, reading: AudioReading): Promise<Audio> {
  const { mediaType, url } = media;
  try {
    return { bytes: new Uint8Array(await media.bytes({ signal: reading.signal })), mediaType };
  } catch (error) {
    // Media that is only an address is fetched here, like any other.
    if (url === undefined || !isSmoltoolsError(error, "MEDIA_UNAVAILABLE")) throw error;
    return fetched({ url, mediaType }, reading);
  }
}

function decoded({ data, mediaType }: { data: string; mediaType: string }, maxBytes: number): Audio {
  if (data.length > maxBytes * 1.4 + 4) throw tooLarge(maxBytes);
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data)) throw badInput("The recording's data is not base64.");
  return { bytes: new Uint8Array(Buffer.from(data, "base64")), mediaType };
}

async function fetched({ url, mediaType }: AudioAddress, reading: AudioReading): Promise<Audio> {
  const { fetch, signal, maxBytes, userAgent } = reading;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new WebToolError("The recording's address is not one of https: or http:.", {
      code: "WEB_BAD_ADDRESS",
      data: { service: "transcriber" },
    });
  }
  const service = new URL(url).host;
  const answer = await webRequest({ url, headers: { "user-agent": userAgent } }, { fetch, signal, service });
  checkAnswer(answer, { service, maxBytes });
  const type = answer.header("content-type")?.split(";")[0]?.trim() ?? "";
  return { bytes: new Uint8Array(answer.bytes), mediaType: type || mediaType || "application/octet-stream" };
}

function tooLarge(maxBytes: number): WebToolError {
  return new WebToolError(`The recording is larger than ${maxBytes} bytes. Cut it into pieces.`, {
    code: "WEB_TOO_LARGE",
    data: { service: "transcriber" },
  });
}

function badInput(message: string): WebToolError {
  return new WebToolError(message, { code: "WEB_BAD_INPUT", data: { service: "transcriber" } });
}
