import { jsonText } from "../shared/json-text.ts";
import { sourceText, testText } from "./template-source.ts";

/** Languages of a new project. */
export type ProjectLanguage = "ts" | "js";

/** What a new project is about. */
export interface NewProject {
  language: ProjectLanguage;
  /** `owner/name` */
  name: string;
  /** Name of the tool, and of its function. */
  tool: string;
  /** One sentence. */
  description: string;
  license: string;
  /** Version of smoltools. */
  smoltools: string;
}

/** The compiler with which new projects are type-checked. */
const typescriptVersion = "7.0.2";

/** The files of a new project by their paths. */
export function projectTemplate(project: NewProject): Record<string, string> {
  const { language, tool } = project;
  const source = `src/${fileName(tool)}.${language}`;
  return {
    "package.json": jsonText(packageJson(project, source)),
    "tsconfig.json": jsonText(tsconfig(language)),
    [source]: sourceText(project),
    [`test/${fileName(tool)}.test.js`]: testText(project),
    "README.md": readme(project),
    ".gitignore": "node_modules/\npackage/\n",
  };
}

/** Files that a folder may have already: they are kept as they are. */
export const keptFiles: ReadonlySet<string> = new Set(["README.md", ".gitignore"]);

/** `wordCount` and `word_count` become `word-count`. */
function fileName(tool: string): string {
  return tool
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}

function packageJson({ name, description, license, smoltools }: NewProject, source: string): object {
  return {
    name: name.split("/")[1]?.toLowerCase(),
    version: "0.1.0",
    private: true,
    description,
    license,
    type: "module",
    scripts: {
      dev: "smoltools dev",
      check: "smoltools check",
      types: "tsc",
      build: "smoltools build --out package",
      pretest: "smoltools build --out package",
      test: "node --test test/*.test.js",
      run: "smoltools run .",
      push: `smoltools push ${source} ${name}`,
    },
    devDependencies: { "@smoltools/cli": smoltools, smoltools, typescript: typescriptVersion },
    smoltools: { name, source },
  };
}

function tsconfig(language: ProjectLanguage): object {
  return {
    compilerOptions: {
      target: "ES2023",
      lib: ["ES2023", "DOM"],
      types: [],
      module: "NodeNext",
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      ...(language === "ts" && { allowImportingTsExtensions: true, erasableSyntaxOnly: true }),
      ...(language === "js" && { allowJs: true, checkJs: true }),
    },
    include: ["src"],
  };
}

function readme({ name, tool, description }: NewProject): string {
  return `# ${name.split("/")[1]}

${description}

\`\`\`ts
import { Tool } from "smoltools";

const ${tool} = await Tool.fromHub("${name}@^0.1");
console.log(await ${tool}.call({ name: "Ada" }));
\`\`\`
`;
}
