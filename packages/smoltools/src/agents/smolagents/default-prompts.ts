import { createHash } from "node:crypto";

/**
 * The prompts that smolagents had by default, in versions 1.9 to 1.26: the first 16 digits of the SHA-256 of each text,
 * without white space at the ends of its lines.
 */
const defaults: ReadonlySet<string> = new Set(
  `
  013f92f1d17bb872 0212d6007d4fe6bd 0365c0e128f22114 073ee44f42f95b06 0acc8f9bf489bc0a 0b6243bd071913e0
  12cf8353b21ed940 16e012f59cafa46c 2d4a284b154491ad 2f51f0b52b0ba861 3bb30bfba817bc19 3f245df6adcc2697
  464ec1424ec9c5ec 472b40653d87eabe 48e94390fdb4657f 51b80091217020ac 57b86a841584bc97 66c516f318bfd964
  68435d7320e096bf 6b4006b9b22854a6 704f06502d7d0656 731d9a026cbedd26 769509ac5877dc32 7b35ea0ea74c8c1f
  87c87afbb13c1415 88e0e1d348b7cadb 8c0fa27eb4dd4998 907056765d5dea95 933d1fdb8178c0ce 9466efefb9783770
  954fe6d95b76bff5 97a6a2400b239fbe 984a6eba23d55119 9cc3fd7f82f6efaa a3d8a800429f8044 a4e20eaae7c36897
  aa7451a883915965 b1a9bba884e968fd b21b006d9a2d91cd b86e7c6cfd1fabfb b9d50c069b152abe ce7d5330309e2693
  cf561b58cd775ebf d607f48a3fd90a87 d8831124fa3d2b9b dcf62f069bb742d0 dec3596ce6b53d6b e2a55bdbde72fc7c
  ea8453bf8a738a7c ed03f6529170d45e f44febb5023a820b f8bd79fcffb6511f f95b085fe416be96 feaf7acfab4962d6
  `
    .trim()
    .split(/\s+/),
);

/** Those of agents made with `use_structured_outputs_internally`: their files do not say it in any other way. */
const structured: ReadonlySet<string> = new Set([
  "6b4006b9b22854a6",
  "731d9a026cbedd26",
  "a4e20eaae7c36897",
  "feaf7acfab4962d6",
]);

/** Whether a prompt is one of the defaults: nobody has changed it. */
export function isDefaultPrompt(template: string): boolean {
  return defaults.has(fingerprint(template));
}

/** Whether a prompt is the default system prompt of an agent that answers in JSON. */
export function isStructuredPrompt(template: string): boolean {
  return structured.has(fingerprint(template));
}

function fingerprint(template: string): string {
  const lines = template
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}
