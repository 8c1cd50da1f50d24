import type { CodeLanguage } from "../../sandbox/sandbox.ts";
import { javascript } from "./javascript.ts";
import type { LanguageProfile } from "./language.ts";
import { python } from "./python.ts";

/** The languages that a code agent's model can write. The sandbox says which one it is. */
export const languages: Readonly<Record<CodeLanguage, LanguageProfile>> = { javascript, python };
