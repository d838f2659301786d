import { type Sandbox } from "../../src/sandbox/index.ts";
import { type AwsCli, awsCliAt } from "../fixtures/aws-cli.ts";
import { type Said } from "../fixtures/run-tool.ts";

/** The AWS CLI in the hands of an account's administrator. */
export function awsCli(
  sandbox: Sandbox,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): AwsCli {
  return awsCliAt({ url: sandbox.url, region, ...sandbox.administrator(accountId) });
}

/** What a command that has to succeed printed, read. */
export async function answer<Answer = Readonly<Record<string, unknown>>>(said: Promise<Said>): Promise<Answer> {
  const { code, stdout, stderr } = await said;
  if (code !== 0) throw new Error(`The AWS CLI ended with ${code}: ${stderr}`);
  return (stdout.trim() === "" ? {} : JSON.parse(stdout)) as Answer;
}
