import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { addSource, type Added, type Given, type Kind } from "../../../collect-api.ts";
import { Problem } from "../../../problem.ts";
import { fieldTitle, firstEntries, readEntries, readFields, sortIssues, type Field } from "./schema-fields.ts";
import { useCheck } from "./use-check.ts";

type Texts = Readonly<Record<string, string>>;

export const nameField: Field = {
  name: "name",
  title: "Name",
  help: "How you will call it: small letters, digits and dashes",
  isRequired: true,
  kind: "text",
  among: [],
  usual: undefined,
  limits: { step: "any" },
};
const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** What is written into the form of a new source, what is wrong with it, and what can be done with it. */
export function useAddForm(kind: Kind, taken: ReadonlySet<string>, onAdded: (added: Added) => void) {
  const fields = useMemo(() => readFields(kind.settings), [kind]);
  const secretFields = useMemo(() => kind.secrets.map(secretField), [kind]);
  const [name, setName] = useState(() => freeName(kind.type, taken));
  const [entries, setEntries] = useState<Texts>(() => firstEntries(fields));
  const [secrets, setSecrets] = useState<Texts>({});
  const [found, setFound] = useState<Texts>({});
  const { check, begin, forget } = useCheck();
  const add = useMutation({ mutationFn: addSource, onSuccess: onAdded });
  const refused = add.error ?? (check.state === "broken" ? check.error : undefined);
  const said = useMemo(() => sortIssues(refused instanceof Problem ? refused.issues : [], fields), [refused, fields]);

  /** What was sent is no longer what stands there. */
  function changed(): void {
    setFound({});
    add.reset();
  }

  function read(): (Given & { readonly name: string }) | undefined {
    const result = readEntries(fields, entries);
    const problems = { ...result.problems, ...nameProblem(name, taken) };
    setFound(problems);
    if (result.problems !== undefined || Object.keys(problems).length > 0) return undefined;
    const given = Object.entries(secrets).filter(([, value]) => value !== "");
    const kept = given.length === 0 ? {} : { secrets: Object.fromEntries(given) };
    return { name, type: kind.type, settings: result.settings, ...kept };
  }

  return {
    fields,
    secretFields,
    check,
    isBusy: check.state === "running" || add.isPending,
    textOf: (field: Field) => entries[field.name] ?? "",
    secretOf: (field: Field) => secrets[field.name] ?? "",
    name,
    /** By field, from here and from the server; a new object for each answer. */
    problems: useMemo(() => ({ ...said.ofFields, ...found }), [said, found]),
    /** Why it was not added, where that is said at no field. */
    refusal: said.rest.length > 0 || Object.keys(said.ofFields).length === 0 ? refused : undefined,
    write(field: Field, text: string): void {
      changed();
      forget();
      setEntries({ ...entries, [field.name]: text });
    },
    writeSecret(field: Field, text: string): void {
      changed();
      forget();
      setSecrets({ ...secrets, [field.name]: text });
    },
    writeName(text: string): void {
      changed();
      setName(text);
    },
    look(): void {
      const given = read();
      if (given === undefined) return;
      const { name: _, ...settings } = given;
      void begin(settings);
    },
    add(): void {
      const given = read();
      if (given !== undefined) add.mutate(given);
    },
  };
}

function secretField({ name, description }: Kind["secrets"][number]): Field {
  return { ...nameField, name, title: fieldTitle(name), help: description, isRequired: false };
}

function freeName(type: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? type : `${type}-${String(number)}`;
    if (!taken.has(name)) return name;
  }
}

function nameProblem(name: string, taken: ReadonlySet<string>): { readonly name?: string } {
  if (name === "") return { name: "This is needed" };
  if (!namePattern.test(name)) return { name: "Up to 63 small letters, digits and dashes, a letter or digit first" };
  return taken.has(name) ? { name: "There is a source of this name" } : {};
}
