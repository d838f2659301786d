import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { Readable } from "node:stream";

import { EndpointClients } from "../../src/aws/clients/endpoint-clients.fixture.ts";
import { type Credentials } from "../../src/aws/index.ts";
import { openSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { type Aws } from "./contract-case.ts";

/** One of the servers that cases are run against. */
export interface Server extends AsyncDisposable {
  readonly name: string;
  /** The server as one case sees it. */
  aws(caseName: string, afterwards: Aws["afterwards"]): Aws;
  /** What the server said went wrong within. */
  readonly troubles: readonly unknown[];
}

/** Moto's only account, which the sandbox has too. */
const accountId = "123456789012";
const otherAccountId = "444455556666";
const region = "eu-central-1";

export async function openOurs(): Promise<Server> {
  const open = await openSandbox();
  const { url } = open.sandbox;
  const speaker = new Speaker(url, open.sandbox.administrator(accountId));
  return {
    name: "the sandbox",
    troubles: open.troubles,
    aws: (caseName, afterwards) => speaker.aws(caseName, afterwards, open.sandbox.administrator(otherAccountId)),
    async [Symbol.asyncDispose]() {
      await speaker.close();
      await open[Symbol.asyncDispose]();
    },
  };
}

/** Moto, when Python has it: https://docs.getmoto.org, "Non-Python SDK's / Server Mode". */
export async function openMoto(): Promise<Server | undefined> {
  const port = await freePort();
  const program = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const ended = once(program, "exit").then(
    () => true,
    () => true,
  );
  const url = `http://127.0.0.1:${port}`;
  if (!(await isUp(url, ended))) {
    program.kill();
    return undefined;
  }
  const speaker = new Speaker(url, { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" });
  const other = await otherCredentials(speaker.aws("start", () => undefined));
  return {
    name: "moto",
    troubles: [],
    aws: (caseName, afterwards) => speaker.aws(caseName, afterwards, other),
    async [Symbol.asyncDispose]() {
      await speaker.close();
      program.kill();
      await ended;
    },
  };
}

/** Keys of a role are the role's account's, whether the role is there or not. */
async function otherCredentials(aws: Aws): Promise<Credentials> {
  const RoleArn = `arn:aws:iam::${otherAccountId}:role/other`;
  const { Credentials: keys } = await aws.call("sts", "AssumeRole", { RoleArn, RoleSessionName: "contract" });
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = keys ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

async function isUp(url: string, ended: Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 300; tries += 1) {
    const isGone = await Promise.race([ended, new Promise<boolean>((resolve) => setTimeout(resolve, 200, false))]);
    if (isGone) return false;
    const answered = await fetch(`${url}/moto-api/`).then(
      () => true,
      () => false,
    );
    if (answered) return true;
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A case need not read the body of what it asked for: then nobody waits for what the SDK says of its checksum. */
function leaveUnread(answer: object): void {
  if ("Body" in answer && answer.Body instanceof Readable) answer.Body.on("error", () => undefined);
}

/** Speaks to one endpoint with the SDK's clients, one for each service, region and key. */
class Speaker {
  readonly #credentials: Credentials;
  readonly #clients: EndpointClients;

  constructor(url: string, credentials: Credentials) {
    this.#clients = new EndpointClients(url);
    this.#credentials = credentials;
  }

  aws(caseName: string, afterwards: Aws["afterwards"], other: Credentials = this.#credentials): Aws {
    const mark = createHash("sha256").update(caseName).digest("hex").slice(0, 8);
    return {
      accountId,
      region,
      afterwards,
      other: { accountId: otherAccountId, credentials: other },
      name: (kind) => `c${mark}-${kind}`,
      call: async (service, operation, input, as = {}) => {
        const client = await this.#clients.get(service, { region, credentials: this.#credentials, ...as });
        const answer = await client.call(operation, input, { signal: AbortSignal.timeout(20_000) });
        leaveUnread(answer);
        return answer;
      },
    };
  }

  close(): Promise<void> {
    return this.#clients[Symbol.asyncDispose]();
  }
}
