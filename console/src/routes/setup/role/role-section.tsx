import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { CopyLines } from "../../../parts/copy-lines.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { fetchRole } from "../../../setup-api.ts";
import type { Deployment, RoleAnswer } from "../../../setup-types.ts";
import shared from "../setup.module.css";
import { Tabs } from "../tabs.tsx";
import { depthWord } from "../words.ts";
import { noOptions, RoleOptionsForm, type OptionName, type RoleOptions } from "./role-options.tsx";
import classes from "./role.module.css";

const formats = [
  ["cloudformation", "CloudFormation"],
  ["stack-set", "StackSet"],
  ["terraform", "Terraform"],
  ["cli", "CLI"],
  ["json", "JSON"],
] as const;
type Format = (typeof formats)[number][0];

const leads: Readonly<Record<Format, string>> = {
  cloudformation: "A template for one stack: upload it in the CloudFormation console, or deploy it from a shell.",
  "stack-set": "The same role in many accounts of an organization, by one stack set.",
  terraform: "For a repository of your own. Apply it as you apply everything else.",
  cli: "Commands for a shell that has an administrator's credentials of the account.",
  json: "The trust policy and the rights, as IAM takes them.",
};

const optionNames: Readonly<Partial<Record<Format, readonly OptionName[]>>> = {
  cloudformation: ["principal", "templateUrl"],
  "stack-set": ["units", "principal"],
};

/** The role as text to paste, in the way that a person makes roles. */
export function RoleSection({ deployment }: { readonly deployment: Deployment }) {
  const { name, depth, externalId, roleArn } = deployment;
  const [format, setFormat] = useState<Format>("cloudformation");
  const [options, setOptions] = useState(noOptions);
  const lacksUnits = format === "stack-set" && options.units === "";
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
          "No role is named: the credentials of this machine are used instead."
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
      <div className={shared["after"]}>
        <Tabs label="Ways to make the role" tabs={formats} current={format} onPick={setFormat}>
          <p className={shared["soft"]}>{leads[format]}</p>
          <RoleOptionsForm
            key={format}
            options={options}
            names={optionNames[format] ?? ["principal"]}
            isNeeded={lacksUnits}
            onUse={setOptions}
          />
          {lacksUnits ? (
            <p className={shared["soft"]}>A stack set goes to organizational units: name them, and it is written.</p>
          ) : (
            <RoleTexts name={name} format={format} options={options} />
          )}
        </Tabs>
      </div>
    </section>
  );
}

interface RoleTextsProps {
  readonly name: string;
  readonly format: Format;
  readonly options: RoleOptions;
}

/** One role, and one more where log files lie in another account. */
function RoleTexts({ name, format, options }: RoleTextsProps) {
  const names: readonly string[] = optionNames[format] ?? ["principal"];
  const given = Object.fromEntries(Object.entries(options).filter(([key, text]) => names.includes(key) && text !== ""));
  const role = useQuery({
    queryKey: ["setup", "of", name, "role", format, given],
    queryFn: ({ signal }) => fetchRole(name, { format, ...given }, signal),
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
  const { others, ...first } = role.data;
  return [first, ...others].map((each) => (
    <RoleText key={`${each.accountId} ${each.roleName}`} role={each} isOneOfMany={others.length > 0} />
  ));
}

function RoleText({ role, isOneOfMany }: { readonly role: RoleAnswer; readonly isOneOfMany: boolean }) {
  const { accountId, roleName, text, fileName, quickCreateUrl, leftOut } = role;
  return (
    <div className={classes["text"]}>
      {isOneOfMany ? (
        <h3>
          <VisibleText text={`${roleName} of the account ${accountId}`} />
        </h3>
      ) : null}
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
      <CopyLines label={fileName} text={text} />
      {leftOut.length === 0 ? null : (
        <p className={shared["soft"]}>
          Left out, as there is nothing to allow them on yet:{" "}
          <code className={classes["code"]}>
            <VisibleText text={leftOut.join(", ")} />
          </code>
        </p>
      )}
    </div>
  );
}
