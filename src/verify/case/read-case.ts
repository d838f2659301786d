import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import type { CaseClaims } from "./case-contents.ts";
import type { CaseFile } from "./pack-case.ts";

/** What a case that was written says of itself. */
export interface CaseSummary {
  /** The folder that it unpacks into. */
  readonly folder: string;
  /** The SHA-256 of its manifest: whoever writes it down knows the case again. */
  readonly seal: string;
  readonly claims: CaseClaims;
  /** What could not be proven, as sentences. */
  readonly open: readonly string[];
  readonly files: number;
}

interface Manifest {
  readonly claims: CaseClaims;
  readonly files: readonly CaseFile[];
  readonly logFiles: readonly { readonly name: string; readonly verdict: string; readonly sentence: string }[];
  readonly digests: readonly { readonly verdict: string; readonly sentence: string }[];
  readonly gaps: readonly { readonly sentence: string }[];
}

const manifestBytesMax = 512 * 1024 * 1024;

/** Reads a case again from its archive and holds every file against the manifest; throws where it is not whole. */
export async function readCase(bytes: AsyncIterable<Uint8Array>): Promise<CaseSummary> {
  const found = new Map<string, string>();
  const kept = new Map<string, Buffer>();
  const unpack = extract();
  const source = Readable.from(bytes, { objectMode: false });
  const unzipped = source.pipe(createGunzip());
  source.on("error", (error) => unpack.destroy(error));
  unzipped.on("error", (error) => unpack.destroy(error));
  unzipped.pipe(unpack);
  for await (const entry of unpack) {
    const { name } = entry.header;
    const path = name.slice(name.indexOf("/") + 1);
    if (path.startsWith("manifest.")) {
      if ((entry.header.size ?? 0) > manifestBytesMax) throw new Error(`${path} is too large`);
      const content = await buffer(entry);
      kept.set(path, content);
      kept.set("", Buffer.from(name.slice(0, name.indexOf("/"))));
      continue;
    }
    const hash = createHash("sha256");
    for await (const chunk of entry) hash.update(chunk as Buffer);
    found.set(path, hash.digest("hex"));
  }
  return summaryOf(found, kept);
}

function summaryOf(found: ReadonlyMap<string, string>, kept: ReadonlyMap<string, Buffer>): CaseSummary {
  const [text, sealText] = [kept.get("manifest.json"), kept.get("manifest.sha256")?.toString("utf8") ?? ""];
  const seal = text === undefined ? "" : createHash("sha256").update(text).digest("hex");
  if (text === undefined || sealText !== `${seal}  manifest.json\n`) throw new Error("The case has no seal");
  // Its seal has just been verified: it is the one that was written.
  const manifest = JSON.parse(text.toString("utf8")) as Manifest;
  for (const { path, sha256 } of manifest.files) {
    if (found.get(path) !== sha256) throw new Error(`${path} is not in the case as it was sealed`);
  }
  const { claims, logFiles, digests, gaps, files } = manifest;
  const open = [
    ...logFiles
      .filter(({ verdict }) => verdict !== "proven")
      .map(({ name, sentence }) => ({ sentence: sentence.includes(name) ? sentence : `${name}: ${sentence}` })),
    ...digests.filter(({ verdict }) => verdict !== "valid"),
    ...gaps,
  ].map(({ sentence }) => sentence);
  return { folder: kept.get("")?.toString("utf8") ?? "", seal, claims, open, files: files.length + 2 };
}
