import { useState } from "react";
import { useCopy } from "../../parts/copy-text.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { SandboxAccount } from "../../sandbox-api.ts";
import card from "./card.module.css";
import classes from "./connect-card.module.css";
import { connectText, tools, type Tool } from "./connect-text.ts";

export interface ConnectCardProps {
  readonly url: string;
  readonly region: string;
  readonly accounts: readonly SandboxAccount[];
}

/** What to paste so that AWS's tools speak to the sandbox, for any of its accounts. */
export function ConnectCard({ url, region, accounts }: ConnectCardProps) {
  const copy = useCopy();
  const [tool, setTool] = useState<Tool>("shell");
  const [accountId, setAccountId] = useState(accounts[0]?.id);
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  if (account === undefined) return null;
  const text = connectText(tool, { url, region }, account);
  return (
    <section className={card["card"]} aria-labelledby="connect">
      <h2 id="connect">Use it yourself</h2>
      <p className={card["lead"]}>
        As the administrator of an account. These keys open nothing but this sandbox; it answers on this machine alone.
      </p>
      <label className={classes["account"]}>
        Account
        <select
          value={account.id}
          onChange={(event) => {
            setAccountId(event.target.value);
          }}
        >
          {accounts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name} · {id}
            </option>
          ))}
        </select>
      </label>
      <div className={classes["tools"]}>
        <div className={card["choice"]} role="group" aria-label="Tool">
          {tools.map(([key, title]) => (
            <button
              key={key}
              type="button"
              aria-pressed={key === tool}
              onClick={() => {
                setTool(key);
              }}
            >
              {title}
            </button>
          ))}
        </div>
        <button
          type="button"
          className={classes["copy"]}
          aria-label="Copy these lines"
          onClick={() => {
            copy(text, "Lines copied");
          }}
        >
          <Icon name="copy" /> Copy
        </button>
      </div>
      <pre className={classes["code"]} aria-label="Lines to paste">
        {text}
      </pre>
    </section>
  );
}
