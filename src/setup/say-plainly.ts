import { AwsCallError } from "../aws/index.ts";
import { diagnose } from "../collect/index.ts";
import type { Deployment } from "./deployments/deployment.ts";
import { SetupError } from "./errors.ts";

/**
 * What AWS or the network said, in a sentence with what to do; whatever else went wrong stays as it is. A role that cannot
 * be taken on, an endpoint that does not answer and a clock that is wrong are told as for a source.
 */
export function saidPlainly(
  error: unknown,
  { name, accountId, region, roleArn }: Pick<Deployment, "name" | "accountId" | "region" | "roleArn">,
): unknown {
  const { code, sentence, help, cause } = diagnose(error, { what: `account ${accountId}`, region, roleArn });
  if (code === "unknown" && !(error instanceof AwsCallError)) return error;
  return new SetupError(sentence, {
    code: "aws-refused",
    fault: "aws",
    help: code === "unknown" || help === undefined ? `See which rights are there: trailwarden doctor ${name}` : help,
    ...(cause === undefined ? {} : { details: { cause } }),
    cause: error,
  });
}
