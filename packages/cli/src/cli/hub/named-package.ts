/** What is known of a package, for programs: in every result it is called by its `name`. */
export function namedPackage<T extends { repo: string }>({ repo, ...facts }: T): { name: string } & Omit<T, "repo"> {
  return { name: repo, ...facts };
}
