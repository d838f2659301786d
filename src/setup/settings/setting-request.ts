import { AwsCallError, type InputOf, type OperationName, type ServiceName } from "../../aws/index.ts";
import { SetupError } from "../errors.ts";
import type { SetupAws } from "../setup-aws.ts";
import { awsCommand } from "./cli-command.ts";
import type { Place } from "./place.ts";

/** A call that changes a setting: made by us, or told as a command to who makes it by hand; the same either way. */
export interface SettingRequest {
  send(aws: SetupAws): Promise<void>;
  command(): string;
}

export function settingRequest<S extends ServiceName, Operation extends OperationName<S>>(
  place: Place,
  service: S,
  operation: Operation,
  input: InputOf<S, Operation>,
): SettingRequest {
  return {
    async send(aws) {
      const client = await aws.client(service, place);
      await client.call(operation, input);
    },
    command: () => awsCommand(service, operation, { ...(input as object) }, place.region),
  };
}

/** What was never set, and what is no longer there, is answered as an error with one of these codes. */
export async function unlessAbsent<Answer>(
  codes: readonly string[],
  asking: Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof AwsCallError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

/** A change that AWS lets nobody make, or that no program should. */
export function settingStays(message: string, help: string): SetupError {
  return new SetupError(message, { code: "setting-stays", fault: "user", help });
}
