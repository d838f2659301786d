/**
 * Offers a case to the AWS CLI on this machine, so that AWS's own program can check it without a network: it answers
 * what `aws cloudtrail validate-logs` asks of S3, CloudTrail and Organizations out of the case's folder, to this machine
 * alone. `node check.mjs --serve` prints the commands, `--run` runs them. `serve.py` is the same for Python.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { devNull } from "node:os";
import { join } from "node:path";

/** Offers the case until it is stopped, or runs the AWS CLI on it and gives its exit code. */
export async function serveCase(folder, { isRun }) {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const held = readHeld(folder, manifest);
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { status = 200, headers = {}, content } = answer(held, request);
      response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : content);
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const environment = environmentFor(`http://127.0.0.1:${server.address().port}`);
  if (!isRun) {
    printCommands(manifest.awsCli, environment);
    return new Promise(() => undefined);
  }
  try {
    return await runAll(manifest, environment);
  } finally {
    server.close();
    server.closeAllConnections?.();
  }
}

function readHeld(folder, manifest) {
  const metadata = JSON.parse(readFileSync(join(folder, "metadata.json"), "utf8"));
  const keys = JSON.parse(readFileSync(join(folder, "public-keys.json"), "utf8")).PublicKeyList;
  const objects = new Map();
  for (const { bucket, key, path } of [...manifest.digests, ...manifest.logFiles]) {
    if (path === null || path.split("/").includes("..")) continue;
    objects.set(`${bucket}/${key}`, { bucket, key, path: join(folder, path), metadata: metadata[`${bucket}/${key}`] });
  }
  return { objects, keys, commands: manifest.awsCli };
}

function answer(held, request) {
  const target = String(request.headers["x-amz-target"] ?? "");
  if (target.endsWith(".ListPublicKeys")) return json({ PublicKeyList: keysFor(held.keys, request.headers) });
  if (target.endsWith(".DescribeTrails")) return json({ trailList: held.commands.map(trailOf) });
  if (target.endsWith(".DescribeOrganization")) {
    return json({
      Organization: { Id: held.commands.find(({ organizationId }) => organizationId !== "")?.organizationId },
    });
  }
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const name = decodeURIComponent(url.pathname.slice(1));
  if (url.searchParams.has("location")) return xml("<LocationConstraint/>");
  if (!name.includes("/") || name.endsWith("/"))
    return xml(listing(held.objects, name.replace("/", ""), url.searchParams));
  const object = held.objects.get(name);
  if (object === undefined)
    return { ...xml("<Error><Code>NoSuchKey</Code><Message>It is not in the case</Message></Error>"), status: 404 };
  const headers = Object.entries(object.metadata ?? {}).map(([word, value]) => [`x-amz-meta-${word}`, String(value)]);
  return { headers: Object.fromEntries(headers), content: readFileSync(object.path) };
}

/** Keys are a region's; the signature of the request says which one is asked. */
function keysFor(keys, headers) {
  const [, region] = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(String(headers.authorization ?? "")) ?? [];
  return keys
    .filter(({ Region }) => region === undefined || Region === region)
    .map(({ Value, Fingerprint, ValidityStartTime, ValidityEndTime }) => ({
      Value,
      Fingerprint,
      ValidityStartTime: Date.parse(ValidityStartTime) / 1000,
      ValidityEndTime: Date.parse(ValidityEndTime) / 1000,
    }));
}

function trailOf({ trailArn, bucket, prefix, organizationId }) {
  const [, , , region, , name] = trailArn.split(":");
  return {
    TrailARN: trailArn,
    Name: name.replace("trail/", ""),
    HomeRegion: region,
    S3BucketName: bucket,
    ...(prefix === "" ? {} : { S3KeyPrefix: prefix }),
    IsOrganizationTrail: organizationId !== "",
  };
}

/** ListObjects, its first version, which is what the AWS CLI asks. */
function listing(objects, bucket, query) {
  const [prefix, marker] = [query.get("prefix") ?? "", query.get("marker") ?? ""];
  const contents = [...objects.values()]
    .filter((object) => object.bucket === bucket && object.key.startsWith(prefix) && object.key > marker)
    .map(({ key }) => key)
    .sort()
    .map((key) => `<Contents><Key>${escaped(key)}</Key><Size>1</Size></Contents>`);
  return `<ListBucketResult><Name>${escaped(bucket)}</Name><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`;
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function json(value) {
  return { headers: { "content-type": "application/x-amz-json-1.1" }, content: JSON.stringify(value) };
}

function xml(content) {
  return { headers: { "content-type": "application/xml" }, content };
}

/** The AWS CLI with this case as its AWS, and nothing of this machine's own settings. */
function environmentFor(url) {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
}

function printCommands(commands, environment) {
  console.log("Run these in another terminal (AWS CLI 1.45, 2.22 or newer); Ctrl-C ends this.\n");
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${quoted(value)}`);
  for (const { words } of commands) console.log(`\naws ${words.map(quoted).join(" ")}`);
  if (commands.length === 0) console.log("There is no digest in this case that it could check.");
}

function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Runs every command; 0 when the AWS CLI called every log file of the case valid, and nothing of it invalid. */
async function runAll(manifest, environment) {
  const names = manifest.logFiles.map(({ bucket, key }) => `s3://${bucket}/${key}`);
  const said = { valid: new Set(), invalid: [], leftOut: 0 };
  for (const { words } of manifest.awsCli) {
    console.log(`aws ${words.map(quoted).join(" ")}\n`);
    const { code, text } = await run(words, environment);
    console.log(shown(text.trim()), "\n");
    readAnswer(text, new Set(names), said);
    if (code !== 0 && code !== 1) said.invalid.push(`The AWS CLI ended with ${code}`);
  }
  const unsaid = names.filter((name) => !said.valid.has(name));
  console.log(`The AWS CLI calls ${names.length - unsaid.length} of ${names.length} log files of the case valid.`);
  if (said.leftOut > 0)
    console.log(`${said.leftOut} log files that its digests name were left out of the case; it cannot find them.`);
  for (const text of [...said.invalid, ...unsaid.map((name) => `Not called valid: ${name}`)].slice(0, 50))
    console.log(shown(text));
  return said.invalid.length === 0 && unsaid.length === 0 ? 0 : 1;
}

function readAnswer(text, names, said) {
  for (const line of text.split("\n")) {
    const [what = "", name = "", verdict = ""] = line.split("\t");
    if (verdict.startsWith("valid")) said.valid.add(name);
    else if (verdict === "INVALID: not found" && what === "Log file" && !names.has(name)) said.leftOut++;
    else if (verdict.startsWith("INVALID")) said.invalid.push(line);
  }
}

function run(words, environment) {
  return new Promise((resolve) => {
    const child = spawn("aws", words, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    child.on("error", (error) => resolve({ code: -1, text: `The AWS CLI cannot be run: ${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? -1, text }));
  });
}

function shown(text) {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    "\ufffd",
  );
}
