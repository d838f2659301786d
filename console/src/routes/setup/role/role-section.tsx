import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import controls from "../../../parts/controls.module.css";
import { CopyLines } from "../../../parts/copy-lines.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { fetchRole } from "../../../setup-api.ts";
import type { Deployment, RoleFormat } from "../../../setup-types.ts";
import shared from "../setup.module.css";
import { Tabs } from "../tabs.tsx";
import { depthWord } from "../words.ts";
import classes from "./role.module.css";

const formats = [
  ["cloudformation", "CloudFormation"],
  ["stack-set", "StackSet"],
  ["terraform", "Terraform"],
  ["cli", "CLI"],
  ["json", "JSON"],
] as const;

const leads: Readonly<Record<(typeof formats)[number][0], string>> = {
  cloudformation: "A template for one stack. The link opens it filled in; you look through it and create it there.",
  "stack-set": "The same role in every account of an organization, by one stack set.",
  terraform: "For a repository of your own. Apply it as you apply everything else.",
  cli: "Commands for a shell that has an administrator's credentials of the account.",
  json: "The trust policy and the rights, as IAM takes them.",
};

/** The role as text to paste, in the way that a person makes roles. */
export function RoleSection({ deployment }: { readonly deployment: Deployment }) {
  const { name, depth, externalId, roleArn } = deployment;
  const [format, setFormat] = useState<(typeof formats)[number][0]>("cloudformation");
  const [principal, setPrincipal] = useState("");
  return (
    <section className={shared["card"]} aria-label="The role">
      <h2>The role</h2>
      <p>
        For the depth “{depthWord(depth)}”. It may only be taken on with the external ID{" "}
        <code className={classes["code"]}>
          <VisibleText text={externalId} />
        </code>
        , which was made for this account alone.{" "}
        {roleArn === null ? (
          "Until a role is named, the credentials of this machine are used."
        ) : (
          <>
            Its ARN is expected to be{" "}
            <code className={classes["code"]}>
              <VisibleText text={roleArn} />
            </code>
            .
          </>
        )}
      </p>
      <PrincipalField principal={principal} onUse={setPrincipal} />
      <Tabs label="Ways to make the role" tabs={formats} current={format} onPick={setFormat}>
        <p className={shared["soft"]}>{leads[format]}</p>
        <RoleText name={name} format={format} principal={principal} />
      </Tabs>
    </section>
  );
}

/** Who may take the role on; the server names its own account where nobody is named. */
function PrincipalField({ principal, onUse }: { readonly principal: string; readonly onUse: (text: string) => void }) {
  const id = useId();
  const [text, setText] = useState(principal);
  return (
    <details className={classes["principal"]}>
      <summary>Who may take it on{principal === "" ? "" : `: ${principal}`}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onUse(text.trim());
        }}
      >
        <label htmlFor={id}>ARN of a user or role, or the number of an account; empty for what this server knows</label>
        <div className={classes["line"]}>
          <input
            id={id}
            className={controls["input"]}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
          <button type="submit" className={controls["button"]}>
            Use it
          </button>
        </div>
      </form>
    </details>
  );
}

interface RoleTextProps {
  readonly name: string;
  readonly format: RoleFormat;
  readonly principal: string;
}

function RoleText({ name, format, principal }: RoleTextProps) {
  const role = useQuery({
    queryKey: ["setup", "of", name, "role", format, principal],
    queryFn: ({ signal }) => fetchRole(name, { format, principal }, signal),
  });
  if (role.data === undefined) {
    return role.isError ? (
      <ProblemNote error={role.error} onRetry={() => void role.refetch()} />
    ) : (
      <Delayed>
        <p className={shared["soft"]}>Writing it…</p>
      </Delayed>
    );
  }
  const { text, quickCreateUrl } = role.data;
  return (
    <div className={classes["text"]}>
      {quickCreateUrl === null || !quickCreateUrl.startsWith("https://") ? null : (
        <div>
          <a
            href={quickCreateUrl}
            target="_blank"
            rel="noreferrer"
            className={`${controls["button"]} ${controls["main"]}`}
          >
            <Icon name="link" /> Open it in the AWS console
          </a>
        </div>
      )}
      <CopyLines label="The role as text" text={text} />
    </div>
  );
}
