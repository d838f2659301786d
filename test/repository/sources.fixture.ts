import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Where the repository lies. */
export const root = join(import.meta.dirname, "../..");

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The file it leads to, from the root; undefined for a package or a part of Node. */
  readonly target: string | undefined;
  readonly isTypeOnly: boolean;
}

/** Every file of TypeScript under the folders named. */
export function readSources(folders: readonly string[]): SourceFile[] {
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: root, exclude: (path) => /(?:^|\/)(?:node_modules|dist)(?:\/|$)/.test(path) },
  )
    .toSorted()
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, imports: importsOf(path, text) };
    });
}

const statement = /^(?:import|export)(\s+type)?\s(?:[^;"'`]*?\sfrom\s)?\s*"([^"]+)"/gm;
const call = /\b(?:import|import\.meta\.resolve|new URL)\(\s*"([^"]+)"/g;

function importsOf(path: string, text: string): Import[] {
  const code = text.replace(/^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm, "");
  const stated = [...code.matchAll(statement)].map(([, type, specifier = ""]) =>
    toImport(path, specifier, type !== undefined),
  );
  const called = [...code.matchAll(call)].map(([, specifier = ""]) => toImport(path, specifier, false));
  return [...stated, ...called].filter(({ target, specifier }) => target !== undefined || !specifier.startsWith("."));
}

function toImport(path: string, specifier: string, isTypeOnly: boolean): Import {
  const target = specifier.startsWith(".") ? relative(root, join(root, dirname(path), specifier)) : undefined;
  return { specifier, target, isTypeOnly };
}

/** `src/store/engine/frames.ts` → `store`. */
export function folderOf(path: string): string {
  return path.startsWith("src/") ? (path.split("/")[1] ?? "") : "";
}

/** Unit tests and what only they use. */
export function isTestFile(path: string): boolean {
  return /\.(?:test|fixture)\.tsx?$/.test(path) || path.startsWith("test/");
}
