import type { RulePackageRow, RuleSettingRow } from "../../state/index.ts";
import { DetectError } from "../errors.ts";
import type { ReadFile } from "./file-readings.ts";
import type { House } from "./house.ts";
import type { PackageAsk, PackageOutcome } from "./rule-book.ts";
import { noSettings } from "./rule-settings.ts";
import { stagePlan, usualStage } from "./settle-rule.ts";

const filesMax = 20_000;
const charactersMax = 64 * 1024 * 1024;
const pathLengthMax = 1_000;
const reserved = ["trailwarden", "search", "rules", "tuning"];

/** Throws `rule-package-invalid` for what is no package that can be kept. */
export function checkPackage({ name, files, origin, license = "", author = "", version = "" }: PackageAsk): void {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name) || reserved.includes(name)) {
    throw invalid(
      "The name of a package is small letters, digits and dashes, at most 63",
      `${reserved.join(", ")} are taken`,
    );
  }
  if (files.length === 0 || files.length > filesMax) {
    throw invalid(`A package has 1 to ${filesMax} files`, "Files of rules end in .yml or .yaml");
  }
  if (files.reduce((sum, { text }) => sum + text.length, 0) > charactersMax) {
    throw invalid("The package is too large", "Import a part of it under a name of its own");
  }
  if (new Set(files.map(({ path }) => path)).size < files.length || files.some(({ path }) => !isPath(path))) {
    throw invalid(
      "Each file of a package has a path of its own, relative and without ..",
      "See the paths of its files",
    );
  }
  if ([origin, license, author, version].some((text) => text.length > pathLengthMax)) {
    throw invalid("Origin, licence, author and version are one line each", "Say it shorter");
  }
}

function isPath(path: string): boolean {
  return (
    path.length > 0 &&
    path.length <= pathLengthMax &&
    !path.startsWith("/") &&
    !path.split("/").includes("..") &&
    !/[\p{Cc}\\]/u.test(path)
  );
}

/** Files that hold something about CloudTrail, or something that cannot be read: what is about other logs is not kept. */
export function filesWorthKeeping(files: readonly ReadFile[]): readonly ReadFile[] {
  return files.filter(({ reading }) => {
    const { documents, refusals } = reading;
    return documents.length > 0 || refusals.some(({ kind }) => kind === "invalid");
  });
}

/** What an import adds, changes and takes away, rule by rule. */
export function comparePackages(
  name: string,
  before: House,
  after: House,
  read: readonly ReadFile[],
): PackageOutcome & { readonly addedKeys: readonly string[] } {
  const was = rulesOf(name, before);
  const is = rulesOf(name, after);
  const addedKeys = [...is.keys()].filter((key) => !was.has(key));
  const kept = [...is].filter(([key]) => was.has(key));
  const changed = kept.filter(([key, text]) => was.get(key) !== text).length;
  const prefix = `${name}/`;
  return {
    addedKeys,
    added: addedKeys.length,
    changed,
    same: kept.length - changed,
    gone: [...was.keys()].filter((key) => !is.has(key)).length,
    refused: after.refusals.filter(({ path }) => path.startsWith(prefix)),
    others: read.flatMap(({ reading }) => reading.refusals).filter(({ kind }) => kind === "other-source").length,
  };
}

/** Rules that can be run, by key, with the text of their file. */
function rulesOf(name: string, { entries }: House): ReadonlyMap<string, string> {
  return new Map(
    entries
      .filter(({ origin, refusal }) => origin === name && refusal === undefined)
      .map(({ key, text }) => [key, text]),
  );
}

/** The rows of rules that are new and run quietly at first; what was settled about one before it went counts. */
export function stagedRows(
  house: House,
  keys: readonly string[],
  rows: ReadonlyMap<string, RuleSettingRow>,
  now: number,
): readonly RuleSettingRow[] {
  return keys
    .filter((key) => !rows.has(key))
    .map((key) => {
      const title = house.byKey.get(key)?.title ?? "";
      const stage = stagePlan(usualStage, now);
      const content = { ...noSettings, title, stage, isOfImport: true };
      return { rule: key, status: "staged" as const, changedAt: now, content };
    });
}

/** Who wrote most of a package and under which licence, where its rules say so. */
export function packageRow(ask: PackageAsk, files: readonly ReadFile[], now: number): RulePackageRow {
  const heads = files.flatMap(({ reading }) => reading.documents);
  return {
    name: ask.name,
    origin: ask.origin,
    license: ask.license ?? mostOf(heads.map(({ license }) => license)),
    author: ask.author ?? mostOf(heads.map(({ author }) => author)),
    version: ask.version ?? "",
    importedAt: now,
  };
}

function mostOf(texts: readonly string[]): string {
  const counts = Map.groupBy(
    texts.filter((text) => text !== ""),
    (text) => text,
  );
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  return (most?.[0] ?? "").slice(0, pathLengthMax);
}

function invalid(message: string, help: string): DetectError {
  return new DetectError(message, { code: "rule-package-invalid", fault: "user", help });
}
