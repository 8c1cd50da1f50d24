import { isSmoltoolsError, type JsonSchema, type JsonValue } from "@smoltools/core";
import type { HubRef, RepoType } from "../ref/ref.ts";
import { HubError } from "../errors/hub-error.ts";
import { answerInvalid, parseAnswer } from "./parse-answer.ts";
import { type HubFetchOptions, hubFetch } from "./hub-fetch.ts";
import { PageTrail } from "./page-trail.ts";
import { readBody } from "./read-body.ts";
import { responseError } from "./response-error.ts";

/** The public Hugging Face Hub. */
export const defaultHubUrl = "https://huggingface.co";

/** A repo of a hub. */
export type Repo = Pick<HubRef, "repoType" | "repo">;

/** How to reach a hub. */
export interface HubConnection extends HubFetchOptions {
  /** Base address, with or without a path. @default "https://huggingface.co" */
  hubUrl?: string;
  /** Access token. It is sent to this hub and nowhere else. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
}

/** A branch or tag with the commit it points at; annotated tags are peeled. */
export interface HubGitRef {
  name: string;
  commit: string;
}

/** A file or folder of a revision. */
export interface HubTreeEntry {
  type: "file" | "directory";
  path: string;
  size: number;
  /** Id of the git blob; for large files the id of their pointer. */
  oid: string;
}

/** Options of one call. */
export interface HubCallOptions {
  signal?: AbortSignal | undefined;
}

/** Most files of a repo that are listed. */
const maxTreeEntries = 50_000;

/** Largest answer of the API that is read, in bytes. */
const maxApiBytes = 16 * 1024 * 1024;

const gitRefs: JsonSchema = {
  type: "array",
  items: {
    type: "object",
    properties: { name: { type: "string" }, targetCommit: { type: "string", pattern: "^[0-9a-f]{40}$" } },
    required: ["name", "targetCommit"],
  },
};

const refsAnswer: JsonSchema = {
  type: "object",
  properties: { branches: gitRefs, tags: gitRefs },
  required: ["branches", "tags"],
};

const treeAnswer: JsonSchema = {
  type: "array",
  items: {
    type: "object",
    properties: {
      type: { type: "string" },
      path: { type: "string" },
      size: { type: "number" },
      oid: { type: "string" },
    },
    required: ["type", "path", "oid"],
  },
};

/**
 * The calls of the Hub's HTTP API that its JavaScript client lacks: refs, tags, and files with their headers.
 *
 * Every answer is checked before it is believed.
 */
export class HubClient {
  /** Base address without a trailing slash. */
  readonly hubUrl: string;
  /** The fetch of all requests to this hub. */
  readonly fetch: typeof globalThis.fetch;
  readonly #token: HubConnection["token"];
  readonly #stallMs: number | undefined;
  readonly #repeats: boolean;

  /** @throws HubError `HUB_BAD_REQUEST` for what is not the address of a hub. */
  constructor(connection: HubConnection = {}) {
    this.hubUrl = hubAddress(connection.hubUrl ?? defaultHubUrl);
    this.#token = connection.token;
    this.fetch = hubFetch(connection);
    this.#stallMs = connection.timeoutMs;
    this.#repeats = connection.retries !== 0;
  }

  /** Host of the hub, for messages. */
  get host(): string {
    return new URL(this.hubUrl).host;
  }

  /** The access token, if there is one. */
  async token(): Promise<string | undefined> {
    const token = typeof this.#token === "function" ? await this.#token() : this.#token;
    return token === "" ? undefined : token;
  }

  /**
   * Asks for JSON, and holds the answer against its form before anybody believes it.
   *
   * @param path - From the hub's base address on, with a `/` at its start.
   * @param what - What is asked about, for errors.
   */
  async json<T>(path: string, what: string, form: JsonSchema, options: HubCallOptions = {}): Promise<T> {
    const { bytes } = await this.#read(path, what, maxApiBytes, options);
    return parseAnswer<T>(bytes, form, this.host);
  }

  /**
   * Asks for a list, page by page, as far as it is wanted. Pages follow `Link: <url>; rel="next"`.
   *
   * How many items are too many is the reader's to say; a list that does not get on is an error here.
   */
  async *list<T>(path: string, what: string, form: JsonSchema, options: HubCallOptions = {}): AsyncGenerator<T, void> {
    const trail = new PageTrail(this.hubUrl);
    let next: string | undefined = path;
    while (next !== undefined) {
      const { bytes, headers } = await this.#read(next, what, maxApiBytes, options);
      const items = parseAnswer<T[]>(bytes, form, this.host);
      next = trail.next(next, headers, items.length);
      yield* items;
    }
  }

  /** Sends JSON, for an answer that nobody reads. */
  async send(
    method: "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    what: string,
    body: JsonValue,
    options: HubCallOptions = {},
  ): Promise<void> {
    const response = await this.fetch(`${this.hubUrl}${path}`, {
      method,
      headers: { ...(await this.#headers()), "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: options.signal ?? null,
    });
    if (!response.ok) throw await responseError(response, what, this.host);
    await response.body?.cancel();
  }

  /** Branches and tags of a repo. `GET /api/{type}s/{repo}/refs`. */
  async refs(repo: Repo, options: HubCallOptions = {}): Promise<{ branches: HubGitRef[]; tags: HubGitRef[] }> {
    const { branches, tags } = await this.json<Record<"branches" | "tags", { name: string; targetCommit: string }[]>>(
      `/api/${apiPath(repo)}/refs`,
      repo.repo,
      refsAnswer,
      options,
    );
    const refs = (list: { name: string; targetCommit: string }[]) =>
      list.map(({ name, targetCommit }) => ({ name, commit: targetCommit }));
    return { branches: refs(branches), tags: refs(tags) };
  }

  /** All files of a revision. `GET /api/{type}s/{repo}/tree/{revision}?recursive=true`, every page. */
  async tree(repo: Repo, revision: string, options: HubCallOptions = {}): Promise<HubTreeEntry[]> {
    const entries: HubTreeEntry[] = [];
    const path = `/api/${apiPath(repo)}/tree/${encodeURIComponent(revision)}?recursive=true`;
    for await (const entry of this.list<HubTreeEntry>(path, repo.repo, treeAnswer, options)) {
      if (leadsOut(entry.path)) throw answerInvalid(this.host, "a file has a path that leads out of the repo");
      entries.push(entry);
      if (entries.length > maxTreeEntries) {
        throw answerInvalid(this.host, `${repo.repo} has more than ${maxTreeEntries} files`);
      }
    }
    return entries.filter((entry) => entry.type === "file");
  }

  /**
   * A file of a revision. `GET /{prefix}{repo}/resolve/{revision}/{path}`.
   *
   * @param maxBytes - Largest file that is read.
   * @returns The bytes, and the name under which the official clients keep them in their cache.
   */
  async file(
    repo: Repo,
    revision: string,
    path: string,
    maxBytes: number,
    options: HubCallOptions = {},
  ): Promise<{ bytes: Uint8Array; etag: string | undefined }> {
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    const url = `/${filePrefix(repo.repoType)}${repo.repo}/resolve/${encodeURIComponent(revision)}/${encoded}`;
    const { bytes, headers } = await this.#read(url, repo.repo, maxBytes, options);
    const etag = headers.get("x-linked-etag") ?? headers.get("etag");
    return { bytes, etag: etag?.replace(/^W\//, "").replaceAll('"', "") };
  }

  /**
   * Tags a commit. `POST /api/{type}s/{repo}/tag/{commit}`.
   *
   * @throws HubError `HUB_CONFLICT` when the tag is there already.
   */
  async createTag(
    repo: Repo,
    commit: string,
    tag: string,
    message: string,
    options: HubCallOptions = {},
  ): Promise<void> {
    const path = `/api/${apiPath(repo)}/tag/${encodeURIComponent(commit)}`;
    await this.send("POST", path, repo.repo, { tag, message }, options);
  }

  /** Reads a whole answer. `fetch` repeats what fails before the answer begins; one that breaks off is asked for once more. */
  async #read(
    path: string,
    what: string,
    maxBytes: number,
    { signal }: HubCallOptions,
  ): Promise<{ bytes: Uint8Array; headers: Headers }> {
    const ask = async () => {
      const response = await this.fetch(`${this.hubUrl}${path}`, {
        headers: await this.#headers(),
        signal: signal ?? null,
      });
      if (!response.ok) throw await responseError(response, what, this.host);
      const bytes = await readBody(response, maxBytes, what, this.#stallMs);
      return { bytes, headers: response.headers };
    };
    try {
      return await ask();
    } catch (error) {
      if (!isSmoltoolsError(error, "HUB_UNAVAILABLE") || error.cause === undefined || !this.#repeats) throw error;
      return ask();
    }
  }

  async #headers(): Promise<Record<string, string>> {
    const token = await this.token();
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }
}

/**
 * The address without a slash at its end. One with a user and a password in it is refused: it goes into lock files,
 * folders' names and messages. It is not repeated, since what is wrong with it may be a secret.
 */
function hubAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && url.username === "" && url.password === "" && !/[?#]/.test(text);
  if (isPlain && (url.protocol === "https:" || url.protocol === "http:")) return text.replace(/\/+$/, "");
  throw new HubError(
    "This is not the address of a hub: it begins with https:// or http://, and has no user, password, ? or #. A token is " +
      "given separately (HF_TOKEN)",
    { code: "HUB_BAD_REQUEST" },
  );
}

/** No tree of git has such a path; a hub that sends one wants something written elsewhere. */
function leadsOut(path: string): boolean {
  return path.includes("\0") || path.split("/").some((name) => name === "" || name === "." || name === "..");
}

function apiPath(repo: Repo): string {
  return `${repo.repoType}s/${repo.repo}`;
}

function filePrefix(type: RepoType): string {
  return type === "model" ? "" : `${type}s/`;
}
