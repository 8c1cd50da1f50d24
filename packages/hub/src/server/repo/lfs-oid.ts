/** True for the id of a Git LFS object: SHA-256 in lower case hexadecimal. */
export function isLfsOid(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
