/** Strings, comments and templates, which are left alone; or a word that may be the name. */
const pieces = (name: string): RegExp =>
  new RegExp(
    String.raw`"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|${"`"}(?:\\.|[^${"`"}\\])*${"`"}|//[^\n]*|/\*[\s\S]*?\*/|#[^\n]*|(?<![\w$.])${name}(?![\w$])`,
    "g",
  );

/**
 * Renames a variable that has the name of the function which gives the final answer.
 *
 * Models like to write `finalAnswer = 42; finalAnswer(finalAnswer)`: the variable would hide the function. When code
 * both assigns to the name and calls it, every use but the calls gets another name. Attributes, strings and comments
 * stay as they are.
 *
 * @returns The code, as it was where it does not do both.
 */
export function renameFinalAnswerVariable(code: string, name: string, otherName: string): string {
  const word = `(?<![\\w$.])${name}`;
  const assigns = new RegExp(`${word}\\s*(?::[^=\\n]+)?=(?![=>])`).test(code);
  const calls = new RegExp(`${word}\\s*\\(`).test(code);
  if (!assigns || !calls) return code;
  return code.replace(pieces(name), (piece, at: number) => {
    if (piece !== name) return piece;
    const rest = code.slice(at + name.length);
    return /^\s*\(/.test(rest) ? piece : otherName;
  });
}
