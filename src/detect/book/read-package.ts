import { createReadStream } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { DetectError } from "../errors.ts";
import { fileLengthMax } from "../sigma/limits.ts";

/** Rules as they lie in a folder or an archive, with what is said of all of them. */
export interface PackageFiles {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** The name of the licence whose text lies in it. */
  readonly license?: string;
  readonly version?: string;
}

const rulesMax = 20_000;
const entriesMax = 200_000;
const bytesMax = 64 * 1024 * 1024;
const nameShownMax = 200;

/** Reads the rules of a zip archive, such as SigmaHQ releases. Throws `rule-package-invalid` when it is none that can be read. */
export async function readPackageZip(bytes: Buffer): Promise<PackageFiles> {
  // Brought in when it is wanted: whoever only asks for rules does without it.
  const { zipMembers } = await import("../../collect/index.ts");
  const shelf = new Shelf();
  try {
    for await (const member of zipMembers(bytes, bytes.length)) {
      shelf.count();
      if (!isWanted(member.name)) continue;
      if ("fault" in member) throw unreadable(`${member.name.slice(0, nameShownMax)}: ${member.fault}`);
      shelf.put(member.name, await textOf(member.bytes, shelf));
    }
  } catch (error) {
    if (error instanceof DetectError) throw error;
    throw unreadable(error instanceof Error ? error.message : String(error), error);
  }
  return shelf.taken();
}

/** Reads the rules of a folder and of those below it; links are not followed. */
export async function readPackageFolder(folder: string): Promise<PackageFiles> {
  const shelf = new Shelf();
  const waiting = [folder];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    shelf.count();
    const status = await lstat(path);
    const name = relative(folder, path).split(sep).join("/");
    if (status.isDirectory()) waiting.push(...(await readdir(path)).map((each) => join(path, each)));
    else if (status.isFile() && isWanted(name)) shelf.put(name, await textOf(createReadStream(path), shelf));
  }
  return shelf.taken();
}

const ruleName = /\.ya?ml$/i;
const licenseName = /(?:^|\/)LICEN[CS]E(?:\.[\w.]+)?$/i;
const versionName = /(?:^|\/)version\.txt$/i;

function isWanted(name: string): boolean {
  return [ruleName, licenseName, versionName].some((wanted) => wanted.test(name));
}

/** What was read so far, and whether there is room for more. */
class Shelf {
  readonly #files = new Map<string, string>();
  #license: string | undefined;
  #version: string | undefined;
  #bytes = 0;
  #entries = 0;

  count(): void {
    this.#entries += 1;
    if (this.#entries > entriesMax) throw unreadable(`There are more than ${entriesMax} files in it`);
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > bytesMax) throw unreadable(`Its rules are larger than ${bytesMax >> 20} MiB`);
  }

  put(name: string, text: string): void {
    if (ruleName.test(name)) this.#putRule(name, text);
    else if (licenseName.test(name)) this.#license ??= licenseIn(text);
    else this.#version ??= firstLine(text);
  }

  #putRule(name: string, text: string): void {
    // Names in an archive are anybody's: what is not a plain path is made one, and never leads anywhere.
    const parts = name.split(/[/\\]+/).filter((part) => part !== "" && part !== "." && part !== "..");
    const path = parts.join("/").replace(/\p{Cc}/gu, "\ufffd");
    if (path === "" || this.#files.has(path)) return;
    this.#files.set(path, text);
    if (this.#files.size > rulesMax) throw unreadable(`There are more than ${rulesMax} files of rules in it`);
  }

  taken(): PackageFiles {
    return {
      files: withoutCommonFolder([...this.#files].map(([path, text]) => ({ path, text }))).toSorted((a, b) =>
        a.path < b.path ? -1 : 1,
      ),
      ...(this.#license === undefined ? {} : { license: this.#license }),
      ...(this.#version === undefined ? {} : { version: this.#version }),
    };
  }
}

/** A folder that everything lies in is named for the release (`sigma-master/`); rules keep their place without it. */
function withoutCommonFolder<File extends { readonly path: string }>(files: readonly File[]): readonly File[] {
  const [first] = files;
  const at = first?.path.indexOf("/") ?? -1;
  const folder = first?.path.slice(0, at + 1) ?? "";
  if (at < 0 || folder === "rules/" || !files.every(({ path }) => path.startsWith(folder))) return files;
  return files.map((file) => ({ ...file, path: file.path.slice(folder.length) }));
}

/** Of a file that is too large for rules so much that whoever reads the rules refuses it for that. */
async function textOf(bytes: AsyncIterable<Buffer>, shelf: Shelf): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    shelf.add(chunk.length);
    length += chunk.length;
    chunks.push(chunk);
    // A character is four bytes at most.
    if (length > 4 * fileLengthMax) break;
  }
  return Buffer.concat(chunks)
    .toString("utf8")
    .slice(0, fileLengthMax + 1);
}

const licenses: readonly (readonly [RegExp, string])[] = [
  [/Detection Rule License[^\n]*?1\.1|DRL[- ]1\.1/i, "Detection Rule License (DRL) 1.1"],
  [/Detection Rule License|\bDRL\b/i, "Detection Rule License (DRL)"],
  [/Apache License\s+Version 2\.0/i, "Apache-2.0"],
  [/\bMIT License\b|Permission is hereby granted, free of charge/i, "MIT"],
  [/GNU AFFERO GENERAL PUBLIC LICENSE/i, "AGPL-3.0"],
  [/GNU GENERAL PUBLIC LICENSE\s+Version 3/i, "GPL-3.0"],
  [/Elastic License 2\.0/i, "Elastic License 2.0"],
  [/Creative Commons Attribution 4\.0/i, "CC-BY-4.0"],
];

/** The licence that a text is, by its own words; its first line where it is none that is known. */
function licenseIn(text: string): string {
  const start = text.slice(0, 4_000);
  return licenses.find(([words]) => words.test(start))?.[1] ?? firstLine(text);
}

function firstLine(text: string): string {
  return (text.split("\n").find((line) => line.trim() !== "") ?? "").trim().slice(0, 200);
}

function unreadable(reason: string, cause?: unknown): DetectError {
  return new DetectError(`The package cannot be read: ${reason}`, {
    code: "rule-package-invalid",
    fault: "user",
    help: "Give a folder of Sigma rules, or a zip archive of one",
    ...(cause === undefined ? {} : { cause }),
  });
}
