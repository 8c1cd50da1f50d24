import type { IndexedPackage, IndexedRepo } from "./indexed-repo.ts";

/** A value by which what was found can be narrowed down, and how many packages have it. */
export interface FacetValue {
  value: string;
  count: number;
}

/** By what packages can be narrowed down. */
export interface Facets {
  tag: FacetValue[];
  owner: FacetValue[];
  runtime: FacetValue[];
  /** Kinds, such as `net`; `none` for packages that ask for nothing. */
  permission: FacetValue[];
}

/** Most values of a facet: the most frequent ones. */
const maxValues = 20;

/** Counts the facets of what was found. */
export function countFacets(found: Iterable<[IndexedRepo, IndexedPackage]>): Facets {
  const counts = {
    tag: new Map<string, number>(),
    owner: new Map<string, number>(),
    runtime: new Map<string, number>(),
    permission: new Map<string, number>(),
  };
  const add = (facet: Map<string, number>, value: string) => facet.set(value, (facet.get(value) ?? 0) + 1);
  for (const [repo, { keywords, runtime, permissions }] of found) {
    for (const tag of repo.tags) add(counts.tag, tag);
    for (const keyword of keywords) if (!repo.tags.includes(keyword)) add(counts.tag, keyword);
    add(counts.owner, repo.record.namespace);
    if (runtime !== "") add(counts.runtime, runtime);
    if (permissions.length === 0) add(counts.permission, "none");
    for (const permission of permissions) if (!permission.includes(":")) add(counts.permission, permission);
  }
  return {
    tag: mostFrequent(counts.tag),
    owner: mostFrequent(counts.owner),
    runtime: mostFrequent(counts.runtime),
    permission: mostFrequent(counts.permission),
  };
}

function mostFrequent(counts: ReadonlyMap<string, number>): FacetValue[] {
  const first: FacetValue[] = [];
  // Of thousands of tags a few are shown: only those are put in order.
  for (const [value, count] of counts) {
    const last = first[maxValues - 1];
    if (last && last.count > count) continue;
    first.push({ value, count });
    if (first.length < 2 * maxValues) continue;
    first.sort(byCount).splice(maxValues);
  }
  return first.sort(byCount).slice(0, maxValues);
}

function byCount(a: FacetValue, b: FacetValue): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
