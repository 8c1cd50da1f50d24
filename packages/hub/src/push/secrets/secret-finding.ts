/** Something in a file that must not be published. It never holds the secret itself. */
export interface SecretFinding {
  path: string;
  /** From 1; absent where the file as a whole is meant. */
  line?: number;
  /** Id of the rule that found it. */
  rule: string;
  /** What was found, with the secret cut out. */
  excerpt: string;
  /** Names the finding, to allow it if it is no secret. The same secret has the same one in every file. */
  fingerprint: string;
}
