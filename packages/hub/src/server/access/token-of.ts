/**
 * The token in an `Authorization` header.
 *
 * @param header - Its value.
 * @param basicAuth - Also take HTTP Basic: the token is the password, whatever the user, or the user if there is no
 * password. Git sends it so.
 * @returns `undefined` for another scheme, or when it is malformed.
 */
export function tokenOf(header: string, basicAuth: boolean): string | undefined {
  const [, scheme = "", value = ""] = /^(Bearer|Basic) +(\S+) *$/i.exec(header) ?? [];
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme === "" || !basicAuth) return undefined;
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, "base64").toString("utf8")) ?? [];
  return password || user || undefined;
}
