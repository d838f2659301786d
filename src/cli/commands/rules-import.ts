import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { PackageFiles } from "../../detect/index.ts";
import type { PackageOutcomeAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, givenOptions, textOption, type CommandContext } from "../command.ts";
import { printOutcome } from "../print/rules.ts";
import { safeText } from "../print/safe-text.ts";
import { printTable } from "../print/table.ts";
import { askPackages, invalid } from "../rule-request.ts";

const zipBytesMax = 64 * 1024 * 1024;

export const rulesImportCommand = defineCommand({
  name: "rules-import",
  summary: "Import Sigma rules from a folder or a zip, or bring them up to date; what was settled about them stays",
  usage: "PATH --name NAME",
  options: {
    ...dataOptions,
    name: { type: "string", value: "NAME", summary: "What the package is called; the same name brings it up to date" },
    license: {
      type: "string",
      value: "TEXT",
      summary: "Its licence (default: what lies in it, else what its rules say)",
    },
    author: { type: "string", value: "TEXT", summary: "Who wrote it (default: who wrote most of its rules)" },
    version: { type: "string", value: "TEXT", summary: "Which version it is (default: what lies in it)" },
    on: { type: "boolean", summary: "Turn new rules on at once, instead of letting them run quietly for a week" },
    "dry-run": { type: "boolean", summary: "Say what would change, and keep nothing" },
  },
  examples: [
    "trailwarden rules import sigma_core.zip --name sigma --dry-run",
    "trailwarden rules import ~/sigma/rules/cloud/aws --name sigma --author SigmaHQ",
  ],
  async run(args, context) {
    const name = textOption(args, "name");
    const [path, another] = args.positionals;
    if (path === undefined || another !== undefined)
      throw invalid("Name one folder or zip file of rules", "See --help");
    if (name === undefined) throw invalid("Say what the package is called", "Give --name, such as --name sigma");
    const { files, others, ...said } = await aboutCloudTrail(await readPackage(path, context));
    if (files.length === 0)
      throw invalid(`There are no rules about CloudTrail in ${path}`, "Look which folder they lie in");
    await using client = await openClient(args, context);
    const isTrial = flagOption(args, "dry-run");
    const json = {
      ...{ name, origin: basename(path), files: [...files], isTrial, isStaged: !flagOption(args, "on") },
      ...said,
      ...givenOptions(args, ["license", "author", "version"]),
    };
    const response = await client.ok(client.api.detect.packages.$post({ json }));
    const { outcome } = (await response.json()) as { readonly outcome: PackageOutcomeAnswer };
    await context.terminal.data(printOutcome(outcome, outcome.others + others));
    if (isTrial) context.terminal.talk("Nothing was kept");
    else if (outcome.added > 0 && json.isStaged) {
      context.terminal.talk("New rules run quietly for a week; trailwarden rules list --status staged shows them");
    }
    return 0;
  },
});

async function readPackage(path: string, { workingDirectory }: CommandContext): Promise<PackageFiles> {
  // Brought in when it is wanted: other commands start sooner without it.
  const { readPackageFolder, readPackageZip } = await import("../../detect/index.ts");
  const whole = resolve(workingDirectory, path);
  const status = await stat(whole).catch(() => undefined);
  if (status === undefined) throw invalid(`There is nothing at ${path}`, "Name a folder or a zip file of rules");
  if (status.isDirectory()) return await readPackageFolder(whole);
  if (/\.ya?ml$/i.test(path)) return { files: [{ path: basename(path), text: await readFile(whole, "utf8") }] };
  if (status.size > zipBytesMax)
    throw invalid(`${path} is too large for a package of rules`, "Unpack it, and import a part");
  return await readPackageZip(await readFile(whole));
}

/** Without the files that are about other logs: of all of Sigma's rules, one in thirty is about CloudTrail. */
async function aboutCloudTrail(read: PackageFiles): Promise<PackageFiles & { readonly others: number }> {
  const { readRules } = await import("../../detect/index.ts");
  let others = 0;
  const files = read.files.filter(({ path, text }) => {
    const { documents, refusals } = readRules(text, { path });
    const isOther = documents.length === 0 && refusals.every(({ kind }) => kind === "other-source");
    if (isOther) others += refusals.length;
    return !isOther;
  });
  return { ...read, files, others };
}

export const rulesPackagesCommand = defineCommand({
  name: "rules-packages",
  summary: "Packages of rules that were imported, with their licence and author",
  usage: "",
  options: {
    ...dataOptions,
    remove: { type: "string", value: "NAME", summary: "Remove this one; what people settled about its rules stays" },
    json: { type: "boolean", summary: "Print as JSON, one a line" },
  },
  examples: ["trailwarden rules packages", "trailwarden rules packages --remove sigma"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const remove = textOption(args, "remove");
    if (remove !== undefined) {
      await client.ok(client.api.detect.packages[":name"].$delete({ param: { name: encodeURIComponent(remove) } }));
      context.terminal.talk(`${safeText(remove)} is gone`);
      return 0;
    }
    const packages = await askPackages(client);
    if (flagOption(args, "json")) {
      for (const each of packages) await context.terminal.data(`${JSON.stringify(each)}\n`);
    } else if (packages.length === 0) context.terminal.talk("There are none");
    else {
      const rows = packages.map(({ name, version, license, author, origin, importedAt }) => [
        ...[name, version, license, author, origin, importedAt.slice(0, 10)],
      ]);
      const header = ["name", "version", "licence", "author", "from", "imported"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns));
    }
    return 0;
  },
});
