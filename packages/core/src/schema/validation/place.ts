/** A place in a value: a key and the place around it. Texts are made only when something is wrong there. */
export interface Place {
  readonly around: Place | undefined;
  readonly key: string | number;
}

/** A place as code would write it: `rows[3].name`; empty for the whole value. */
export function placeText(place: Place | undefined): string {
  const keys: (string | number)[] = [];
  for (let here = place; here; here = here.around) keys.unshift(here.key);
  return pathText(keys);
}

/** Keys as code would write them. */
export function pathText(keys: readonly (string | number)[]): string {
  let text = "";
  for (const key of keys) {
    if (typeof key === "number") text += `[${key}]`;
    else if (!/^[A-Za-z_$][\w$]*$/.test(key)) text += `[${JSON.stringify(key)}]`;
    else text += text === "" ? key : `.${key}`;
  }
  return text;
}
