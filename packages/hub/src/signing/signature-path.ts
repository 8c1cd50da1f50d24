/**
 * The file with the signature of a manifest, which lies beside it: `tool.json.sig` for `tool.json`.
 */
export function signaturePath(manifestName: string): string {
  return `${manifestName}.sig`;
}
