/** An address as it may be shown: people put keys into its query, and a user with a password before its host. */
export function shownAddress(location: string): string {
  if (!isAddress(location) || !URL.canParse(location)) return location;
  const { protocol, host, pathname, search } = new URL(location);
  return `${protocol}//${host}${pathname}${search === "" ? "" : "?…"}`;
}

/** Tells an address from a path. */
export function isAddress(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
}
