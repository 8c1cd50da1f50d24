/** A kind of secret, known by its form. */
export interface SecretRule {
  /** Stable id. */
  id: string;
  /** Finds candidates. The group `secret`, where there is one, is the secret itself. Linear in the text's length. */
  pattern: RegExp;
  /** A second look at a candidate; without it, {@link looksRandom} decides. */
  accepts?: (secret: string) => boolean;
}

/** Not in the middle of a longer name or number. */
const alone = (source: string): RegExp => new RegExp(`(?<![A-Za-z0-9_-])${source}(?![A-Za-z0-9_])`, "g");

/** Forms of secrets. Each has a prefix or a frame that ordinary code does not have: random-looking text alone is no finding. */
export const secretRules: readonly SecretRule[] = [
  { id: "huggingface-token", pattern: alone("(?:hf|api_org)_[A-Za-z0-9]{30,}") },
  { id: "github-token", pattern: alone("(?:gh[opsur]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})") },
  { id: "gitlab-token", pattern: alone("gl(?:pat|dt|rt|cbt|ptt|agent)-[A-Za-z0-9_-]{20,}") },
  { id: "npm-token", pattern: alone("npm_[A-Za-z0-9]{36}") },
  { id: "npmrc-auth", pattern: /\/\/[^\s=]{3,200}:_(?:authToken|auth|password)\s*=\s*"?(?<secret>[^\s"'`${}]{8,})/g },
  { id: "pypi-token", pattern: alone("pypi-AgE[A-Za-z0-9_-]{50,}") },
  // OpenAI, Anthropic, OpenRouter, DeepSeek and others: sk-…, sk-proj-…, sk-ant-api03-…, sk-or-v1-….
  { id: "api-key-sk", pattern: alone("sk-(?:[a-z0-9]{1,10}-){0,2}[A-Za-z0-9_-]{32,}"), accepts: hasManyKinds },
  { id: "groq-key", pattern: alone("gsk_[A-Za-z0-9]{40,}") },
  { id: "xai-key", pattern: alone("xai-[A-Za-z0-9]{60,}") },
  { id: "perplexity-key", pattern: alone("pplx-[A-Za-z0-9]{40,}") },
  { id: "replicate-token", pattern: alone("r8_[A-Za-z0-9]{37}") },
  { id: "e2b-key", pattern: alone("e2b_[0-9a-f]{40}") },
  { id: "tavily-key", pattern: alone("tvly-(?:dev-|prod-)?[A-Za-z0-9]{28,}") },
  { id: "google-api-key", pattern: alone("AIza[A-Za-z0-9_-]{35}") },
  { id: "google-oauth-secret", pattern: alone("GOCSPX-[A-Za-z0-9_-]{28}") },
  { id: "aws-access-key", pattern: alone("(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}") },
  { id: "azure-storage-key", pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/g },
  { id: "databricks-token", pattern: alone("dapi[0-9a-f]{32}") },
  { id: "slack-token", pattern: alone("xox[abeoprs]-(?:[A-Za-z0-9]+-){1,4}[A-Za-z0-9]{8,}") },
  { id: "slack-app-token", pattern: alone("xapp-[0-9]-[A-Z0-9]+-[0-9]+-[a-z0-9]{32,}") },
  {
    id: "slack-webhook",
    pattern: /hooks\.slack\.com\/services\/(?<secret>T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20,})/g,
  },
  {
    id: "discord-webhook",
    pattern: /discord(?:app)?\.com\/api\/webhooks\/[0-9]{17,20}\/(?<secret>[A-Za-z0-9_-]{60,})/g,
  },
  { id: "telegram-token", pattern: alone("[0-9]{8,10}:AA[A-Za-z0-9_-]{33}") },
  { id: "stripe-key", pattern: alone("(?:sk|rk)_live_[A-Za-z0-9]{20,}") },
  { id: "sendgrid-key", pattern: alone("SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}") },
  {
    id: "json-web-token",
    pattern: alone("eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{20,}"),
    accepts: isJwt,
  },
  // With something behind the line: libraries for keys have the line alone. "\n" may be written out, as in JSON.
  {
    id: "private-key",
    pattern:
      /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])*(?:[A-Za-z-]{4,20}: [^\n\\]{1,80}(?:\s|\\[nr])+){0,4}(?<secret>[A-Za-z0-9+/=]{16}(?:[A-Za-z0-9+/=]|\s|\\[nr]){24})/g,
    accepts: looksRandom,
  },
  {
    id: "password-in-url",
    pattern:
      /(?<![a-z])(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?):\/\/[^\s:@/"'`<>$]{1,64}:(?<secret>[^\s:@/"'`<>${}]{8,128})@/g,
    accepts: (secret) => !isPlaceholder(secret) && entropy(secret) >= 3,
  },
];

/** A token that a program made, and not one that a person wrote as an example. */
export function looksRandom(secret: string): boolean {
  return !isPlaceholder(secret) && entropy(secret) >= 3;
}

function hasManyKinds(secret: string): boolean {
  return (
    looksRandom(secret) && /[0-9]/.test(secret) && /[A-Za-z]/.test(secret.slice(3)) && !/(?:[a-z]+-){4}/.test(secret)
  );
}

function isJwt(secret: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(secret.split(".")[0] ?? "", "base64url").toString());
    return typeof header === "object" && header !== null && "alg" in header;
  } catch {
    return false;
  }
}

function isPlaceholder(text: string): boolean {
  const words = /example|placeholder|dummy|redacted|your[_-]?(?:api|key|token|secret)|changeme|password/i;
  // The same character six times, or keys in their order on a keyboard or in the alphabet.
  return words.test(text) || /(.)\1{5}|12345678|abcdefgh/i.test(text);
}

/** Shannon's entropy of a text, in bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
