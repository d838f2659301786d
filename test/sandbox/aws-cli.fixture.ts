import { execFile } from "node:child_process";
import { devNull } from "node:os";

import { type Sandbox } from "../../src/sandbox/index.ts";

/** What a command of the AWS CLI said. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface AwsCliAs {
  readonly accountId: string;
  readonly region: string;
}

/** The words of a command, as they stand in a shell after `aws`. */
export type AwsCli = (...words: readonly string[]) => Promise<Said>;

/** Why tests with the AWS CLI are skipped, or false. Version 1.45 and 2.22 are the first that do all that they ask for. */
export async function missingAwsCli(): Promise<string | false> {
  const { code, stdout, stderr } = await run(["--version"], {});
  if (code !== 0) return "The AWS CLI is not installed";
  const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(stdout + stderr) ?? [];
  const isNewEnough = Number(minor) >= (major === "1" ? 45 : 22);
  return isNewEnough ? false : `The AWS CLI ${major}.${minor} is too old to take its endpoint from the environment`;
}

/** The AWS CLI in the hands of an account's administrator; docs/sandbox.md shows the same environment. */
export function awsCli(sandbox: Sandbox, { accountId, region }: AwsCliAs): AwsCli {
  const { accessKeyId, secretAccessKey } = sandbox.administrator(accountId);
  const environment = {
    // `--endpoint-url` would lead only one service here, and the others to AWS itself.
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
  return (...words) => run(words, environment);
}

/** What a command that has to succeed printed, read. */
export async function answer<Answer = Readonly<Record<string, unknown>>>(said: Promise<Said>): Promise<Answer> {
  const { code, stdout, stderr } = await said;
  if (code !== 0) throw new Error(`The AWS CLI ended with ${code}: ${stderr}`);
  return (stdout.trim() === "" ? {} : JSON.parse(stdout)) as Answer;
}

function run(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<Said> {
  const { PATH = "", HOME = "" } = process.env;
  return new Promise((resolve) => {
    const options = { env: { PATH, HOME, ...environment }, timeout: 60_000, maxBuffer: 16_000_000 };
    execFile("aws", words, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
