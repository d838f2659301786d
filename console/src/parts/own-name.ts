import { useSyncExternalStore } from "react";

/** What a person calls themselves here; it stands in the history of what they change, and is kept in this browser. */
const keptKey = "trailwarden.own-name";
const lengthMax = 100;
const listeners = new Set<() => void>();
let name: string | undefined;

function read(): string {
  if (name !== undefined) return name;
  try {
    name = (localStorage.getItem(keptKey) ?? "").slice(0, lengthMax);
  } catch {
    name = "";
  }
  return name;
}

export function keepOwnName(next: string): void {
  name = next.trim().slice(0, lengthMax);
  try {
    localStorage.setItem(keptKey, name);
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
  for (const listener of listeners) listener();
}

/** Empty while nobody has said. */
export function useOwnName(): string {
  return useSyncExternalStore(subscribe, read);
}

/** What changes are signed with by who has not said a name. */
export function signedBy(ownName: string): string {
  return ownName === "" ? "somebody at the console" : ownName;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
