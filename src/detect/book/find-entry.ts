import type { BookEntry, House } from "./house.ts";

/** A rule by key, id, name or the folder that it lies in; nothing where several lie there, or none. */
export function findEntry({ byKey, entries }: House, asked: string): BookEntry | undefined {
  const exact = byKey.get(asked);
  if (exact !== undefined) return exact;
  const wanted = asked.replace(/^\.?\/+|\/+$/g, "");
  const isNamed = ({ document }: BookEntry) => document?.id === asked || document?.name === asked;
  const isThere = ({ path }: BookEntry) => foldersOf(path).includes(wanted);
  for (const fits of [isNamed, isThere]) {
    const [found, another] = entries.filter(fits);
    if (found !== undefined && another === undefined) return found;
  }
  return undefined;
}

/** `rules/a/b/rule.yml` lies at `rules/a/b`, `a/b` and `b`; a file that is not called rule.yml also where it is. */
function foldersOf(path: string): readonly string[] {
  const whole = path.replace(/\.ya?ml$/i, "");
  const places = /(?:^|\/)rule$/.test(whole) ? [path, whole.replace(/\/?rule$/, "")] : [path, whole];
  return places.flatMap((place) => {
    const parts = place.split("/");
    return parts.map((_, at) => parts.slice(at).join("/"));
  });
}
