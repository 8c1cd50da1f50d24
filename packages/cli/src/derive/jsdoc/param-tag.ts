/** The head of a `@param` or `@property` tag: what stands before the description. */
export interface ParamHead {
  /** `["options", "limit"]` for `options.limit`; brackets of arrays are left out. Empty when there is no name. */
  path: string[];
  /** What stands behind `=` in `[limit=3]`. */
  initial: string | undefined;
  /** Offset of the name in the tag's text. */
  nameOffset: number;
  nameLength: number;
  description: string;
}

/**
 * Takes the text of a `@param` or `@property` tag apart: `{Type} [name=initial] - description`.
 *
 * @param text - The tag's text.
 */
export function parseParamTag(text: string): ParamHead {
  let at = text.startsWith("{") ? closing(text, 0, "{", "}") + 1 : 0;
  while (/\s/.test(text[at] ?? "")) at++;
  if (text[at] === "[") {
    const end = closing(text, at, "[", "]");
    const inside = text.slice(at + 1, end);
    const equals = inside.indexOf("=");
    const name = equals === -1 ? inside : inside.slice(0, equals);
    const initial = equals === -1 ? undefined : inside.slice(equals + 1).trim();
    return head(name, at + 1, text.slice(end + 1), initial);
  }
  const name = /^[\p{ID_Start}_$][\p{ID_Continue}_$.[\]-]*/u.exec(text.slice(at))?.[0] ?? "";
  return head(name, at, text.slice(at + name.length), undefined);
}

function head(name: string, nameOffset: number, description: string, initial: string | undefined): ParamHead {
  // Brackets stand behind a name: `rows[].name` describes a part of each row.
  const segments = name.split(".").map((segment) => segment.trim().replace(/(?:\[\])+$/, ""));
  const path = segments.filter(Boolean);
  return { path, initial, nameOffset, nameLength: name.length, description };
}

/** Index of the bracket that closes the one at `from`, quoted brackets not counted; the text's end if there is none. */
function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  let quote = "";
  for (let i = from; i < text.length; i++) {
    const char = text[i] ?? "";
    if (quote) {
      if (char === "\\") i++;
      else if (char === quote) quote = "";
    } else if (`"'\``.includes(char) && depth > 0 && /[=\s,:[{]/.test(text[i - 1] ?? "")) quote = char;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return i;
  }
  return text.length;
}
