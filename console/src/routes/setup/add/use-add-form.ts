import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Problem } from "../../../problem.ts";
import { addDeployment } from "../../../setup-api.ts";
import type { Deployment } from "../../../setup-types.ts";
import { sortIssues } from "../../collect/add/schema-fields.ts";
import {
  careFields,
  elsewhereFields,
  logFields,
  nameFields,
  neededFields,
  roleField,
  secretFields,
} from "./form-fields.ts";
import { emptyEntries, readForm, type Entries, type EntryProblems } from "./read-form.ts";

const fields = [neededFields, careFields, [roleField], logFields, nameFields, elsewhereFields, secretFields].flat();

/** What is written into the form, what is wrong with it, here or by the server's word, and the sending of it. */
export function useAddForm(taken: ReadonlySet<string>, onAdded: (deployment: Deployment) => void) {
  const [entries, setEntries] = useState<Entries>(emptyEntries);
  const [found, setFound] = useState<EntryProblems>({});
  const adding = useMutation({ mutationFn: addDeployment, onSuccess: onAdded });
  const refused = adding.error ?? undefined;
  const said = useMemo(() => sortIssues(refused instanceof Problem ? refused.issues : [], fields), [refused]);
  return {
    entries,
    /** By field; a new object for each answer. */
    problems: useMemo<EntryProblems>(() => ({ ...said.ofFields, ...found }), [said, found]),
    /** Why it was not added, where that is said at no field. */
    refusal: said.rest.length > 0 || Object.keys(said.ofFields).length === 0 ? refused : undefined,
    isBusy: adding.isPending,
    write(change: Partial<Entries>): void {
      // What was sent is no longer what stands there.
      setFound({});
      adding.reset();
      setEntries({ ...entries, ...change });
    },
    add(): void {
      const { request, problems } = readForm(entries, taken);
      setFound(problems ?? {});
      if (request !== undefined) adding.mutate(request);
    },
  };
}
