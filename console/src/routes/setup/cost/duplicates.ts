/** A trail that is paid although another does the same, however the server words it. */
export interface DuplicateWords {
  readonly sentence: string;
  readonly help: string;
}

/** Texts stay texts; of anything else, its sentence and help. */
export function readDuplicate(duplicate: unknown): DuplicateWords {
  if (typeof duplicate === "string") return { sentence: duplicate, help: "" };
  const member = (name: string): string => {
    const value: unknown = typeof duplicate === "object" && duplicate !== null ? Reflect.get(duplicate, name) : "";
    return typeof value === "string" ? value : "";
  };
  const sentence = member("sentence");
  return { sentence: sentence === "" ? JSON.stringify(duplicate) : sentence, help: member("help") };
}
