import { addressOf, type Attributes, isNoise, languageOf, lineBreakers, listStart, paragraphs } from "./elements.ts";
import { InlineText } from "./inline-text.ts";
import { LineWriter } from "./line-writer.ts";
import { oneLine } from "./parse-html.ts";
import { TableCollector } from "./table-collector.ts";

/** What is put around emphasised text and code. */
const signs: Readonly<Record<string, string>> = {
  b: "**",
  strong: "**",
  i: "*",
  em: "*",
  code: "`",
  kbd: "`",
  samp: "`",
};

/** Elements that do not fit into a cell of a Markdown table. */
const tooMuchForCell = new Set(["table", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]);

/** The most room that addresses may fill, in characters. */
const mostAddresses = 4 * 1024 * 1024;

/** An element that is open, and what its end has to do. */
interface OpenElement {
  name: string;
  end?: () => void;
}

/** Writes Markdown of what a parser tells of a page. */
export class PageWriter {
  /** What stands in the page's `<title>`. */
  title = "";
  readonly #lines = new LineWriter();
  readonly #inline = new InlineText();
  readonly #open: OpenElement[] = [];
  readonly #openCounts = new Map<string, number>();
  /** The next number of each list that is open; `undefined` where items have none. */
  readonly #lists: (number | undefined)[] = [];
  #base: string;
  #addressRoom = mostAddresses;
  /** How many elements were open when the one began whose content is left out. */
  #skipsFrom: number | undefined;
  #isInTitle = false;
  /** Inside of these the text stays on its line. */
  #oneLiners = 0;
  #table: TableCollector | undefined;
  #code: { parts: string[]; language: string | undefined } | undefined;

  /** @param url - Where the page is. */
  constructor(url: string) {
    this.#base = url;
  }

  open(name: string, attributes: Attributes): void {
    const element: OpenElement = { name };
    if (this.#skipsFrom === undefined && isNoise(name, attributes, this.#openCounts)) {
      this.#skipsFrom = this.#open.length;
    }
    // Pictures have titles too.
    if (name === "title" && this.title === "" && !this.#openCounts.get("svg")) this.#isInTitle = true;
    if (name === "base") this.#base = addressOf(attributes["href"], this.#base) ?? this.#base;
    this.#open.push(element);
    this.#openCounts.set(name, (this.#openCounts.get(name) ?? 0) + 1);
    if (this.#skipsFrom !== undefined) return;
    if (this.#code) this.#code.language ??= languageOf(attributes);
    else this.#begin(element, attributes);
  }

  text(text: string): void {
    if (this.#isInTitle) this.title += text;
    else if (this.#skipsFrom !== undefined) return;
    else if (this.#code) this.#code.parts.push(text);
    else this.#inline.add(text);
  }

  close(name: string): void {
    const element = this.#open.pop();
    this.#openCounts.set(name, Math.max(0, (this.#openCounts.get(name) ?? 0) - 1));
    if (name === "title") this.#isInTitle = false;
    if (this.#skipsFrom === undefined) element?.end?.();
    else if (this.#open.length <= this.#skipsFrom) this.#skipsFrom = undefined;
  }

  /** What was written; call it when the page is at its end. */
  markdown(): string {
    this.#endLine();
    return this.#lines.toString();
  }

  #begin(element: OpenElement, attributes: Attributes): void {
    const { name } = element;
    if (this.#table && tooMuchForCell.has(name)) this.#giveUpTable(this.#table);
    const isParagraph = paragraphs.has(name);
    if (isParagraph || lineBreakers.has(name)) this.#breakLine(isParagraph);
    const specific = this.#specific(name, attributes);
    element.end = () => {
      specific?.();
      if (isParagraph || lineBreakers.has(name)) this.#breakLine(isParagraph);
    };
  }

  /** Does what is special about an element's beginning. @returns What is special about its end. */
  #specific(name: string, attributes: Attributes): (() => void) | undefined {
    const sign = signs[name];
    if (sign !== undefined) {
      const mark = this.#inline.mark();
      return () => this.#inline.wrap(mark, sign);
    }
    switch (name) {
      case "a":
        return this.#link(this.#address(attributes["href"]));
      case "img":
        this.#image(attributes);
        return undefined;
      case "br":
        this.#breakLine(false);
        return undefined;
      case "hr":
        this.#rule();
        return undefined;
      case "ul":
      case "ol":
      case "menu":
        return this.#list(name === "ol" ? listStart(attributes["start"]) : undefined);
      case "li":
        return this.#item();
      case "pre":
        return this.#codeBlock(languageOf(attributes));
      case "table":
        return this.#beginTable();
      case "caption":
        return this.#caption();
      case "tr":
        this.#table?.row();
        return undefined;
      case "td":
      case "th":
        return this.#cell();
      case "blockquote":
        this.#lines.indent("> ", "> ");
        return () => this.#endIndent();
      default:
        return /^h[1-6]$/.test(name) ? this.#heading(Number(name.slice(1))) : undefined;
    }
  }

  #heading(level: number): (() => void) | undefined {
    // A card that is a link as a whole keeps its heading as text.
    if (this.#isInOneLine()) return undefined;
    this.#oneLiners += 1;
    return () => {
      this.#oneLiners -= 1;
      const text = this.#inline.take();
      if (text !== "") this.#lines.line(`${"#".repeat(level)} ${text}`);
    };
  }

  #rule(): void {
    this.#breakLine(true);
    if (this.#isInOneLine()) return;
    this.#lines.line("---");
    this.#lines.blank();
  }

  /** A link around several paragraphs becomes one line. */
  #link(href: string | undefined): () => void {
    this.#oneLiners += 1;
    const mark = this.#inline.mark();
    return () => {
      this.#oneLiners -= 1;
      const raw = this.#inline.takeSince(mark);
      const text = oneLine(raw);
      if (text === "") return this.#inline.add(raw);
      this.#inline.add(`${raw.startsWith(" ") ? " " : ""}${href === undefined ? text : `[${text}](${href})`}`);
      if (raw.endsWith(" ")) this.#inline.add(" ");
    };
  }

  #image(attributes: Attributes): void {
    // Without a description it tells a reader of text nothing.
    const alt = oneLine(attributes["alt"] ?? "");
    if (alt === "") return;
    const src = this.#address(attributes["src"]);
    this.#inline.add(src === undefined ? `[Image: ${alt}]` : `![${alt}](${src})`);
  }

  /** A page of short links can stand for a long address in each of them: once they fill much room, only texts are told. */
  #address(value: string | undefined): string | undefined {
    const address = this.#addressRoom > 0 ? addressOf(value, this.#base) : undefined;
    this.#addressRoom -= address?.length ?? 0;
    return address;
  }

  #list(start: number | undefined): () => void {
    if (this.#lists.length === 0) this.#lines.blank();
    this.#lists.push(start);
    return () => {
      this.#lists.pop();
      if (this.#lists.length === 0) this.#breakLine(true);
    };
  }

  #item(): (() => void) | undefined {
    if (this.#isInOneLine()) {
      this.#inline.add(" • ");
      return undefined;
    }
    const number = this.#lists.at(-1);
    if (number !== undefined) this.#lists[this.#lists.length - 1] = number + 1;
    const sign = number === undefined ? "- " : `${number}. `;
    this.#lines.indent(sign, " ".repeat(sign.length));
    return () => this.#endIndent();
  }

  #codeBlock(language: string | undefined): () => void {
    this.#code = { parts: [], language };
    return () => {
      const code = this.#code;
      this.#code = undefined;
      const text = code?.parts.join("").replace(/^\n/, "").trimEnd() ?? "";
      if (text === "") return;
      const longest = text.match(/^`{3,}/gm)?.reduce((most, { length }) => Math.max(most, length), 0) ?? 2;
      const fence = "`".repeat(longest + 1);
      this.#lines.line(fence + (code?.language ?? ""));
      for (const line of text.split("\n")) this.#lines.line(line);
      this.#lines.line(fence);
    };
  }

  #beginTable(): () => void {
    const table = new TableCollector();
    // In a link or a heading there is no room for one.
    if (!this.#isInOneLine()) this.#table = table;
    return () => {
      if (this.#table !== table) return;
      this.#table = undefined;
      for (const line of table.lines()) this.#lines.line(line);
    };
  }

  #caption(): (() => void) | undefined {
    if (!this.#table) return undefined;
    return () => {
      const text = this.#inline.take();
      if (text !== "") this.#lines.line(text);
      this.#lines.blank();
    };
  }

  #cell(): (() => void) | undefined {
    const table = this.#table;
    return table && (() => this.#table === table && table.cell(this.#inline.take()));
  }

  /** A cell holds more than text, so the table is a means of layout: its cells so far become lines. */
  #giveUpTable(table: TableCollector): void {
    this.#table = undefined;
    for (const cell of table.cells()) this.#lines.line(cell);
  }

  #endIndent(): void {
    this.#endLine();
    this.#lines.outdent();
  }

  #isInOneLine(): boolean {
    return this.#oneLiners > 0 || this.#table !== undefined;
  }

  #breakLine(withBlank: boolean): void {
    if (this.#isInOneLine()) return this.#inline.add(" ");
    this.#endLine();
    if (withBlank) this.#lines.blank();
  }

  #endLine(): void {
    const text = this.#inline.take();
    if (text !== "") this.#lines.line(text);
  }
}
