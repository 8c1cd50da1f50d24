import { describe, expect, it } from "vitest";
import { findSecrets } from "./find-secrets.ts";

/** Random-looking text, put together here so that no tool takes this file for one with secrets in it. */
function random(length: number, alphabet = "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8cF0xLrUiO"): string {
  return Array.from({ length }, (_, i) => alphabet[(i * 17 + (i >> 2) * 5) % alphabet.length]).join("");
}

const hex = (length: number) => random(length, "0123456789abcdef");
const upper = (length: number) => random(length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const pem = (kind: string, body: string) => `-----BEGIN ${kind}-----${body}-----END ${kind}-----`;

const secrets: [rule: string, secret: string][] = [
  ["huggingface-token", `hf_${random(34)}`],
  ["github-token", `ghp_${random(36)}`],
  ["github-token", `gho_${random(36)}`],
  ["github-token", `github_pat_${random(82)}`],
  ["gitlab-token", `glpat-${random(20)}`],
  ["npm-token", `npm_${random(36)}`],
  ["pypi-token", `pypi-AgEIcHlwaS5vcmc${random(80)}`],
  ["api-key-sk", `sk-${random(48)}`],
  ["api-key-sk", `sk-proj-${random(60)}_${random(60)}-${random(30)}`],
  ["api-key-sk", `sk-ant-api03-${random(93)}AA`],
  ["api-key-sk", `sk-or-v1-${hex(64)}`],
  ["groq-key", `gsk_${random(52)}`],
  ["xai-key", `xai-${random(80)}`],
  ["perplexity-key", `pplx-${random(48)}`],
  ["replicate-token", `r8_${random(37)}`],
  ["e2b-key", `e2b_${hex(40)}`],
  ["tavily-key", `tvly-dev-${random(32)}`],
  ["google-api-key", `AIza${random(35)}`],
  ["google-oauth-secret", `GOCSPX-${random(28)}`],
  ["aws-access-key", `AKIA${upper(16)}`],
  ["azure-storage-key", `AccountKey=${random(86)}==`],
  ["databricks-token", `dapi${hex(32)}`],
  ["slack-token", `xoxb-${hex(12).replace(/\D/g, "7")}-${hex(12).replace(/\D/g, "4")}-${random(24)}`],
  ["slack-app-token", `xapp-1-A${upper(9)}-6083663948-${hex(64)}`],
  ["slack-webhook", `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${random(24)}`],
  ["discord-webhook", `https://discord.com/api/webhooks/123401867890123456/${random(68)}`],
  ["telegram-token", `1239506780:AA${random(33)}`],
  ["stripe-key", `sk_live_${random(24)}`],
  ["sendgrid-key", `SG.${random(22)}.${random(43)}`],
  ["json-web-token", `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url({ sub: "ada" })}.${random(43)}`],
  ["private-key", pem("PRIVATE KEY", `\n${random(64)}\n${random(64)}\n`)],
  ["private-key", pem("RSA PRIVATE KEY", `\\n${random(64)}\\n${random(64)}\\n`)],
  ["private-key", pem("OPENSSH PRIVATE KEY", `\r\n${random(70)}\r\n`)],
  ["private-key", pem("PGP PRIVATE KEY BLOCK", `\nVersion: GnuPG v2\n\n${random(64)}\n`)],
  ["password-in-url", `postgres://ada:${random(16)}@db.internal/app`],
  ["npmrc-auth", `//registry.npmjs.org/:_authToken=${random(36)}`],
];

const variables = "a file of environment variables";
const ssh = "an SSH private key";
const keys = "a file for keys";
const passwords = "a file of passwords";
const npmrc = "a .npmrc with credentials";

const find = (text: string, path = "src/a.ts") => findSecrets([[path, Buffer.from(text)]]);

describe("findSecrets", () => {
  it.each(secrets)("finds a %s: %s", (rule, secret) => {
    const [finding, ...more] = find(`const one = 1;\nconst secret = "${secret}";\n`);
    expect([finding?.rule, finding?.path, finding?.line, more]).toEqual([rule, "src/a.ts", expect.any(Number), []]);
  });

  it.each(secrets)("never repeats a %s: %s", (_rule, secret) => {
    const told = JSON.stringify(find(secret));
    for (let i = 0; i + 16 <= secret.length; i++) expect(told).not.toContain(secret.slice(i, i + 16));
  });

  it.each<[string, string]>([
    ["a token of x", `hf_${"x".repeat(34)}`],
    ["a token of dots", "hf_..."],
    ["an example of a token", `ghp_${"1234567890abcdef".repeat(3)}`],
    ["the key of Amazon's examples", "AKIAIOSFODNN7EXAMPLE"],
    ["a name that begins like a token", "hf_hub_download_with_a_very_long_name_for_a_function"],
    ["a class of a style sheet", "sk-folding-cube-with-a-long-name-and-more"],
    ["a word that ends like a prefix", `task-${random(48)}`],
    ["a commit", `const commit = "${hex(40)}";`],
    ["a checksum", `sha512-${random(86)}==`],
    ["an image as text", `data:image/png;base64,${random(400)}`],
    [
      "the head of a key without a key",
      'const head = "-----BEGIN PRIVATE KEY-----";\nconst tail = "-----END PRIVATE KEY-----";',
    ],
    ["a public key", pem("PUBLIC KEY", `\n${random(64)}\n`)],
    ["a certificate", pem("CERTIFICATE", `\n${random(64)}\n`)],
    ["a password that is a placeholder", "postgres://user:password@localhost/db"],
    ["a password that is the user's name", "postgres://postgres:postgres@localhost/db"],
    ["a password from a variable", "postgres://user:${PASSWORD}@localhost/db"],
    ["a token from a variable", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}"],
    ["three parts with dots that are no token", `eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(30)}`],
  ])("takes %s for what it is", (_title, text) => {
    expect(find(text)).toEqual([]);
  });

  it.each<[path: string, text: string, kind: string | undefined]>([
    ["src/.env", "A=1", variables],
    ["src/.env.production", "A=1", variables],
    ["src/.env.example", "A=1", undefined],
    ["src/environment.ts", "1", undefined],
    ["src/id_rsa", "x", ssh],
    ["src/id_ed25519", "x", ssh],
    ["src/id_rsa.pub", "x", undefined],
    ["src/server.pem", "x", keys],
    ["src/server.P12", "x", keys],
    ["src/keys.ts", "x", undefined],
    ["src/.netrc", "x", passwords],
    ["src/.npmrc", "save-exact=true", undefined],
    ["src/.npmrc", "_auth=abc", npmrc],
    ["src/.npmrc", "_auth=${TOKEN}", undefined],
  ])("judges %s with %j by its name", (path, text, kind) => {
    const [finding] = find(text, path);
    expect(finding?.excerpt).toBe(kind);
  });

  it("finds known secrets word for word, also in bytes that are no text", () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0, 0x0a]), Buffer.from("pässwort-1")]);
    expect(findSecrets([["a.bin", bytes]], new Map([["DB_PASSWORD", "pässwort-1"]]))).toEqual([
      expect.objectContaining({ rule: "known-secret", line: 2, excerpt: "the value of DB_PASSWORD" }),
    ]);
  });

  it("reports a known secret once, though its form tells it too", () => {
    const token = `hf_${random(34)}`;
    expect(findSecrets([["a.ts", Buffer.from(token)]], new Map([["HF_TOKEN", token]]))).toHaveLength(1);
  });

  it("gives the same secret one fingerprint in every file, and others another one", () => {
    const prints = [
      find(`"hf_${random(34)}"`),
      find(`x = hf_${random(34)}`, "dist/tool.mjs"),
      find(`hf_${random(35)}`),
    ];
    const [source, bundle, other] = prints.map(([finding]) => finding?.fingerprint);
    expect(source).toBe(bundle);
    expect(source).not.toBe(other);
  });

  it("tells the line", () => {
    expect(find(`\n\n\nx\nhf_${random(34)}`)[0]?.line).toBe(5);
  });

  it("takes little time for a large file without line ends", () => {
    const begin = performance.now();
    find(`${"sk-a-b_".repeat(100_000)}${"//".repeat(50_000)}${"eyJ".repeat(50_000)}${"-----BEGIN A ".repeat(20_000)}`);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});
