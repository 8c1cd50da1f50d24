import { isSmoltoolsError } from "@smoltools/core";
import { againAfterConflict } from "../commit/again-after-conflict.ts";
import { createBranch } from "../commit/create-branch.ts";
import { missingFiles } from "../commit/missing-files.ts";
import { commitFiles, createRepo } from "../commit/official-client.ts";
import { HubError } from "../errors/hub-error.ts";
import { PackageError } from "../errors/package-error.ts";
import type { HubClient, Repo } from "../http/hub-client.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { signaturePath } from "../signing/signature-path.ts";
import { outgoingFiles } from "./outgoing-files.ts";
import type { Publication } from "./publication.ts";
import type { PushOptions, PushResult } from "./push-options.ts";
import { type PushPlan, pushPlan } from "./push-plan.ts";
import { dryRunDiff, pushResult } from "./push-result.ts";
import { allowancesText, checkAllowances } from "./allowances.ts";
import { checkIsPrivate, type RepoRefs, repoRefs } from "./repo-files.ts";
import { refuseSecrets } from "./secrets/refuse-secrets.ts";
import { tagVersion } from "./tag-version.ts";

/** How often a push looks at the repo anew before it gives up on a hub where nothing that it does has an effect. */
const maxLooks = 40;

/**
 * Publishes a version of a package of any kind: one commit with all its files, then the tag `vX.Y.Z`. The tag is the
 * publication; a commit without it is a draft.
 *
 * It may be repeated after whatever happened: what is there already is not sent again, a commit that was not tagged is
 * tagged, and a version that is published with the same content is reported as such. When somebody else changed the
 * repo meanwhile, it looks anew and goes on if the version is still free.
 *
 * @throws PackageError `VERSION_EXISTS`, `VERSION_TOO_LOW`, `REPO_NOT_PACKAGE`, `REPO_NOT_PRIVATE`, `SECRET_FOUND`,
 *   `MANIFEST_INVALID`; HubError.
 */
export async function publish<M extends PackageManifest>(
  client: HubClient,
  publication: Publication<M>,
  options: PushOptions = {},
): Promise<PushResult> {
  const { allow = {}, allowSecrets = [], env = process.env, sign, signal } = options;
  checkAllowances(allow);
  const outgoing = await outgoingFiles(publication, sign);
  const reasons: [string, Uint8Array] = ["the reasons given", Buffer.from(Object.values(allow).join("\n"))];
  refuseSecrets([...outgoing, reasons], { allowed: allowSecrets, env, token: await client.token() });
  const work = new Publishing(client, publication, outgoing, options);
  return againAfterConflict(() => work.attempt(), signal);
}

/** One push, with what it has done so far. */
class Publishing<M extends PackageManifest> {
  readonly #client: HubClient;
  readonly #publication: Publication<M>;
  readonly #outgoing: ReadonlyMap<string, Uint8Array>;
  readonly #options: PushOptions;
  readonly #repo: Repo;
  #createdRepo = false;
  #looks = 0;
  #tagConflicts = 0;
  #done: { commit: string; plan: PushPlan<M> } | undefined;

  constructor(
    client: HubClient,
    publication: Publication<M>,
    outgoing: ReadonlyMap<string, Uint8Array>,
    options: PushOptions,
  ) {
    this.#client = client;
    this.#publication = publication;
    this.#outgoing = outgoing;
    this.#options = options;
    this.#repo = { repoType: "space", repo: publication.manifest.name };
  }

  /** Looks at the repo as it is now, and does what is missing. */
  async attempt(): Promise<PushResult> {
    const { version } = this.#publication.manifest;
    if (++this.#looks > maxLooks) throw this.#lied("what was made is not there");
    const refs = await repoRefs(this.#client, this.#repo, this.#options);
    const published = refs?.versions.find((one) => one.version === version);
    if (published) return this.#settle(published.commit);
    if (refs && this.#options.private && !this.#createdRepo) {
      await checkIsPrivate(this.#client, this.#repo, this.#options);
    }
    const plan = await pushPlan(this.#client, this.#repo, refs, this.#publication, this.#outgoing, this.#options);
    if (this.#options.dryRun) return this.#dryRun(refs, plan);
    if (!refs) {
      await this.#createRepo();
      return this.attempt();
    }
    if (plan.newBranch && plan.head !== undefined) {
      await createBranch(this.#client, this.#repo, plan.branch, plan.head, this.#options);
      return this.attempt();
    }
    const commit = await this.#commit(plan);
    this.#done = { commit, plan };
    const { name, integrity } = this.#publication.manifest;
    const message = `${name} ${version}\n\n${integrity}${allowancesText(plan.gate.allowed)}`;
    try {
      await tagVersion(this.#client, this.#repo, { commit, tag: `v${version}`, message }, this.#options);
    } catch (error) {
      // Somebody was faster: the next look at the repo tells who. A hub that still does not list the tag lies.
      if (isSmoltoolsError(error, "HUB_CONFLICT") && ++this.#tagConflicts > 1)
        throw this.#lied("it hides a tag", error);
      throw error;
    }
    return this.#result(plan, { commit });
  }

  /** The version is there already. If it is this very one, all is done. */
  async #settle(commit: string): Promise<PushResult> {
    if (this.#done?.commit === commit) return this.#result(this.#done.plan, { commit });
    const { kind, manifest } = this.#publication;
    const signature = signaturePath(kind.manifestName);
    const tree = await this.#client.tree(this.#repo, commit, this.#options);
    const others = missingFiles(
      tree,
      [...this.#outgoing].filter(([path]) => path !== signature),
    );
    const lacksSignature = this.#outgoing.has(signature) && !tree.some(({ path }) => path === signature);
    if (others.length > 0 || lacksSignature) {
      const how = others.length > 0 ? "" : " without a signature";
      throw new PackageError(
        `${manifest.name} ${manifest.version} is published already${how}, and a version never changes: raise the version`,
        { code: "VERSION_EXISTS", data: { repo: manifest.name, version: manifest.version, files: others } },
      );
    }
    return this.#result(undefined, { commit, alreadyPublished: true });
  }

  async #dryRun(refs: RepoRefs | undefined, plan: PushPlan<M>): Promise<PushResult> {
    const diff = await dryRunDiff(this.#client, this.#repo, this.#publication, plan, this.#options);
    const isDone = plan.written.length === 0 && plan.deleted.length === 0 && !plan.newBranch;
    return this.#result(plan, {
      createdRepo: refs === undefined,
      ...(isDone && plan.head !== undefined && { commit: plan.head }),
      ...(diff && { diff }),
    });
  }

  async #createRepo(): Promise<void> {
    const { private: isPrivate = false } = this.#options;
    try {
      await createRepo(this.#client, this.#repo, isPrivate, this.#options);
      this.#createdRepo = true;
    } catch (error) {
      if (!isSmoltoolsError(error, "HUB_CONFLICT")) throw error;
      // Somebody made it a moment ago; or it was there all the time, and this token may not see it.
      if (await repoRefs(this.#client, this.#repo, this.#options)) return;
      throw new HubError(
        `${this.#repo.repo} exists on ${this.#client.host}, and the token may not see it: choose another name, or use ` +
          "a token that may",
        { code: "HUB_FORBIDDEN", data: { repo: this.#repo.repo }, cause: error },
      );
    }
  }

  /** Makes the commit, unless the branch holds the version already, and sees to it that the files are in it. */
  async #commit({ branch, head, written, deleted, gate }: PushPlan<M>): Promise<string> {
    if (head !== undefined && written.length === 0 && deleted.length === 0) return head;
    const { version } = this.#publication.manifest;
    const commit = await commitFiles(this.#client, this.#repo, {
      branch,
      title: `Publish ${version}`,
      ...(gate.allowed.length > 0 && { description: allowancesText(gate.allowed).trim() }),
      parent: head,
      write: [...this.#outgoing].filter(([path]) => written.includes(path)),
      remove: deleted,
      signal: this.#options.signal,
    });
    const tree = await this.#client.tree(this.#repo, commit, this.#options);
    const missing = missingFiles(tree, this.#outgoing);
    const left = tree.find(({ path }) => deleted.includes(path));
    if (missing.length === 0 && !left) return commit;
    throw this.#lied(`${missing[0] ?? left?.path} of commit ${commit} is not as it was sent`);
  }

  #lied(why: string, cause?: unknown): HubError {
    return new HubError(`${this.#client.host} does not do what it says (${why}): nothing was published`, {
      code: "HUB_RESPONSE_INVALID",
      data: { repo: this.#repo.repo },
      cause,
    });
  }

  #result(plan: PushPlan<M> | undefined, more: Partial<PushResult>): PushResult {
    return {
      ...pushResult(this.#publication, this.#outgoing, plan),
      createdRepo: this.#createdRepo,
      dryRun: this.#options.dryRun ?? false,
      ...more,
    };
  }
}
