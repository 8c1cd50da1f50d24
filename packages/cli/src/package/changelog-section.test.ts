import { describe, expect, it } from "vitest";
import { changelogSection } from "./changelog-section.ts";

const changelog = `# Changelog

## [Unreleased]

- soon

## [1.2.0] - 2026-11-21

### Added

- snow

\`\`\`sh
# not a heading
\`\`\`

## v1.1.0 (November)
- rain

## 1.0.0

## 1.0.0-rc.1
- first
`;

describe("changelogSection", () => {
  it.each<[string, string | undefined]>([
    ["1.2.0", "### Added\n\n- snow\n\n```sh\n# not a heading\n```"],
    ["1.1.0", "- rain"],
    ["1.0.0", undefined],
    ["1.0.0-rc.1", "- first"],
    ["1.0", undefined],
    ["2.0.0", undefined],
  ])("finds what is said about %s", (version, section) => {
    expect(changelogSection(changelog, version)).toBe(section);
  });

  it("reads files with the line ends of Windows", () => {
    expect(changelogSection("## 1.0.0\r\n- a\r\n## 0.9.0\r\n", "1.0.0")).toBe("- a");
  });

  it("ends with the file", () => {
    expect(changelogSection("## 1.0.0\n- a", "1.0.0")).toBe("- a");
  });
});
