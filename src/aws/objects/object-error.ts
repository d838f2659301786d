import { type IncomingHttpHeaders } from "node:http";
import { AwsCallError } from "../clients/client-error.ts";
import { parseXml, type XmlElement } from "../wire/xml-tree.ts";

const membersMax = 16;
const memberCharactersMax = 2_000;

/** What S3 answered instead of an object; S3 API Reference, "REST error responses". */
export function objectError(status: number, headers: IncomingHttpHeaders, body: string): AwsCallError {
  const { Code = codeOf(status), Message = `S3 answered ${status}`, ...members } = readMembers(body);
  const region = headers["x-amz-bucket-region"] ?? members["Region"];
  return AwsCallError.of(
    { service: "s3", operation: "GetObject" },
    {
      code: Code,
      message: Message,
      status,
      requestId: textOf(headers["x-amz-request-id"]),
      members: {
        ...members,
        ...(typeof region === "string" && /^[a-z0-9-]{3,30}$/.test(region) ? { Region: region } : {}),
        ...(headers.date === undefined ? {} : { ServerDate: headers.date }),
      },
    },
  );
}

/** Who stands between us and S3 answers in no shape of S3's. */
function codeOf(status: number): string {
  if (status === 301) return "PermanentRedirect";
  if (status === 403) return "AccessDenied";
  if (status === 404) return "NoSuchKey";
  return status === 503 ? "SlowDown" : `Http${status}`;
}

function readMembers(body: string): Record<string, string> {
  let root: XmlElement;
  try {
    root = parseXml(body);
  } catch {
    return {};
  }
  if (root.name !== "Error") return {};
  const named = root.children.filter(({ name }) => /^[A-Z][A-Za-z]{1,60}$/.test(name)).slice(0, membersMax);
  return Object.fromEntries(named.map(({ name, text }) => [name, text.slice(0, memberCharactersMax)]));
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}
