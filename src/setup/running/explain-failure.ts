import { actionOf, AwsCallError } from "../../aws/index.ts";
import { TrailwardenError } from "../../base/errors.ts";

/** What a call was about, for people: `the policy of the bucket logs`. */
export interface Attempted {
  readonly doing: "Reading" | "Setting" | "Taking away" | "Emptying";
  readonly title: string;
}

const deniedCodes =
  /^(?:AccessDenied|AccessDeniedException|AuthorizationError|UnauthorizedOperation|AllAccessDisabled)/;
const throttledCodes = /Throttl|TooManyRequests|SlowDown|RequestLimitExceeded/;
const credentialCodes = /^(?:ExpiredToken|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|Unrecognized)/;

/** Characters of what AWS says; it may quote what somebody else wrote. */
const messageLengthMax = 400;

/** One sentence of why a step did not come about, and what to do about it. */
export function explainFailure(error: unknown, { doing, title }: Attempted): string {
  if (error instanceof AwsCallError) return `${doing} ${title}: ${explainCall(error)}`;
  const message = cut(error instanceof Error ? error.message || error.name : String(error));
  if (error instanceof TrailwardenError) return `${doing} ${title}: ${message}${also(error.help)}`;
  return `${doing} ${title}: AWS did not answer: ${message}. See that AWS can be reached from here, then go on`;
}

function explainCall(error: AwsCallError): string {
  const { code, service, operation } = error;
  const said = `${code}: ${cut(error.message)}`;
  if (deniedCodes.test(code)) {
    return `${iamActionOf(error)} is not allowed (${said}). Allow it to the role that Trailwarden uses, then go on`;
  }
  if (throttledCodes.test(code)) {
    return `AWS takes no more calls of ${service} ${operation} for the moment (${said}). Go on in a minute`;
  }
  if (credentialCodes.test(code)) {
    return `AWS does not know who asks for ${service} ${operation} (${said}). See to the credentials, then go on`;
  }
  if (code.endsWith("QueueDeletedRecently")) {
    return `SQS lets a queue of a name be made again 60 seconds after one was deleted (${said}). Go on in a minute`;
  }
  return `AWS refused ${service} ${operation} (${said}). Mend what it says, then go on, or undo the run`;
}

/** The permission that was missing: AWS mostly says it; else it is told from the operation. */
function iamActionOf({ message, service, operation }: AwsCallError): string {
  const said = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/i.exec(message)?.[1];
  return said ?? actionOf(service, operation);
}

function cut(message: string): string {
  const line = message.replaceAll(/\s+/g, " ").replace(/\.$/, "");
  return line.length > messageLengthMax ? `${line.slice(0, messageLengthMax)}…` : line;
}

function also(help: string | undefined): string {
  return help === undefined ? "" : `. ${help}`;
}
