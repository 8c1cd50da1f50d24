import { expect, it } from "vitest";
import { isHuggingFaceHost } from "./hugging-face-host.ts";

it.each([
  ["https://router.huggingface.co/v1", true],
  ["https://huggingface.co/api/models/x", true],
  ["https://HUGGINGFACE.CO", true],
  ["http://huggingface.co", false],
  ["https://huggingface.co:8443", false],
  ["https://abc.endpoints.huggingface.cloud", false],
  ["https://someone.hf.space", false],
  ["https://evil.huggingface.co", false],
  ["https://huggingface.co.evil.example", false],
  ["https://huggingface.co@evil.example", false],
])("%s is an address of Hugging Face itself: %s (case 94)", (url, own) => {
  expect(isHuggingFaceHost(new URL(url))).toBe(own);
});
