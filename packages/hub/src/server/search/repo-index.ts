import { join } from "node:path";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import {
  namespaceProblem,
  type RepoKey,
  repoNameProblem,
  repoPath,
  type RepoType,
  repoTypes,
} from "../repo/repo-key.ts";
import { Semaphore } from "../../shared/semaphore.ts";
import type { HubStorage } from "../storage/hub-storage.ts";
import { ChangeJournal } from "./change-journal.ts";
import { readSnapshot, writeSnapshot } from "./index-snapshot.ts";
import type { IndexedRepo } from "./indexed-repo.ts";
import { repoTexts } from "./repo-texts.ts";
import { readIndexedRepo } from "./read-indexed-repo.ts";
import { TextIndex } from "./text-index.ts";

/** How many repos are read at the same time. */
const concurrentReads = 8;
/** How many repos are made searchable before other work gets its turn. */
const textsPerTurn = 200;
/** How long after a change the snapshot is written, at the earliest. */
const snapshotDelayMs = 30_000;
/** How often all repos are looked at, for changes that nobody told of. */
const sweepEveryMs = 600_000;

/**
 * What there is on a hub, in memory: for lists and searches.
 *
 * A change is noted when it is made, and read before the next question is answered, so whoever pushes and then asks
 * finds it. Other processes learn of it from the journal. A snapshot makes the next start quick.
 */
export class RepoIndex {
  readonly #storage: HubStorage;
  readonly #snapshotPath: string;
  readonly #onFailure: (error: unknown) => void;
  readonly #closing = new AbortController();
  readonly #repos = new Map<string, IndexedRepo>();
  readonly #text = new TextIndex();
  readonly #changed = new Map<string, RepoKey>();
  readonly #journal: ChangeJournal;
  readonly #work = new Set<Promise<void>>();
  /** Counts the changes of the index itself. */
  #edition = 0;
  #savedEdition = 0;
  #ready: Promise<void>;
  #isReady = false;
  #refreshing: Promise<void> = Promise.resolve();

  /**
   * Opens the index of a hub.
   *
   * @param root - The folder of the hub.
   * @param onFailure - Is told of what went wrong in the background.
   */
  static async open(storage: HubStorage, root: string, onFailure: (error: unknown) => void): Promise<RepoIndex> {
    const folder = join(root, "search");
    const snapshotPath = join(folder, "snapshot.jsonl");
    const snapshot = await readSnapshot(snapshotPath);
    const journal = new ChangeJournal(join(folder, "changes.jsonl"), snapshot?.journal);
    const index = new RepoIndex(storage, snapshotPath, journal, onFailure);
    for (const repo of snapshot?.repos ?? []) index.#repos.set(repoPath(repo.record), repo);
    index.#start(snapshot !== undefined);
    return index;
  }

  private constructor(
    storage: HubStorage,
    snapshotPath: string,
    journal: ChangeJournal,
    onFailure: (error: unknown) => void,
  ) {
    this.#storage = storage;
    this.#snapshotPath = snapshotPath;
    this.#journal = journal;
    this.#onFailure = onFailure;
    this.#ready = Promise.resolve();
  }

  /** False until the index can answer without reading every repo first. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Notes that a repo was made, changed or deleted. It is read before the next answer. */
  changed(key: RepoKey): void {
    const plain = { ...key, name: key.name.replace(/\.git$/i, "") };
    // Names come from addresses, whoever asked for them: one that no repo can have is not worth a line.
    if (namespaceProblem(plain.namespace) !== undefined || repoNameProblem(plain.name) !== undefined) return;
    this.#changed.set(repoPath(plain), plain);
    this.#journal.note(repoPath(plain)).catch(this.#onFailure);
  }

  /**
   * What the index knows of all repos, with every change that this process made, and those that others told of.
   *
   * @throws The signal's reason when it is aborted while waiting for the first look at all repos.
   */
  async repos(signal: AbortSignal): Promise<ReadonlyMap<string, IndexedRepo>> {
    // A first look that failed is tried again: without it the answer would lack repos.
    if (!this.#isReady) this.#ready = this.#ready.catch(() => this.#becomeReady(this.#sweep()));
    await orAborted(this.#ready, signal);
    await this.#refresh();
    return this.#repos;
  }

  /** The repos in which words are, with a score. The caller has waited for {@link RepoIndex.repos}. */
  search(query: string, keep: (repo: IndexedRepo) => boolean): Map<string, number> {
    return this.#text.search(query, (path) => {
      const repo = this.#repos.get(path);
      return repo !== undefined && keep(repo);
    });
  }

  /** Stops, and writes the snapshot. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#work);
    await this.#refreshing.catch(() => {});
    await this.#journal.flush();
    await this.#save().catch(this.#onFailure);
  }

  #start(hasSnapshot: boolean): void {
    const texts = this.#addTexts([...this.#repos.values()]);
    const sweep = texts.then(() => this.#sweep());
    // With a snapshot the hub answers from it at once, and checks it meanwhile.
    this.#ready = this.#becomeReady(hasSnapshot ? texts : sweep);
    this.#ready.catch(() => {});
    this.#inBackground(sweep);
    this.#inBackground(this.#every(snapshotDelayMs, () => this.#save()));
    this.#inBackground(this.#every(sweepEveryMs, () => this.#sweep()));
  }

  /** Work that nobody waits for but {@link RepoIndex.close}. */
  #inBackground(work: Promise<void>): void {
    const ended = work.catch((error) => this.#report(error)).finally(() => this.#work.delete(ended));
    this.#work.add(ended);
  }

  /** Adds many, without keeping everything else waiting. */
  async #addTexts(repos: readonly IndexedRepo[]): Promise<void> {
    for (const [index, repo] of repos.entries()) {
      if (index % textsPerTurn === 0) await turn();
      this.#text.set(repoPath(repo.record), repoTexts(repo));
    }
  }

  async #becomeReady(work: Promise<void>): Promise<void> {
    await work;
    this.#isReady = true;
  }

  async #every(periodMs: number, task: () => Promise<void>): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await sleep(periodMs, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) await task().catch((error) => this.#report(error));
    }
  }

  /** Reads what has changed. One at a time, each with what came before it. */
  #refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.catch(() => {}).then(() => this.#readChanged());
    return this.#refreshing;
  }

  async #readChanged(): Promise<void> {
    const news = await this.#journal.news();
    if (news) for (const path of news) this.#noteChanged(path);
    else this.#inBackground(this.#sweep());
    const changed = [...this.#changed];
    this.#changed.clear();
    const gate = new Semaphore(concurrentReads);
    const reads = changed.map(([path, key]) =>
      gate.run(async () => {
        try {
          await this.#read(path, key);
        } catch (error) {
          // It is tried again at the next question; one broken repo must not keep all others from being found.
          this.#changed.set(path, key);
          this.#onFailure(error);
        }
      }),
    );
    await Promise.all(reads);
  }

  #noteChanged(path: string): void {
    const pieces = path.split("/");
    const type = pieces.length === 3 ? repoTypes.get(pieces.shift() ?? "") : "model";
    const [namespace, name] = pieces;
    if (type && namespace !== undefined && name !== undefined) this.#changed.set(path, { type, namespace, name });
  }

  async #read(path: string, key: RepoKey): Promise<void> {
    const repo = await this.#storage.openRepo(key);
    this.#put(path, repo && (await readIndexedRepo(repo, this.#repos.get(path))));
  }

  #put(path: string, found: IndexedRepo | undefined): void {
    const known = this.#repos.get(path);
    if (known === found) return;
    this.#edition += 1;
    if (found) {
      this.#repos.set(path, found);
      this.#text.set(path, repoTexts(found));
    } else {
      this.#repos.delete(path);
      this.#text.delete(path);
    }
  }

  /** Looks at every repo: reads those that have changed, forgets those that are gone. */
  async #sweep(): Promise<void> {
    const present = new Set<string>();
    for (const type of repoTypes.values()) await this.#sweepType(type, present);
    if (this.#closing.signal.aborted) return;
    for (const [path, { record }] of this.#repos) {
      // Looked at once more: it may have been made after the list was.
      if (!present.has(path)) await this.#read(path, record);
    }
  }

  async #sweepType(type: RepoType, present: Set<string>): Promise<void> {
    const gate = new Semaphore(concurrentReads);
    const reads = (await this.#storage.listRepos(type)).map((repo) =>
      gate.run(async () => {
        const path = repoPath(repo.record);
        present.add(path);
        if (this.#closing.signal.aborted) return;
        try {
          this.#put(path, await readIndexedRepo(repo, this.#repos.get(path)));
        } catch (error) {
          // A repo that was deleted meanwhile, or a broken one.
          this.#changed.set(path, repo.record);
          this.#report(error);
        }
      }),
    );
    await Promise.all(reads);
  }

  async #save(): Promise<void> {
    // Also where nothing has changed: lines about repos that are not there make it longer too.
    if (!this.#isReady) return;
    if (this.#edition !== this.#savedEdition) {
      const edition = this.#edition;
      await writeSnapshot(this.#snapshotPath, { repos: [...this.#repos.values()], journal: this.#journal.position });
      this.#savedEdition = edition;
    }
    await this.#journal.trim();
  }

  #report(error: unknown): void {
    if (!this.#closing.signal.aborted) this.#onFailure(error);
  }
}

function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const end = () => reject(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}
