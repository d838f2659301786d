import { SigmaFault } from "./fault.ts";
import { membersOf, readMap, readText } from "./read-members.ts";
import type { Members, Reader } from "./reading.ts";

/** Refuses what is about other logs than CloudTrail's. */
export function checkLogSource(members: Members, at: number, reader: Reader): void {
  const source = readMap(members, "logsource", at);
  const parts = membersOf(source);
  const said = ["category", "product", "service"].map(
    (key) => [key, readText(parts, key, reader).toLowerCase()] as const,
  );
  const [category, product, service] = said.map(([, text]) => text);
  if (category === "" && product === "aws" && service === "cloudtrail") {
    return;
  }
  const what = said.flatMap(([key, text]) => (text === "" ? [] : [`${key} ${text}`])).join(", ");
  throw new SigmaFault(`Its log source is not CloudTrail's (${what === "" ? "it names none" : what})`, source.at, true);
}
