import type { Environment } from "../config/index.ts";
import { CommandError } from "./errors.ts";

const charactersMax = 300;

/**
 * Where people elsewhere open the console, as a flag or the environment says it: the address of a proxy before the server,
 * as `https://host`. Undefined where nobody said; throws `arguments-invalid` for what no link can begin with.
 */
export function publicUrlOf(
  flag: string | undefined,
  { publicUrl }: Pick<Environment, "publicUrl">,
): string | undefined {
  const text = flag ?? publicUrl;
  if (text === undefined) return undefined;
  const asked = flag === undefined ? "TRAILWARDEN_PUBLIC_URL" : "--public-url";
  const url = URL.parse(text.trim());
  const reason = url === null || text.length > charactersMax ? "is no address" : whyNot(url, text);
  // Without the path, and in the one spelling that browsers have for it.
  if (reason === undefined && url !== null) return url.origin;
  // Not repeated as it is: a password may stand in it.
  throw new CommandError(`What ${asked} says ${reason ?? ""}`, {
    code: "arguments-invalid",
    fault: "user",
    help: `Write ${asked}${flag === undefined ? "=" : " "}https://trailwarden.example.com/`,
  });
}

/** Why links cannot begin with an address. */
function whyNot(url: URL, text: string): string | undefined {
  if (url.protocol !== "https:" && url.protocol !== "http:") return "begins with neither https:// nor http://";
  if (url.username !== "" || url.password !== "") return "holds a name or a password, which everybody would be told";
  // An empty one is lost in reading, and stands in the text all the same.
  if (/[?#]/.test(text)) return "has a part behind ? or #, which no link can have";
  if (url.pathname !== "/")
    return "has a path, and the console works at the root of a host only: give it one of its own";
  return undefined;
}
