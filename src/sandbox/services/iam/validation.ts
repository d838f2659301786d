import { type Tag } from "../../identity/things.ts";
import { invalidInput, quotaExceeded, validationError } from "./errors.ts";

// Forms and lengths are those of the API's model (IAM API Reference, the parameters' "Pattern" and "Length Constraints").

const nameForm = /^[\w+=,.@-]+$/;

/** A name of a user, group, role, policy or profile. */
export function checkName(member: string, name: string | undefined, lengthMax: number): string {
  const value = name ?? "";
  checkLength(member, value, 1, lengthMax);
  if (!nameForm.test(value)) {
    throw validationError(
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  }
  return value;
}

/** A path; `/` where none is given. */
export function checkPath(path: string | undefined): string {
  const value = path ?? "/";
  checkLength("path", value, 1, 512);
  if (!/^\/(?:[\u0021-\u007e]+\/)?$/.test(value)) {
    throw validationError(
      "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    );
  }
  return value;
}

/** The beginning of a path that a list asks for. */
export function checkPathPrefix(prefix: string | undefined): string {
  const value = prefix ?? "/";
  if (!/^\/[\u0021-\u007f]*$/.test(value) || value.length > 512) {
    throw validationError(
      "The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.",
    );
  }
  return value;
}

/** `1 validation error detected: Value 'x' at 'userName' failed to satisfy constraint: …` */
export function constraintError(member: string, value: string, constraint: string): Error {
  return validationError(
    `1 validation error detected: Value '${value.slice(0, 200)}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

export function checkLength(member: string, value: string, min: number, max: number): void {
  if (value.length < min) {
    throw constraintError(member, value, `have length greater than or equal to ${min}`);
  }
  if (value.length > max) throw constraintError(member, value, `have length less than or equal to ${max}`);
}

export function checkRange(member: string, value: number, min: number, max: number): void {
  if (!(value >= min)) throw constraintError(member, String(value), `have value greater than or equal to ${min}`);
  if (value > max) throw constraintError(member, String(value), `have value less than or equal to ${max}`);
}

/** One of some words. */
export function checkOneOf<Word extends string>(
  member: string,
  value: string | undefined,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) {
    throw constraintError(member, value ?? "", `satisfy enum value set: [${words.join(", ")}]`);
  }
  return found;
}

const tagForm = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const tagsMax = 50;

interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags put over those that are there; keys differ by case only: 'Tags for IAM resources'. */
export function mergeTags(known: readonly Tag[], given: readonly GivenTag[] | undefined): readonly Tag[] {
  const tags = new Map(known.map((tag) => [tag.Key.toLowerCase(), tag]));
  const seen = new Set<string>();
  for (const [index, { Key = "", Value = "" }] of (given ?? []).entries()) {
    const member = `tags.${index + 1}.member`;
    checkLength(`${member}.key`, Key, 1, 128);
    checkLength(`${member}.value`, Value, 0, 256);
    if (!tagForm.test(Key) || !tagForm.test(Value)) {
      throw constraintError(
        `${member}.key`,
        Key,
        "satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
      );
    }
    if (/^aws:/i.test(Key)) throw invalidInput("Tag keys must not begin with aws:");
    const folded = Key.toLowerCase();
    if (seen.has(folded))
      throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    seen.add(folded);
    tags.set(folded, { Key, Value });
  }
  if (tags.size > tagsMax) throw quotaExceeded("TagsPerResource", tagsMax);
  return [...tags.values()];
}

/** The tags without those of some keys. */
export function withoutTags(known: readonly Tag[], keys: readonly string[] | undefined): readonly Tag[] {
  const gone = new Set((keys ?? []).map((key) => key.toLowerCase()));
  return known.filter(({ Key }) => !gone.has(Key.toLowerCase()));
}
