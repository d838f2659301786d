import { useMemo } from "react";
import { useAccounts } from "../collect/use-collect.ts";

/** Names of accounts, where Organizations or log files told of them. */
export function useAccountNames(): ReadonlyMap<string, string> {
  const accounts = useAccounts().data;
  return useMemo(
    () => new Map((accounts ?? []).filter(({ name }) => name !== "").map(({ id, name }) => [id, name])),
    [accounts],
  );
}
