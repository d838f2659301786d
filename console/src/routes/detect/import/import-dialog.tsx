import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { importPackage, type PackageOutcome } from "../../../detect-api.ts";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { TickField } from "../../../parts/tick-field.tsx";
import { formatBytes } from "../../../parts/numbers.ts";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import { nameOf } from "../rule/name-of.ts";
import { useDetectMutation } from "../use-detect.ts";
import { readChosen, type ChosenRules } from "./chosen-rules.ts";
import classes from "./import.module.css";
import { OutcomeWords } from "./outcome-words.tsx";

/** Brings rules in: files, a folder or a zip archive of Sigma rules; says first what that would change. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const announce = useAnnounce();
  const [name, setName] = useState("");
  const [isStaged, setStaged] = useState(true);
  const [chosen, setChosen] = useState<ChosenRules | undefined>();
  const [license, setLicense] = useState("");
  const ask = { name: name.trim(), origin: chosen?.origin ?? "", isStaged, license: license.trim(), ...chosen?.sent };
  const trial = useMutation({ mutationFn: () => importPackage({ ...ask, isTrial: true }) });
  const bring = useDetectMutation(
    () => importPackage({ ...ask, isTrial: false }),
    (outcome: PackageOutcome) => {
      announce(`${outcome.added} rules came in, ${outcome.changed} changed`);
      onClose();
    },
  );
  const isLacking = chosen === undefined || chosen.problem !== undefined || name.trim() === "";
  const isTried = trial.data !== undefined;
  function forget(): void {
    trial.reset();
    bring.reset();
  }
  return (
    <DialogForm
      title="Import rules"
      yes={isTried ? "Bring them in" : "Look what that would change"}
      sending={{ isPending: trial.isPending || bring.isPending, error: bring.error ?? trial.error }}
      isLacking={isLacking}
      onSend={() => {
        if (isTried) bring.mutate(undefined);
        else trial.mutate();
      }}
      onClose={onClose}
    >
      <p>
        Sigma rules as YAML files, a folder of them such as SigmaHQ’s, or a zip archive. Importing the same package
        again updates it; what was settled about its rules stays.
      </p>
      <Chooser
        onChosen={(next) => {
          forget();
          setChosen(next);
          if (name === "" && next.origin !== "") setName(nameOf(next.origin.replace(/\.(?:zip|ya?ml)$/i, ""), []));
        }}
      />
      {chosen === undefined ? null : (
        <p role={chosen.problem === undefined ? undefined : "alert"} className={classes["chosen"]}>
          {chosen.problem ??
            `${chosen.origin}: ${chosen.fileCount === undefined ? "an archive" : chosen.fileCount === 1 ? "1 file" : `${chosen.fileCount} files`}, ${formatBytes(chosen.sizeBytes)}`}
        </p>
      )}
      <TextField
        title="Name of the package"
        autoComplete="off"
        maxLength={63}
        text={name}
        onText={(next) => {
          forget();
          setName(next);
        }}
      />
      <TextField
        title="Licence"
        maxLength={200}
        placeholder="DRL-1.1"
        note="Kept with the rules; leave it empty where each says it itself"
        text={license}
        onText={setLicense}
      />
      <TickField isTicked={isStaged} onTick={setStaged}>
        Try new rules out first: count what they find, disturb nobody
      </TickField>
      {trial.data === undefined ? null : <OutcomeWords outcome={trial.data} />}
    </DialogForm>
  );
}

function Chooser({ onChosen }: { readonly onChosen: (chosen: ChosenRules) => void }) {
  const id = useId();
  const take = (files: FileList | null) => {
    if (files !== null && files.length > 0) void readChosen([...files]).then(onChosen);
  };
  return (
    <div className={classes["chooser"]}>
      <label htmlFor={`${id}-files`}>
        Files or a zip archive
        <input
          id={`${id}-files`}
          type="file"
          multiple
          accept=".yml,.yaml,.zip"
          onChange={(event) => {
            take(event.target.files);
          }}
        />
      </label>
      <label htmlFor={`${id}-folder`}>
        Or a folder
        <input
          id={`${id}-folder`}
          type="file"
          // React's types do not know it.
          {...{ webkitdirectory: "" }}
          onChange={(event) => {
            take(event.target.files);
          }}
        />
      </label>
    </div>
  );
}
