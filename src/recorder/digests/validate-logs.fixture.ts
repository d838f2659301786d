import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";

import { awsCliAt } from "../../../test/fixtures/aws-cli.ts";
import { region, trail } from "../delivery/made-up-delivery.fixture.ts";
import { type DeliveredObject } from "../outlets.ts";
import { type PublicKeys } from "../public-keys.ts";

/** What `aws cloudtrail validate-logs` says of objects that it finds behind an endpoint of ours. */
export async function validateLogs(
  objects: ReadonlyMap<string, DeliveredObject>,
  keys: PublicKeys,
  from: number,
  to: number,
): Promise<{ readonly code: number; readonly text: string; readonly stdout: string; readonly stderr: string }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (bytes: Buffer) => (body += bytes.toString("utf8")));
    request.on("end", () => {
      void answer(objects, keys, request.url ?? "/", String(request.headers["x-amz-target"] ?? ""), body).then(
        ({ status, headers, content }) => response.writeHead(status, headers).end(content),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const url = `http://127.0.0.1:${portOf(server)}`;
    const aws = awsCliAt({ url, region, accessKeyId: "none", secretAccessKey: "none" });
    const words = ["--trail-arn", trail.arn, "--start-time", time(from), "--end-time", time(to), "--verbose"];
    const { code, stdout, stderr } = await aws("cloudtrail", "validate-logs", "--region", region, ...words);
    return { code, text: `${stdout}${stderr}`, stdout, stderr };
  } finally {
    server.close();
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string | Uint8Array;
}

async function answer(
  objects: ReadonlyMap<string, DeliveredObject>,
  keys: PublicKeys,
  path: string,
  target: string,
  body: string,
): Promise<Answer> {
  if (target.endsWith(".DescribeTrails")) {
    const { arn, name, bucket, homeRegion } = trail;
    return json({
      trailList: [
        { TrailARN: arn, Name: name, S3BucketName: bucket, HomeRegion: homeRegion, IsOrganizationTrail: false },
      ],
    });
  }
  if (target.endsWith(".ListPublicKeys")) {
    const { StartTime, EndTime } = JSON.parse(body) as { readonly StartTime: number; readonly EndTime: number };
    const found = await keys.list(region, StartTime * 1000, EndTime * 1000);
    return json({
      PublicKeyList: found.map(({ value, validFrom, validTo, fingerprint }) => ({
        Value: Buffer.from(value).toString("base64"),
        ValidityStartTime: validFrom / 1000,
        ValidityEndTime: validTo / 1000,
        Fingerprint: fingerprint,
      })),
    });
  }
  const url = new URL(path, "http://127.0.0.1");
  const [bucket = "", ...parts] = decodeURIComponent(url.pathname.slice(1)).split("/");
  if (url.searchParams.has("location")) return xml(`<LocationConstraint>${region}</LocationConstraint>`);
  if (parts.join("/") === "") return xml(listing(objects, bucket, url.searchParams));
  const object = objects.get(`${bucket}/${parts.join("/")}`);
  if (object === undefined)
    return { ...xml("<Error><Code>NoSuchKey</Code><Message>Gone</Message></Error>"), status: 404 };
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value] as const);
  return { status: 200, headers: Object.fromEntries(metadata), content: object.body };
}

/** ListObjects, its first version. */
function listing(objects: ReadonlyMap<string, DeliveredObject>, bucket: string, query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const marker = query.get("marker") ?? "";
  const keys = [...objects.values()]
    .filter((object) => object.bucket === bucket && object.key.startsWith(prefix) && object.key > marker)
    .map(({ key }) => key)
    .sort();
  const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join("");
  return `<ListBucketResult><Name>${bucket}</Name><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`;
}

function json(value: object): Answer {
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, content: JSON.stringify(value) };
}

function xml(content: string): Answer {
  return { status: 200, headers: { "content-type": "application/xml" }, content };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
