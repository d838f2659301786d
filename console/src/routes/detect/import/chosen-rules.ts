import type { PackageAsk } from "../../../detect-api.ts";

/** What a person chose to bring in. */
export interface ChosenRules {
  /** The folder's or the file's name. */
  readonly origin: string;
  /** Undefined of an archive, which the server opens. */
  readonly fileCount: number | undefined;
  readonly sizeBytes: number;
  readonly sent: Pick<PackageAsk, "files" | "zip">;
  readonly problem: string | undefined;
}

const filesMax = 10_000;
/** The server takes 8 MiB at once, and an archive grows by a third on its way. */
const bytesMax = 5_500_000;

interface ChosenFile {
  readonly name: string;
  readonly size: number;
  /** Path below the folder that was chosen, where it was a folder. */
  readonly webkitRelativePath: string;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Reads YAML files, or one archive; what is neither is left out. */
export async function readChosen(files: readonly ChosenFile[]): Promise<ChosenRules> {
  const [first] = files;
  if (first !== undefined && files.length === 1 && /\.zip$/i.test(first.name)) return await readArchive(first);
  const rules = files.filter(({ name }) => /\.ya?ml$/i.test(name));
  const sizeBytes = rules.reduce((sum, { size }) => sum + size, 0);
  const folder = first?.webkitRelativePath.split("/")[0] ?? "";
  const origin = folder === "" ? (rules.length === 1 ? (rules[0]?.name ?? "") : "files") : folder;
  const problem = problemOf(rules.length, sizeBytes);
  if (problem !== undefined) return { origin, fileCount: rules.length, sizeBytes, sent: {}, problem };
  const sent = await Promise.all(
    rules.map(async (file) => ({
      path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath.slice(folder.length + 1),
      text: await file.text(),
    })),
  );
  return { origin, fileCount: rules.length, sizeBytes, sent: { files: sent }, problem: undefined };
}

function problemOf(count: number, sizeBytes: number): string | undefined {
  if (count === 0) return "There is no .yml or .yaml file in that";
  if (count > filesMax) return `These are ${count} files; ${filesMax} can be brought in at once`;
  return sizeBytes > bytesMax ? "That is more than 5.5 MB: import it with trailwarden rules import" : undefined;
}

async function readArchive(file: ChosenFile): Promise<ChosenRules> {
  const about = { origin: file.name, fileCount: undefined, sizeBytes: file.size };
  if (file.size > bytesMax) {
    return { ...about, sent: {}, problem: "That is more than 5.5 MB: import it with trailwarden rules import" };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { ...about, sent: { zip: toBase64(bytes) }, problem: undefined };
}

/** In pieces: so many arguments at once no engine takes. */
function toBase64(bytes: Uint8Array): string {
  const pieceBytes = 30_000;
  let text = "";
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    text += String.fromCharCode(...bytes.subarray(at, at + pieceBytes));
  }
  return btoa(text);
}
