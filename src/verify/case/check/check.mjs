#!/usr/bin/env node
/**
 * Checks a case that Trailwarden sealed. It needs Node.js 18 or newer and nothing else: no package, no network.
 *
 *   node check.mjs                 checks the case that this file lies in
 *   node check.mjs FOLDER          checks the case in another folder, with this copy of the program
 *   node check.mjs --serve         offers the case to `aws cloudtrail validate-logs`, see serve.mjs
 *   node check.mjs --serve --run   and runs that
 *
 * It asks six questions, each of them a function below, and believes nothing that it can look up itself:
 *
 *   1. Are all files as they were sealed?                     checkFiles
 *   2. Do the public keys have their fingerprints?            checkKeys
 *   3. Is each digest signed by one of them, in its place?    checkDigests
 *   4. Does each digest continue the one before it?           checkChains
 *   5. Is each log file the one that a signed digest names?   checkLogFiles
 *   6. Does each event stand in such a log file, to the byte? checkEvents
 *
 * It ends with 0 when everything is proven, otherwise with 1. What it rests on is AWS's signature; that the public keys
 * are AWS's own it cannot know, and says where to compare them. The format of digests, and what is signed, is described
 * in the CloudTrail User Guide under "CloudTrail digest file structure" and "Custom implementations of CloudTrail log
 * file integrity validation".
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream, existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, inflateRawSync } from "node:zlib";

/** No log file is larger, and none is inflated further. */
const inflatedBytesMax = 1024 * 1024 * 1024;

/** The whole check. Gives a report: lines that say what was looked at, and two lists of what is wrong. */
export async function checkCase(folder) {
  const report = { lines: [], changed: [], unproven: [], notes: [] };
  const manifest = await checkFiles(folder, report);
  if (manifest === undefined) return report;
  const keys = checkKeys(folder, report);
  const digests = checkDigests(folder, manifest, keys, report);
  checkChains(digests, report);
  const logFiles = checkLogFiles(folder, manifest, digests, report);
  await checkEvents(folder, manifest, logFiles, report);
  return report;
}

/** 1. The manifest names every file with its size and SHA-256; `manifest.sha256` is the seal over the manifest itself. */
async function checkFiles(folder, report) {
  const sealed = readFileSync(join(folder, "manifest.json"));
  const seal = sha256(sealed);
  if (readFileSync(join(folder, "manifest.sha256"), "utf8") !== `${seal}  manifest.json\n`) {
    report.changed.push("manifest.json is not the one that manifest.sha256 seals");
  }
  let manifest;
  try {
    manifest = JSON.parse(sealed.toString("utf8"));
    if (manifest.format !== "trailwarden-case") throw new Error("it is not a case's");
  } catch (error) {
    report.changed.push(`manifest.json cannot be read: ${error.message}`);
    return undefined;
  }
  let same = 0;
  for (const { path, size, sha256: expected } of manifest.files) {
    const fault = isInside(path)
      ? await fileFault(join(folder, path), size, expected)
      : "is a path outside of the case";
    if (fault === undefined) same++;
    else report.changed.push(`${path} ${fault}`);
  }
  const known = new Set(["manifest.json", "manifest.sha256", ...manifest.files.map(({ path }) => path)]);
  for (const path of filesBelow(folder, "")) {
    if (!known.has(path)) report.notes.push(`${path} is no part of the case`);
  }
  report.seal = seal;
  report.case = manifest;
  report.lines.push(["Files", same, manifest.files.length, "are as they were sealed"]);
  return manifest;
}

/** 2. AWS names a public key by the MD5 of its bytes; the digest's signature covers that name. */
function checkKeys(folder, report) {
  const keys = new Map();
  const { PublicKeyList: list } = readJson(folder, "public-keys.json");
  for (const { Value, Fingerprint, Region } of list) {
    const der = Buffer.from(Value, "base64");
    const fingerprint = createHash("md5").update(der).digest("hex");
    if (fingerprint === Fingerprint) keys.set(`${Region} ${fingerprint}`, der);
    else report.unproven.push(`The public key ${Fingerprint} of ${Region} has another fingerprint`);
  }
  report.lines.push(["Public keys", keys.size, list.length, "have their fingerprint"]);
  return keys;
}

/** 3. Each digest: gzip, JSON, the place that it says it lies in, and AWS's signature over time, place, hash and chain. */
function checkDigests(folder, manifest, keys, report) {
  const metadata = readJson(folder, "metadata.json");
  const digests = [];
  let valid = 0;
  for (const { bucket, key, path, chain } of manifest.digests) {
    const name = `s3://${bucket}/${key}`;
    if (path === null) {
      report.unproven.push(`Digest ${name} is not in the case`);
      continue;
    }
    try {
      const text = gunzipOne(readFileSync(join(folder, path)));
      const digest = JSON.parse(text.toString("utf8"));
      const found = { name, bucket, key, chain, text, digest, signature: metadata[`${bucket}/${key}`]?.signature };
      verifyDigest(found, metadata[`${bucket}/${key}`], keys);
      digests.push(found);
      valid++;
    } catch (error) {
      report.unproven.push(`Digest ${name}: ${error.message}`);
    }
  }
  report.lines.push(["Digests", valid, manifest.digests.length, "are signed with one of these keys"]);
  return digests;
}

function verifyDigest({ bucket, key, text, digest }, metadata, keys) {
  if (digest.digestS3Bucket !== bucket || digest.digestS3Object !== key) {
    throw new Error(`it says that it lies at s3://${digest.digestS3Bucket}/${digest.digestS3Object}`);
  }
  if (typeof metadata?.signature !== "string" || !/^SHA256withRSA$/i.test(metadata["signature-algorithm"])) {
    throw new Error("it has no signature that can be verified");
  }
  const region = regionOf(key);
  const der = keys.get(`${region} ${digest.digestPublicKeyFingerprint.toLowerCase()}`);
  if (der === undefined) throw new Error(`the public key ${digest.digestPublicKeyFingerprint} of ${region} is unknown`);
  const previous = digest.previousDigestSignature === null ? "null" : digest.previousDigestSignature;
  const signed = `${digest.digestEndTime}\n${bucket}/${key}\n${sha256(text)}\n${previous}`;
  if (!verify("RSA-SHA256", Buffer.from(signed), publicKey(der), Buffer.from(metadata.signature, "hex"))) {
    throw new Error("its signature is wrong");
  }
}

/** AWS gives keys in the form PKCS #1, and has given some as SPKI. */
function publicKey(der) {
  try {
    return createPublicKey({ key: der, format: "der", type: "pkcs1" });
  } catch {
    return createPublicKey({ key: der, format: "der", type: "spki" });
  }
}

/** 4. Each digest names the one before it with place, hash and signature, and begins where that one ended. */
function checkChains(digests, report) {
  const chains = new Map();
  for (const found of digests) chains.set(found.chain, [...(chains.get(found.chain) ?? []), found]);
  let unbroken = 0;
  for (const [chain, found] of chains) {
    const inOrder = found.sort((a, b) => Date.parse(a.digest.digestEndTime) - Date.parse(b.digest.digestEndTime));
    let breaks = 0;
    for (const [index, after] of inOrder.entries()) {
      const before = inOrder[index - 1];
      const fault = before === undefined ? undefined : linkFault(before, after);
      if (fault === undefined) continue;
      breaks++;
      // A trail that was stopped and started begins anew, and says so under AWS's signature.
      const isAnew = after.digest.previousDigestS3Object === null;
      (isAnew ? report.notes : report.unproven).push(`Chain ${chain}: ${after.name} ${fault}`);
    }
    if (breaks === 0) unbroken++;
  }
  report.lines.push(["Chains", unbroken, chains.size, "are unbroken between their first and their last digest here"]);
}

function linkFault(before, { key, digest }) {
  const { previousDigestS3Bucket: bucket, previousDigestS3Object: object } = digest;
  if (object === null) return `begins it anew; no digest speaks for the time between it and ${before.name}`;
  if (bucket !== before.bucket || object !== before.key)
    return `follows s3://${bucket}/${object}, which is not here or not valid`;
  if (digest.previousDigestHashValue !== sha256(before.text)) return `names another content of ${before.name}`;
  if (digest.previousDigestSignature !== before.signature) return `names another signature of ${before.name}`;
  // Digests of late log files speak for the windows that these missed, which need not touch.
  const isBackfill = key.endsWith("_backfill.json.gz");
  if (!isBackfill && digest.digestStartTime !== before.digest.digestEndTime)
    return `does not begin where ${before.name} ends`;
  return undefined;
}

/** 5. The SHA-256 of each log file's content must be the one that a signed digest gives for it. */
function checkLogFiles(folder, manifest, digests, report) {
  const named = new Map();
  for (const { digest } of digests) {
    for (const { s3Bucket, s3Object, hashValue } of digest.logFiles ?? [])
      named.set(`${s3Bucket}/${s3Object}`, hashValue);
  }
  const proven = [];
  for (const { bucket, key, path, sentence } of manifest.logFiles) {
    const name = `s3://${bucket}/${key}`;
    try {
      if (path === null) throw new Error(`it is not in the case: ${sentence}`);
      const expected = named.get(`${bucket}/${key}`);
      if (expected === undefined) throw new Error("no valid digest of the case names it");
      if (sha256(gunzipOne(readFileSync(join(folder, path)))) !== expected)
        throw new Error("its digest names another content");
      proven.push(path);
    } catch (error) {
      report.unproven.push(`Log file ${name}: ${error.message}`);
    }
  }
  report.lines.push([
    "Log files",
    proven.length,
    manifest.logFiles.length,
    "have the content that a signed digest names",
  ]);
  return proven;
}

/** 6. Each line of events.ndjson must be, byte for byte, a record of one of those log files. */
async function checkEvents(folder, manifest, logFiles, report) {
  /** The lines that are still to be found, by their SHA-256. */
  const missing = new Map();
  let total = 0;
  for await (const line of linesOf(join(folder, "events.ndjson"))) {
    const hash = sha256(line);
    missing.set(hash, [...(missing.get(hash) ?? []), ++total]);
  }
  if (total !== manifest.claims.events) {
    report.changed.push(`events.ndjson has ${total} events, and not ${manifest.claims.events}`);
  }
  for (const path of logFiles) {
    for (const record of recordsOf(gunzipOne(readFileSync(join(folder, path))))) missing.delete(sha256(record));
  }
  const unproven = [...missing.values()].flat();
  for (const line of unproven) {
    report.unproven.push(`Event in line ${line} of events.ndjson stands in no proven log file of the case`);
  }
  report.lines.push(["Events", total - unproven.length, total, "stand byte for byte in one of these log files"]);
}

async function* linesOf(path) {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const bytes = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  if (rest.length > 0) yield rest;
}

/** The records of `{"Records":[{…},{…}]}` as they stand there, found by counting brackets outside of texts. */
function* recordsOf(bytes) {
  let [depth, start, isText] = [0, 0, false];
  for (let at = 0; at < bytes.length; at++) {
    const sign = bytes[at];
    if (isText) {
      if (sign === 0x5c /* backslash */) at++;
      else if (sign === 0x22 /* quote */) isText = false;
    } else if (sign === 0x22) {
      isText = true;
    } else if (sign === 0x7b /* { */ || sign === 0x5b /* [ */) {
      if (depth === 2) start = at;
      depth++;
    } else if (sign === 0x7d /* } */ || sign === 0x5d /* ] */) {
      depth--;
      if (depth === 2) yield bytes.subarray(start, at + 1);
    }
  }
}

/** CloudTrail writes one gzip member and nothing behind it. Programs that unpack often overlook what is appended. */
function gunzipOne(bytes) {
  if (bytes.length < 18 || bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new Error("it is not gzip");
  let at = 10;
  const flags = bytes[3];
  if (flags & 4) at += 2 + bytes.readUInt16LE(at);
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1;
  if (flags & 2) at += 2;
  const { engine } = inflateRawSync(bytes.subarray(at), { info: true, maxOutputLength: inflatedBytesMax });
  if (at + engine.bytesWritten + 8 !== bytes.length) throw new Error("there is something behind the compressed data");
  return gunzipSync(bytes, { maxOutputLength: inflatedBytesMax });
}

/** `…/AWSLogs/[organization/]account/CloudTrail-Digest/region/…` */
function regionOf(key) {
  return /\/CloudTrail-Digest\/([a-z0-9-]+)\//.exec(key)?.[1] ?? "";
}

async function fileFault(path, size, expected) {
  if (!existsSync(path)) return "is gone";
  const found = lstatSync(path);
  if (!found.isFile()) return "is not a file";
  if (found.size !== size) return `has ${found.size} bytes, and not ${size}`;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex") === expected ? undefined : "was changed: it has another SHA-256";
}

function isInside(path) {
  return !/^[/\\]|^[A-Za-z]:|\\/.test(path) && !path.split("/").includes("..");
}

function* filesBelow(folder, below) {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(folder, path);
    else yield path;
  }
}

function readJson(folder, path) {
  return JSON.parse(readFileSync(join(folder, path), "utf8"));
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Names out of a log are others' texts: control characters in them would move a terminal's cursor. */
function shown(text) {
  return String(text).replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

const listedMax = 50;

function printList(title, texts) {
  if (texts.length === 0) return [];
  const more = texts.length > listedMax ? [`  … and ${texts.length - listedMax} more`] : [];
  return ["", title, ...texts.slice(0, listedMax).map((text) => `  ${shown(text)}`), ...more];
}

function printReport(report) {
  const { case: about, seal, lines, changed, unproven, notes } = report;
  const isWhole = changed.length === 0;
  const head =
    about === undefined
      ? []
      : [
          `Case: ${shown(about.title)}`,
          `Made ${shown(about.madeAt)} by ${shown(about.madeBy)} with ${shown(about.madeWith)}`,
          `Seal: ${seal}`,
          "",
        ];
  const sums = lines.map(([what, done, all, text]) => `${what.padEnd(12)} ${`${done} of ${all}`.padStart(16)} ${text}`);
  const end = !isWhole
    ? "CHANGED: the case is not as it was sealed."
    : unproven.length > 0
      ? "NOT ALL PROVEN: the case is as it was sealed, and not everything in it could be proven."
      : "ALL PROVEN: every event stands in a log file that AWS signed, if the public keys are AWS's own.";
  const compare = "Compare the fingerprints in public-keys.json with: aws cloudtrail list-public-keys --region REGION";
  const rest = [
    ...printList("Changed since it was sealed:", changed),
    ...printList("Not proven:", unproven),
    ...printList("To know:", notes),
  ];
  return [...head, ...sums, ...rest, "", end, ...(isWhole ? [compare] : [])].join("\n");
}

async function main(words) {
  const folder = resolve(words.find((word) => !word.startsWith("--")) ?? dirname(fileURLToPath(import.meta.url)));
  if (words.includes("--serve")) {
    const { serveCase } = await import("./serve.mjs");
    return serveCase(folder, { isRun: words.includes("--run") });
  }
  const report = await checkCase(folder);
  console.log(printReport(report));
  return report.changed.length === 0 && report.unproven.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`CHANGED: the case cannot be read: ${shown(error.message)}`);
  process.exitCode = 1;
}
