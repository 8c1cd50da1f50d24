/** Deepest nesting of arrays and objects that is read. */
const maxDepth = 100;

/**
 * Reads JSON that has one meaning for every reader.
 *
 * Of several members of one name `JSON.parse` keeps the last; other readers keep the first, so that what one of them
 * checks is not what another one uses. A member `__proto__` turns into a prototype wherever members are assigned, and
 * whoever walks over a very deep value runs out of stack. All three are refused.
 *
 * @throws SyntaxError that says what is wrong.
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  checkMembers(text);
  return value;
}

/** Walks over a text that is known to be JSON: what a colon follows is the name of a member. */
function checkMembers(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let word = "";
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: {
        const end = endOfString(text, i);
        word = text.slice(i, end + 1);
        i = end;
        break;
      }
      case 0x3a:
        addMember(open.at(-1), word.includes("\\") ? String(JSON.parse(word)) : word.slice(1, -1));
        break;
      case 0x7b:
      case 0x5b:
        open.push(text[i] === "{" ? new Set() : undefined);
        if (open.length > maxDepth) throw new SyntaxError(`it is nested deeper than ${maxDepth} levels`);
        break;
      case 0x7d:
      case 0x5d:
        open.pop();
        break;
    }
  }
}

function addMember(members: Set<string> | undefined, name: string): void {
  if (name === "__proto__") throw new SyntaxError('it has a key "__proto__"');
  if (members?.has(name)) throw new SyntaxError(`the key ${JSON.stringify(name)} stands twice in one object`);
  members?.add(name);
}

/** The place of the quotation mark that ends a string. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== 0x22) i += text.charCodeAt(i) === 0x5c ? 2 : 1;
  return i;
}
