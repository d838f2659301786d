import { AwsCallError } from "../../aws/index.ts";

/** What services answer about things that are not there: `unlessAbsent` reads these as nothing. */
export const absentCodes = {
  trail: ["TrailNotFoundException"],
  // By the SDK's name, and by the query protocol's.
  topic: ["NotFoundException", "NotFound"],
  queue: ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What they answer to who makes something that is there already, and is not the same. */
export const takenCodes = {
  trail: ["TrailAlreadyExistsException"],
  queue: ["QueueNameExists", "QueueAlreadyExists"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Makes something, and says whether it was made: not when there is one already, which is left as it is. */
export async function unlessTaken(codes: readonly string[], making: Promise<unknown>): Promise<boolean> {
  try {
    await making;
    return true;
  } catch (error) {
    if (error instanceof AwsCallError && codes.includes(error.code)) return false;
    throw error;
  }
}

/** Reads JSON that a service keeps as text, such as a policy; what is no object counts as not readable. */
export function readDocument(
  call: { readonly service: string; readonly operation: string },
  text: string,
): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw AwsCallError.of(call, { code: "Unreadable", message: "What is set there is no JSON object", status: 200 });
}
