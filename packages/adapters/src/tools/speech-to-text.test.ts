import { MediaRef } from "@smoltools/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AudioInput } from "./speech/audio-input.ts";
import type { SpeechServiceName } from "./speech/speech-services.ts";
import { speechToText, type SpeechToTextOptions } from "./speech-to-text.ts";
import { type Answer, failureOf, json, page, silence, TestSite } from "./test-site/test-site.ts";

const key = "secret-key-0123456789";
const wave = Buffer.from("RIFF0000WAVE");
const audio: AudioInput = { data: wave.toString("base64"), mediaType: "audio/wav" };

async function transcribe(
  answer: Answer,
  input: AudioInput,
  options: Partial<SpeechToTextOptions> = {},
): Promise<string> {
  await using site = await TestSite.start(answer);
  return await speechToText({ fetch: site.fetch, apiKey: key, ...options }).call({ audio: input });
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("speechToText", () => {
  it("sends a recording to OpenAI as a form", async () => {
    await using site = await TestSite.start(json('{"text": " The owl hears. "}'));
    const tool = speechToText({ fetch: site.fetch, apiKey: key, language: "en" });
    expect(await tool.call({ audio })).toBe("The owl hears.");
    const [request] = site.seen;
    expect(request).toMatchObject({ method: "POST", path: "/v1/audio/transcriptions" });
    expect(request?.headers.authorization).toBe(`Bearer ${key}`);
    const type = request?.headers["content-type"] ?? "";
    const form = await new Response(new Uint8Array(request?.body ?? []), {
      headers: { "content-type": type },
    }).formData();
    expect(Object.fromEntries([...form].filter(([, value]) => typeof value === "string"))).toEqual({
      model: "whisper-1",
      response_format: "json",
      language: "en",
    });
    const file = form.get("file");
    expect(file).toMatchObject({ name: "audio.wav", type: "audio/wav" });
    expect(file instanceof Blob && Buffer.from(await file.arrayBuffer())).toEqual(wave);
  });

  it("sends the bytes of a recording to Hugging Face", async () => {
    vi.stubEnv("HF_TOKEN", key);
    await using site = await TestSite.start(json('{"text":"The owl hears.","chunks":[]}'));
    expect(await speechToText({ fetch: site.fetch, service: "huggingface" }).call({ audio })).toBe("The owl hears.");
    const [request] = site.seen;
    expect(request?.path).toBe("/hf-inference/models/openai/whisper-large-v3-turbo");
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${key}`, "content-type": "audio/wav" });
    expect(request?.body).toEqual(wave);
  });

  it("fetches a recording by its address", async () => {
    await using site = await TestSite.start((response, request) => {
      if (request.path === "/owl.mp3") page("mp3 bytes", { "content-type": "audio/mpeg" })(response, request);
      else json('{"text":"ok"}')(response, request);
    });
    const tool = speechToText({ fetch: site.fetch, apiKey: key });
    expect(await tool.call({ audio: { url: "https://birds.example.org/owl.mp3" } })).toBe("ok");
    expect(site.seen[0]?.headers).not.toHaveProperty("authorization");
    expect(site.seen[1]?.body.toString("latin1")).toContain('filename="audio.mp3"');
  });

  it.each<[string, AudioInput]>([
    ["media of core", MediaRef.fromBytes(wave, { mediaType: "audio/wav" })],
    ["media that is only an address", MediaRef.fromUrl("https://a.example/x", { mediaType: "audio/wav" })],
    [
      "media that loads itself",
      MediaRef.fromUrl("https://a.example/private", { mediaType: "audio/wav", load: async () => wave }),
    ],
  ])("takes %s", async (_, media) => {
    await using site = await TestSite.start((response, request) => {
      if (request.path === "/x") page(wave, { "content-type": "audio/wav" })(response, request);
      else json('{"text":"ok"}')(response, request);
    });
    expect(await speechToText({ fetch: site.fetch, apiKey: key }).call({ audio: media })).toBe("ok");
    expect(site.seen.at(-1)?.body.includes(wave)).toBe(true);
  });

  it("sends no key to a server of one's own that was given none", async () => {
    vi.stubEnv("OPENAI_API_KEY", key);
    await using site = await TestSite.start(json('{"text":"ok"}'));
    const tool = speechToText({ fetch: site.fetch, baseUrl: "http://127.0.0.1:9/v1/", model: "large" });
    expect(await tool.call({ audio })).toBe("ok");
    expect(site.seen[0]?.path).toBe("/v1/audio/transcriptions");
    expect(site.seen[0]?.headers).not.toHaveProperty("authorization");
  });
});

describe("a key of the environment", () => {
  it.each<[SpeechServiceName, Record<string, string>]>([
    ["huggingface", { HF_TOKEN: key, HF_ENDPOINT: "https://hub.example.org" }],
    ["openai", { OPENAI_API_KEY: key, OPENAI_BASE_URL: "https://llm.example.org/v1" }],
  ])("that belongs to another address is not sent to the service %s", async (service, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    await using site = await TestSite.start(json('{"text":"ok"}'));
    const error = await failureOf(speechToText({ fetch: site.fetch, service }).call({ audio }));
    expect(error).toMatchObject({ code: "WEB_KEY_MISSING" });
    expect(site.seen).toEqual([]);
  });

  it.each<[SpeechServiceName, Record<string, string>]>([
    ["huggingface", { HF_TOKEN: key, HF_ENDPOINT: "https://huggingface.co/" }],
    ["openai", { OPENAI_API_KEY: key, OPENAI_BASE_URL: "https://api.openai.com/v1/" }],
  ])("is sent to the service %s that the environment names", async (service, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    await using site = await TestSite.start(json('{"text":"ok"}'));
    expect(await speechToText({ fetch: site.fetch, service }).call({ audio })).toBe("ok");
    expect(site.seen[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });
});

describe("a transcription that fails", () => {
  it.each<[string, Answer, string, string]>([
    [
      "with the key",
      json(`{"error":{"message":"Incorrect API key: ${key}"}}`, 401),
      "WEB_KEY_REFUSED",
      "Incorrect API key: [redacted]",
    ],
    ["for too many requests", json("{}", 429), "WEB_RATE_LIMITED", "Try again later"],
    ["in the service", page("", {}, 500), "WEB_STATUS", "OpenAI answered 500"],
    ["with garbage", json("text"), "WEB_BAD_ANSWER", "instead of a JSON object"],
    ["with another form", json('{"text":5}'), "WEB_BAD_ANSWER", "without a text"],
  ])("%s says so, without the key", async (_, answer, code, text) => {
    const error = await failureOf(transcribe(answer, audio));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(text);
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("secret");
  });

  it.each<[string, AudioInput, Partial<SpeechToTextOptions>, string]>([
    ["a recording that is too large", audio, { maxBytes: 5 }, "WEB_TOO_LARGE"],
    ["base64 of far too much", { data: "A".repeat(10_000), mediaType: "audio/wav" }, { maxBytes: 5 }, "WEB_TOO_LARGE"],
    ["an empty recording", { data: "", mediaType: "audio/wav" }, {}, "WEB_BAD_INPUT"],
    ["what is no base64", { data: "owl!", mediaType: "audio/wav" }, {}, "WEB_BAD_INPUT"],
    ["a file of this machine", { url: "file:///etc/passwd" }, {}, "WEB_BAD_ADDRESS"],
    ["a forgotten key", audio, { apiKey: "" }, "WEB_KEY_MISSING"],
  ])("refuses %s", async (_, input, options, code) => {
    expect(await failureOf(transcribe(silence, input, options))).toMatchObject({ code });
  });

  it("refuses a recording at an address that is too large", async () => {
    const error = await failureOf(transcribe(page("123456"), { url: "https://a.example/x" }, { maxBytes: 5 }));
    expect(error).toMatchObject({ code: "WEB_TOO_LARGE" });
  });

  it("refuses input of another form before anything is sent", async () => {
    const call = transcribe(silence, { path: "/etc/passwd" } as unknown as AudioInput);
    await expect(call).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });

  it("ends after its time", async () => {
    await expect(transcribe(silence, audio, { timeoutMs: 30 })).rejects.toMatchObject({ code: "WEB_TIMEOUT" });
  });

  it("refuses a service that does not exist", () => {
    const options = {
      fetch: () => Promise.reject(new Error("unused")),
      service: "siri",
    } as unknown as SpeechToTextOptions;
    expect(() => speechToText(options)).toThrow('there is no service "siri": use openai or huggingface');
  });
});
