import { userInfo } from "node:os";

/** Who runs this process: the name, or the number of a user without one, as containers have. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
