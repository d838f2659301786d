import { SetupError } from "../errors.ts";

/** A change that AWS lets nobody make, or that nobody wants made by a program. */
export function settingStays(message: string, help: string): SetupError {
  return new SetupError(message, { code: "setting-stays", fault: "user", help });
}
